/// What a report is written in. The raw value is the language tag (RFC 5646).
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case chinese = "zh-Hans"
}

/// One word, sentence or value in both languages. Nothing can be said in one of them alone.
package struct Phrase: Hashable, Sendable {
    package let en, zh: String

    package init(en: String, zh: String) {
        self.en = en
        self.zh = Typography.spaced(zh)
    }

    /// The same in both: a number, a name.
    init(_ text: String) {
        en = text
        zh = text
    }

    package func callAsFunction(_ language: Language) -> String {
        switch language {
        case .english: en
        case .chinese: zh
        }
    }
}

extension Phrase: CustomStringConvertible {
    /// Both languages; a phrase is never meant to be put into a text as it is.
    package var description: String { "\(en) / \(zh)" }
}

/// How Chinese is set.
enum Typography {
    /// A space between a Chinese character and a Latin letter or digit, but for the digits of a date.
    static func spaced(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if let last, needsSpace(last, scalar) { result.append(" ") }
            result.append(scalar)
            last = scalar
        }
        return String(result)
    }

    static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff: true
        default: false
        }
    }

    private static func needsSpace(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        if isHan(left), isLatin(right) { return !("年月".unicodeScalars.contains(left) && isDigit(right)) }
        if isLatin(left) || left == "%", isHan(right) {
            return !("年月日".unicodeScalars.contains(right) && isDigit(left))
        }
        return false
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
