import Foundation

/// Names of countries and territories, from Unicode CLDR as Foundation has it.
package enum CountryName {
    package enum Language: String, CaseIterable, Sendable {
        case english = "en"
        case simplifiedChinese = "zh-Hans"
    }

    /// The name of `code`, and the code itself where it has none.
    package static func name(of code: String, in language: Language) -> String {
        guard code.utf8.count == 2 else { return code }
        let locale =
            switch language {
            case .english: english
            case .simplifiedChinese: simplifiedChinese
            }
        return locale.localizedString(forRegionCode: code) ?? code
    }

    private static let english = Locale(identifier: Language.english.rawValue)
    private static let simplifiedChinese = Locale(identifier: Language.simplifiedChinese.rawValue)
}
