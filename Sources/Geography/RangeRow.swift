import Decoding

/// One line of a file of ranges: `start,end,CC`.
struct RangeRow {
    /// Both ends belong to it. IPv4 as a number of 32 bits.
    let first, last: UInt128
    let isIPv4: Bool
    /// nil for `??` and whatever else names no country.
    let country: CountryLetters?

    enum Fault: Error {
        case fields, address(Int), families, country, order

        func message(for line: Bytes) -> String {
            let fields = line.text.split(separator: ",", omittingEmptySubsequences: false)
            let shown = escaped(line.text.utf8.prefix(80), keepingBlanks: true)
            switch self {
            case .fields: return "'\(shown)' is no range; write 'start,end,CC'"
            case .address(let field):
                let text = escaped(fields[field].utf8.prefix(80))
                return "'\(text)' is no address; write IPv4 as a decimal number, IPv6 as 2001:db8::"
            case .families: return "'\(shown)' begins with one kind of address and ends with the other"
            case .country:
                let text = escaped(fields[2].utf8.prefix(80))
                return "'\(text)' is no country; write two capital letters, or ?? where it is unknown"
            case .order: return "the range '\(shown)' does not lie behind the one before it; sort the file"
            }
        }
    }

    init(reading line: Bytes) throws(Fault) {
        let comma = UInt8(ascii: ",")
        guard let firstEnd = line.firstIndex(of: comma) else { throw .fields }
        var rest = line.extracting(droppingFirst: firstEnd + 1)
        guard let lastEnd = rest.firstIndex(of: comma) else { throw .fields }
        guard let first = AddressText.number(line.extracting(first: firstEnd)) else { throw .address(0) }
        guard let last = AddressText.number(rest.extracting(first: lastEnd)) else { throw .address(1) }
        guard first.isIPv4 == last.isIPv4 else { throw .families }
        rest = rest.extracting(droppingFirst: lastEnd + 1)
        guard rest.count == 2 else { throw .country }
        // Old files have codes with a digit for proxies and satellites, `??` is for unknown: they name no country.
        let isPlain = (rest[0] == rest[1] && rest[0] == UInt8(ascii: "?")) || rest[1] &- 0x30 < 10
        let country = CountryLetters(rest[0], rest[1])
        guard country != nil || isPlain else { throw .country }
        (self.first, self.last, isIPv4) = (first.value, last.value, first.isIPv4)
        self.country = country.flatMap { $0.isNoCountry ? nil : $0 }
    }
}

/// Addresses as these files write them. Half a million of them are read in a tenth of a second: no text is made.
private enum AddressText {
    static func number(_ bytes: Bytes) -> (value: UInt128, isIPv4: Bool)? {
        for index in 0..<bytes.count where bytes[index] == UInt8(ascii: ":") {
            return v6(bytes).map { ($0, false) }
        }
        guard (1...10).contains(bytes.count) else { return nil }
        var value: UInt64 = 0
        for index in 0..<bytes.count {
            guard bytes[index] &- 0x30 < 10 else { return nil }
            value = value * 10 + UInt64(bytes[index] &- 0x30)
        }
        return value <= UInt32.max ? (UInt128(value), true) : nil
    }

    /// Groups of hexadecimal digits with at most one `::` (RFC 4291, section 2.2); no dotted quad at the end.
    private static func v6(_ bytes: Bytes) -> UInt128? {
        // All groups, as if the gap were none; and those of them in front of it.
        var value: UInt128 = 0
        var groups = 0
        var groupsBeforeGap: Int?
        var index = 0
        while index < bytes.count {
            var group: UInt16 = 0
            var digits = 0
            while index < bytes.count, let digit = hexDigit(bytes[index]) {
                group = group &<< 4 | digit
                digits += 1
                index += 1
            }
            if digits > 0 {
                guard digits <= 4, groups < 8 else { return nil }
                value = value << 16 | UInt128(group)
                groups += 1
                if index == bytes.count { break }
            }
            guard bytes[index] == UInt8(ascii: ":"), index + 1 < bytes.count else { return nil }
            index += 1
            if bytes[index] == UInt8(ascii: ":") {
                guard groupsBeforeGap == nil else { return nil }
                groupsBeforeGap = groups
                index += 1
            } else if digits == 0 {
                return nil
            }
        }
        guard let groupsBeforeGap else { return groups == 8 ? value : nil }
        guard groups < 8 else { return nil }
        let behind = UInt128((groups - groupsBeforeGap) * 16)
        let tail = value & ((1 << behind) - 1)
        return (value >> behind) << UInt128((8 - groupsBeforeGap) * 16) | tail
    }

    @inline(__always) private static func hexDigit(_ byte: UInt8) -> UInt16? {
        if byte &- 0x30 < 10 { return UInt16(byte &- 0x30) }
        let letter = byte | 0x20
        return letter &- 0x61 < 6 ? UInt16(letter &- 0x57) : nil
    }
}

extension Bytes {
    @inline(__always) func firstIndex(of byte: UInt8) -> Int? {
        for index in 0..<count where self[index] == byte { return index }
        return nil
    }

    /// For messages and comments.
    var text: String {
        String(decoding: (0..<count).map { self[$0] }, as: UTF8.self)
    }
}
