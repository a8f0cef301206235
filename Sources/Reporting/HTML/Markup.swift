/// A piece of HTML. Names of elements and attributes are written in the source; everything else is text, and text is
/// escaped when it is written: nothing can be put into a page unescaped.
indirect enum Markup: Sendable {
    case text(String)
    case element(StaticString, [(StaticString, String)], [Markup])
    /// A style sheet of ours, as it is.
    case style(StaticString)

    static func tag(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ content: [Markup] = []
    ) -> Markup {
        .element(name, attributes.map { ($0.key, $0.value) }, content)
    }

    static func tag(_ name: StaticString, _ content: [Markup]) -> Markup { .element(name, [], content) }

    static func tag(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ text: String
    ) -> Markup {
        tag(name, attributes, [.text(text)])
    }

    static func tag(_ name: StaticString, _ text: String) -> Markup { .element(name, [], [.text(text)]) }

    /// Elements without an end tag (HTML, section 13.1.2), as far as they are used.
    private static let void: Set<String> = ["meta", "br", "hr", "col"]

    func write(to page: inout String) {
        switch self {
        case .text(let text): Self.escape(text, into: &page)
        case .style(let sheet): page += "<style>\(sheet)</style>"
        case .element(let name, let attributes, let content):
            let name = "\(name)"
            page += "<\(name)"
            for (key, value) in attributes {
                page += " \(key)=\""
                Self.escape(value, into: &page)
                page += "\""
            }
            page += ">"
            for child in content { child.write(to: &page) }
            if !Self.void.contains(name) { page += "</\(name)>" }
        }
    }

    /// For text and quoted attributes alike.
    private static func escape(_ text: String, into page: inout String) {
        for scalar in visible(text).unicodeScalars {
            switch scalar {
            case "&": page += "&amp;"
            case "<": page += "&lt;"
            case ">": page += "&gt;"
            case "\"": page += "&quot;"
            case "'": page += "&#39;"
            default: page.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Markup: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) { self = .text(text) }
}
