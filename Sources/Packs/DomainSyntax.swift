import Decoding

/// Why a text is not what its key asks for, and the likely fix.
struct Objection: Error {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// What a `domain` may look like: a lower-case host name of two labels or more.
enum DomainSyntax {
    /// RFC 1035, section 2.3.4: a label has at most 63 bytes; a name 255 on the wire, hence 253 as text.
    static let longestLabel = 63
    static let longestName = 253

    static func read(_ text: String) throws(Objection) -> HostName {
        guard let fault = fault(in: text) else { return HostName(text) }
        if AddressPrefix(text) != nil {
            throw Objection("\(quoted(text)) is an address", hint: "list it under 'networks' as 'cidr'")
        }
        let mended = mended(text)
        var hint: String?
        if mended != text, Self.fault(in: mended) == nil {
            let isWildcard = text.hasPrefix("*.") || text.hasPrefix(".")
            hint = "write '\(mended)'\(isWildcard ? " with 'match: suffix'" : "")"
        }
        throw Objection("\(quoted(text)) is no host name: \(fault)", hint: hint)
    }

    private static func fault(in text: String) -> String? {
        if text.utf8.contains(UInt8(ascii: "/")) { return text.contains("://") ? "it is a URL" : "it has a path" }
        if text.utf8.contains(UInt8(ascii: ":")) { return "it has a port" }
        if text.utf8.contains(UInt8(ascii: "*")) { return "it has a wildcard" }
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { return "it is not ASCII; other scripts have an xn-- form" }
        if text.hasSuffix(".") { return "it ends in a dot" }
        if text.utf8.contains(where: { $0 &- 0x41 < 26 }) { return "it has capital letters" }
        if text.utf8.count > longestName { return "it is longer than \(longestName) bytes" }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        for label in labels {
            if label.isEmpty { return "a label is empty" }
            if label.count > longestLabel { return "a label is longer than \(longestLabel) bytes" }
            if let byte = label.first(where: { !isLabelByte($0) }) {
                return "\(quoted(String(Unicode.Scalar(byte)))) cannot be in it"
            }
            let hyphen = UInt8(ascii: "-")
            if label.first == hyphen || label.last == hyphen { return "a label begins or ends with a hyphen" }
        }
        if labels.count < 2 { return "it has a single label" }
        if labels[labels.count - 1].allSatisfy({ $0 &- 0x30 < 10 }) { return "its last label is a number" }
        return nil
    }

    /// Underscores are no host name by RFC 952, and common in names that are looked up.
    private static func isLabelByte(_ byte: UInt8) -> Bool {
        byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// The name that was probably meant: without scheme, path, port, wildcard and trailing dot, in lower case.
    private static func mended(_ text: String) -> String {
        var rest = text.lowercased()[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        rest = rest.prefix { $0 != "/" && $0 != ":" }
        if rest.hasPrefix("*.") { rest = rest.dropFirst(2) }
        if rest.hasPrefix(".") { rest = rest.dropFirst() }
        if rest.hasSuffix(".") { rest = rest.dropLast() }
        return String(rest)
    }
}
