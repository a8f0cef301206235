extension Bytes {
    /// Whether these bytes are a host name as clients write it to a proxy: labels of letters, digits, dashes and
    /// underscores (RFC 1123, section 2.1; underscores are in use), or an address. Anything else is no name.
    func isHostName(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty, range.count <= HostName.capacity, range.upperBound <= count else { return false }
        var labelLength = 0
        for index in range {
            let byte = self[index]
            if byte == UInt8(ascii: ".") {
                guard labelLength > 0 else { return false }
                labelLength = 0
            } else {
                guard byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else {
                    return false
                }
                labelLength += 1
                guard labelLength <= 63 else { return false }
            }
        }
        return true
    }

    /// An address of IPv6 as it stands between brackets (RFC 3986, section 3.2.2).
    func isIPv6Literal(_ range: Range<Int>) -> Bool {
        guard range.count >= 2, range.count <= 45 else { return false }
        var colons = 0
        for index in range {
            let byte = self[index]
            if byte == UInt8(ascii: ":") {
                colons += 1
            } else {
                guard byte.isHexDigit || byte == UInt8(ascii: ".") else { return false }
            }
        }
        return colons >= 2
    }

    /// `host`, `host:port` or `[address]:port` (RFC 3986, section 3.2, without user information).
    ///
    /// - Returns: where the host stands, without brackets, and the port; 0 where there is none.
    func authority(in range: Range<Int>) -> Passage.Target? {
        guard !range.isEmpty, range.upperBound <= count else { return nil }
        var host = range
        var portStart: Int?
        if self[range.lowerBound] == UInt8(ascii: "[") {
            guard let close = firstIndex(of: UInt8(ascii: "]"), in: range) else { return nil }
            host = range.lowerBound + 1..<close
            guard isIPv6Literal(host) else { return nil }
            if close + 1 < range.upperBound {
                guard self[close + 1] == UInt8(ascii: ":") else { return nil }
                portStart = close + 2
            }
        } else {
            if let colon = firstIndex(of: UInt8(ascii: ":"), in: range) {
                host = range.lowerBound..<colon
                portStart = colon + 1
            }
            guard isHostName(host) else { return nil }
        }
        var port = 0
        for index in (portStart ?? range.upperBound)..<range.upperBound {
            guard self[index].isDigit else { return nil }
            port = port * 10 + Int(self[index] - UInt8(ascii: "0"))
            guard port <= 65_535 else { return nil }
        }
        return Passage.Target(name: host, port: UInt16(port))
    }

    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        for index in range where self[index] == byte { return index }
        return nil
    }

    /// Whether the bytes at `offset` are this text, letters in either case. `text` is in lower case.
    func hasText(_ text: StaticText, at offset: Int) -> Bool {
        guard offset + text.count <= count else { return false }
        for index in 0..<text.count where self[offset + index].lowercased != text[index] { return false }
        return true
    }
}

/// Up to 24 bytes of a protocol's text, kept inline.
struct StaticText: ExpressibleByStringLiteral, Sendable {
    private var storage = InlineArray<24, UInt8>(repeating: 0)
    private(set) var count = 0

    init(stringLiteral text: String) {
        for byte in text.utf8.prefix(24) {
            storage[count] = byte
            count += 1
        }
    }

    subscript(index: Int) -> UInt8 { storage[index] }
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    var isLetterOrDigit: Bool { isDigit || lowercased &- 0x61 < 26 }
    var isHexDigit: Bool { isDigit || lowercased &- 0x61 < 6 }
    /// What the first word of a text protocol is made of: a command, or a tag of IMAP.
    var isWord: Bool { isLetterOrDigit || self == UInt8(ascii: ".") }
    var isPrintable: Bool { self > 0x20 && self < 0x7f }
}
