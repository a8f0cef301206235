/// Teredo (RFC 4380, section 5.1.1): IPv6 in UDP, and in front of it, where a server or relay has a word to say,
/// authentication and the origin's address.
struct TeredoHeader {
    /// 2001::/32.
    private static let prefix: UInt32 = 0x2001_0000
    private static let authentication: UInt16 = 1, origin: UInt16 = 0

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        if bytes.indicator == Self.authentication {
            try bytes.skip(2)
            let client = Int(try bytes.readUInt8())
            let value = Int(try bytes.readUInt8())
            // Behind both: a nonce of 8 bytes and the confirmation.
            try bytes.skip(client + value + 9)
        }
        if bytes.indicator == Self.origin { try bytes.skip(8) }
        next = bytes.count >= 40 && bytes[0] >> 4 == 6 ? .ipv6 : .nothing
    }

    /// Off the known port one of the addresses must be Teredo's.
    init(readingOnAnyPort bytes: inout Bytes) throws(DecodingError) {
        var header = bytes
        try header.skip(8)
        let source = try header.readUInt32()
        try header.skip(12)
        let destination = try header.readUInt32()
        next = source == Self.prefix || destination == Self.prefix ? .ipv6 : .nothing
    }
}

extension Bytes {
    fileprivate var indicator: UInt16? { count >= 2 ? UInt16(self[0]) << 8 | UInt16(self[1]) : nil }
}
