import Geography
import Testing

@Suite struct CountryTests {
    @Test(arguments: [
        ("US", "United States", "美国"), ("DE", "Germany", "德国"), ("JP", "Japan", "日本"), ("XK", "Kosovo", "科索沃"),
        ("AQ", "Antarctica", "南极洲"), ("EU", "European Union", "欧盟"), ("QQ", "QQ", "QQ"), ("", "", ""),
        ("../../x", "../../x", "../../x"),
    ])
    func `a country has a name in both languages, and what is none is told as it is`(
        _ code: String, _ english: String, _ chinese: String
    ) {
        #expect(CountryName.name(of: code, in: .english) == english)
        #expect(CountryName.name(of: code, in: .simplifiedChinese) == chinese)
    }

    @Test func `all codes of ISO 3166-1 are known, each with its names`() {
        #expect(CountryCode.all.count == 250)
        for code in CountryCode.all {
            for language in CountryName.Language.allCases { #expect(CountryName.name(of: code, in: language) != code) }
        }
    }

    @Test(arguments: [
        ("cn", "did you mean 'CN'?"), ("Germany", "did you mean 'DE'?"), ("德国", "did you mean 'DE'?"),
        ("China", "did you mean 'CN'?"), ("中国", "did you mean 'CN'?"), ("united states", "did you mean 'US'?"),
        ("UK", "write the two letters of ISO 3166-1, such as CN"),
        ("QQ", "write the two letters of ISO 3166-1, such as CN"),
        ("", "write the two letters of ISO 3166-1, such as CN"),
    ])
    func `a slip in a code is answered with what was meant`(_ text: String, _ hint: String) {
        #expect(CountryCode.hint(for: text) == hint)
    }
}
