import Ledger
import Monitoring

/// Makes a document of a report, in one language.
struct Composer {
    let report: Report
    let language: Language
    /// The name of an ISO 3166-1 code in the language.
    let countryName: (String) -> String

    /// What one document tells one by one; the rest is counted, and whole in CSV and JSON. An HTML page of all limits
    /// reached is about two megabytes.
    enum Limit {
        static let rows = 100
        static let entries = 120
        static let evidence = 10
        static let destinations = 10
        static let sources = 4
        static let matrixRows = 30
        static let matrixColumns = 16
        static let bars = 20
        static let columns = 92
        static let series = 6
    }

    func document() -> Document {
        let sections = [
            summarySection(), vendorSection(), hostSection(), countrySection(), quietSection(), findingSection(),
            exceptionSection(), coverageSection(), originSection(),
        ]
        return Document(
            language: language, title: say(.title), subtitle: say(.subtitle), facts: headFacts,
            sections: sections.compactMap { $0 })
    }

    func say(_ phrase: Phrase) -> String { phrase(language) }

    /// As the language calls it: 派拓网络.
    func short(_ vendor: Vendor) -> Phrase { Phrase(en: vendor.name, zh: vendor.chineseName ?? vendor.name) }

    /// For the first mention: 派拓网络 (Palo Alto Networks).
    func full(_ vendor: Vendor) -> Phrase {
        Phrase(en: vendor.name, zh: vendor.chineseName.map { "\($0) (\(vendor.name))" } ?? vendor.name)
    }

    func name(_ country: Destination.Country) -> String {
        switch country {
        case .none: say(.noContact)
        case .unknown: say(.unknownPlace)
        case .code(let code): countryName(code)
        }
    }

    /// The name, where one is known, and the address.
    func label(_ host: Host) -> Inline {
        guard let name = host.name else { return [.code("\(host.address)")] }
        return [.text(name + " "), .code("\(host.address)")]
    }

    /// In one line without marks.
    func plain(_ host: Host) -> String { host.name ?? "\(host.address)" }

    func badge(_ severity: Severity) -> Run { .severity(severity, say(.word(severity))) }

    func text(_ phrase: Phrase) -> Inline { [.text(say(phrase))] }

    func column(_ phrase: Phrase, isNumber: Bool = false) -> Table.Column {
        Table.Column(say(phrase), isNumber: isNumber)
    }

    func number(_ number: some BinaryInteger) -> Inline { [.text(Formats.count(number))] }

    func bytes(_ bytes: UInt64) -> Inline { [.text(Formats.bytes(bytes))] }

    func day(_ time: Timestamp?) -> Inline { time.map { text(.day($0.day)) } ?? [] }

    func rest(of count: Int, after limit: Int) -> String? {
        count > limit ? say(.moreRows(count - limit)) : nil
    }

    func joined(_ phrases: [Phrase], limit: Int = .max) -> Phrase { .list(phrases, limit: limit) }
}

extension Vendor {
    /// The first of the other names that is written in Chinese.
    var chineseName: String? { aliases.first { $0.unicodeScalars.contains(where: Typography.isHan) } }
}
