/// A JSON document (RFC 8259) that is written in the order in which it is built: the same bytes every time.
indirect enum JSONValue {
    case null
    case bool(Bool)
    case count(UInt64)
    /// A number as text of ours.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// - depth: lists and objects down to it stand one item a line, so that two reports can be compared by lines.
    func write(to text: inout String, depth: Int = 0) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .count(let number): text += String(number)
        case .number(let number): text += number
        case .string(let string): Self.quote(string, into: &text)
        case .array(let items):
            Self.list("[", items, "]", depth, &text) { item, text in item.write(to: &text, depth: depth + 1) }
        case .object(let members):
            Self.list("{", members, "}", depth, &text) { member, text in
                Self.quote(member.0, into: &text)
                text += ": "
                member.1.write(to: &text, depth: depth + 1)
            }
        }
    }

    private static func list<Item>(
        _ open: String, _ items: [Item], _ close: String, _ depth: Int, _ text: inout String,
        _ write: (Item, inout String) -> Void
    ) {
        let isOpen = depth < 2 && !items.isEmpty
        let indent = "\n" + String(repeating: "  ", count: depth)
        text += open
        for (place, item) in items.enumerated() {
            if place > 0 { text += isOpen ? "," : ", " }
            if isOpen { text += indent + "  " }
            write(item, &text)
        }
        text += (isOpen ? indent : "") + close
    }

    /// ASCII controls, what ends lines in JavaScript, and what hides or turns text, as `\uXXXX`.
    private static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                }
            default:
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
