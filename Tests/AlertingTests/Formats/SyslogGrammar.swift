/// A message taken apart by the grammar of RFC 5424, section 6; nil where it breaks a rule. It knows nothing of the
/// code that writes messages.
struct SyslogGrammar {
    var priority = 0
    var version = ""
    var timestamp = ""
    var host = ""
    var application = ""
    var process = ""
    var messageID = ""
    var elementID = ""
    var parameters: [(name: String, value: String)] = []
    var text = ""

    private var rest: ArraySlice<UInt8>

    init?(_ message: String) {
        rest = Array(message.utf8)[...]
        guard take("<"), let digits = until(">"), digits.count <= 3, let number = Int(digits),
            (0...191).contains(number),
            "\(number)" == digits
        else { return nil }
        priority = number
        // Field lengths: section 6.
        guard let version = word(3), let timestamp = word(32), let host = word(255), let application = word(48),
            let process = word(128), let messageID = word(32)
        else { return nil }
        (self.version, self.timestamp, self.host) = (version, timestamp, host)
        (self.application, self.process, self.messageID) = (application, process, messageID)
        guard readElement() else { return nil }
        if !rest.isEmpty {
            guard take(" ") else { return nil }
        }
        guard let text = String(validating: rest, as: UTF8.self) else { return nil }
        self.text = text
    }

    /// One SD-ELEMENT.
    private mutating func readElement() -> Bool {
        guard take("["), let id = name() else { return false }
        elementID = id
        while take(" ") {
            guard let name = name(), take("="), take("\""), let value = value() else { return false }
            parameters.append((name, value))
        }
        return take("]")
    }

    /// SD-NAME: 1 to 32 printable bytes but `=`, blank, `]` and `"`.
    private mutating func name() -> String? {
        let bytes = rest.prefix { (33...126).contains($0) && !"=]\"".utf8.contains($0) }
        guard (1...32).contains(bytes.count) else { return nil }
        rest = rest.dropFirst(bytes.count)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// PARAM-VALUE and the quote behind it: `"`, `\` and `]` stand behind a backslash, and nothing else does.
    private mutating func value() -> String? {
        var bytes: [UInt8] = []
        while var byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(validating: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "]") { return nil }
            if byte == UInt8(ascii: "\\") {
                guard let next = rest.popFirst(), "\"\\]".utf8.contains(next) else { return nil }
                byte = next
            }
            bytes.append(byte)
        }
        return nil
    }

    private mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: expected) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func until(_ end: Unicode.Scalar) -> String? {
        guard let index = rest.firstIndex(of: UInt8(ascii: end)) else { return nil }
        defer { rest = rest[(index + 1)...] }
        return String(decoding: rest[..<index], as: UTF8.self)
    }

    /// A header field: 1 to `limit` printable bytes, and the blank behind it.
    private mutating func word(_ limit: Int) -> String? {
        guard let word = until(" "), (1...limit).contains(word.utf8.count),
            word.utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        return word
    }

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }
}
