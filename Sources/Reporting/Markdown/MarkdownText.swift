/// Markdown (GitHub's, with tables) in which everything that is interpolated is escaped, and only what is written in
/// the source, or was escaped before, is markup.
struct MarkdownText: ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }
    init(stringInterpolation pieces: StringInterpolation) { text = pieces.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ value: String) { text += MarkdownText.escaped(value) }
        mutating func appendInterpolation(_ value: MarkdownText) { text += value.text }
    }

    mutating func append(_ other: MarkdownText) { text += other.text }

    /// A code span. Inside it nothing is markup but the backtick and, in tables, the bar: text with one of them is
    /// escaped instead.
    static func code(_ value: String) -> MarkdownText {
        let value = visible(value)
        guard !value.isEmpty, !value.utf8.contains(where: { "`|\\".utf8.contains($0) }) else { return "\(value)" }
        var text = MarkdownText(stringLiteral: "")
        text.text = "`\(value)`"
        return text
    }

    static func link(_ text: String, to address: WebAddress) -> MarkdownText {
        var target = MarkdownText(stringLiteral: "")
        // Within angle brackets, which it cannot hold.
        target.text = "<\(address.text)>"
        return "[\(text)](\(target))"
    }

    /// Characters that may begin markup or HTML anywhere in a line, and what makes a bare address a link.
    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in visible(value).unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": text += "\\\(scalar)"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
            .replacing("WWW.", with: "WWW&#46;").replacing("@", with: "&#64;")
    }
}
