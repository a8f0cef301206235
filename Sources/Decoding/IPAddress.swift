/// An IPv4 or IPv6 address as one number; IPv4 as `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2).
package struct IPAddress: Hashable, Comparable, Sendable {
    package var bits: UInt128

    private static let v4Prefix: UInt128 = 0xffff_0000_0000

    @inline(__always) package init(bits: UInt128) { self.bits = bits }
    @inline(__always) package init(v4: UInt32) { bits = Self.v4Prefix | UInt128(v4) }

    @inline(__always) package var isIPv4: Bool { bits >> 32 == 0xffff }

    /// The address as 4 or 16 bytes, network byte order.
    package var bytes: [UInt8] {
        stride(from: isIPv4 ? 24 : 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt128($0)) }
    }

    /// 224.0.0.0/4, 255.255.255.255, ff00::/8: nobody in particular.
    package var isMulticastOrBroadcast: Bool {
        isIPv4 ? UInt32(truncatingIfNeeded: bits) >= 0xe000_0000 : bits >> 120 == 0xff
    }

    @inline(__always) package static func < (left: IPAddress, right: IPAddress) -> Bool { left.bits < right.bits }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted quad, or the canonical text of RFC 5952.
    package var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: bits >> UInt128($0)) }
        var longest = 0..<0
        var start: Int?
        for index in 0...groups.count {
            if index < groups.count, groups[index] == 0 {
                start = start ?? index
            } else if let first = start {
                if index - first > longest.count { longest = first..<index }
                start = nil
            }
        }
        func text(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard longest.count > 1 else { return text(groups[...]) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }
}

extension IPAddress {
    /// With a port behind it; IPv6 in brackets (RFC 3986, section 3.2.2).
    package func text(port: UInt16) -> String { isIPv4 ? "\(self):\(port)" : "[\(self)]:\(port)" }
}

extension IPAddress: LosslessStringConvertible {
    /// Reads a dotted quad, or IPv6 text with at most one `::` and an optional dotted quad at its end.
    package init?(_ text: some StringProtocol) {
        if text.contains(":") {
            guard let bits = Self.v6Bits(text) else { return nil }
            self.init(bits: bits)
        } else {
            guard let number = Self.v4Number(text) else { return nil }
            self.init(v4: number)
        }
    }

    package init?(_ description: String) { self.init(description[...]) }

    private static func v4Number(_ text: some StringProtocol) -> UInt32? {
        // Packs hold hundreds of addresses: nothing is split off.
        var number: UInt32 = 0
        var part: UInt32 = 0
        var digits = 0
        var dots = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                number = number << 8 | part
                (part, digits, dots) = (0, 0, dots + 1)
            } else {
                // No zero in front of another digit.
                guard byte &- 0x30 < 10, digits == 0 || part > 0 else { return nil }
                part = part * 10 + UInt32(byte &- 0x30)
                digits += 1
                guard part <= 255 else { return nil }
            }
        }
        return digits > 0 && dots == 3 ? number << 8 | part : nil
    }

    private static func v6Bits(_ text: some StringProtocol) -> UInt128? {
        func groups(_ part: Substring, isEnd: Bool) -> [UInt16]? {
            guard !part.isEmpty else { return [] }
            var result: [UInt16] = []
            let words = part.split(separator: ":", omittingEmptySubsequences: false)
            for (index, word) in words.enumerated() {
                if word.contains("."), isEnd, index == words.count - 1 {
                    guard let number = v4Number(word) else { return nil }
                    result += [UInt16(number >> 16), UInt16(truncatingIfNeeded: number)]
                } else {
                    guard (1...4).contains(word.utf8.count), word.first != "+", word.first != "-",
                        let group = UInt16(word, radix: 16)
                    else { return nil }
                    result.append(group)
                }
            }
            return result
        }
        let whole = Substring(text)
        var all: [UInt16]
        if let gap = whole.utf8.indices.first(where: { whole[$0...].hasPrefix("::") }) {
            guard let head = groups(whole[..<gap], isEnd: false),
                let tail = groups(whole[whole.utf8.index(gap, offsetBy: 2)...], isEnd: true),
                head.count + tail.count < 8
            else { return nil }
            all = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard let groups = groups(whole, isEnd: true), groups.count == 8 else { return nil }
            all = groups
        }
        return all.reduce(0) { $0 << 16 | UInt128($1) }
    }
}
