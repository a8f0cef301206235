/// A data message of L2TP version 2 (RFC 2661, section 3.1): flags, and what they say is there of length, tunnel,
/// session, sequence numbers and padding; then PPP.
struct L2TPHeader {
    // Bits of the first byte.
    private static let isControl: UInt8 = 0x80, hasLength: UInt8 = 0x40, hasSequence: UInt8 = 0x08
    private static let hasOffset: UInt8 = 0x02

    var next: Layer

    init(reading bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) {
        let flags = try bytes.readUInt8()
        let version = try bytes.readUInt8() & 15
        guard flags & Self.isControl == 0, version == 2 else {
            next = .nothing
            return
        }
        if flags & Self.hasLength != 0 {
            // Of the whole message.
            let length = Int(try bytes.readUInt16())
            bytes.limit(to: length - 4, &beyond)
        }
        try bytes.skip(4)
        if flags & Self.hasSequence != 0 { try bytes.skip(4) }
        if flags & Self.hasOffset != 0 { try bytes.skip(Int(try bytes.readUInt16())) }
        next = .ppp
    }
}
