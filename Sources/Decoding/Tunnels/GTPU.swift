/// The user plane of GTP (3GPP TS 29.281, section 5.1): flags, message type, length, endpoint; with any of the three
/// lowest flags four bytes more, and a chain of extension headers.
struct GTPUHeader {
    /// A G-PDU: somebody's packet.
    private static let packet: UInt8 = 0xff
    // Bits of the first byte.
    private static let hasExtension: UInt8 = 0x04, hasOptions: UInt8 = 0x07
    /// The specification names about ten kinds; a packet carries one or two.
    private static let extensionLimit = 8

    var next: Layer

    init(reading bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) {
        let flags = try bytes.readUInt8()
        let type = try bytes.readUInt8()
        let length = Int(try bytes.readUInt16())
        try bytes.skip(4)
        // Version 1, and not GTP' of charging.
        guard flags >> 4 == 0b0011, type == Self.packet else {
            next = .nothing
            return
        }
        bytes.limit(to: length, &beyond)
        if flags & Self.hasOptions != 0 {
            try bytes.skip(3)
            var kind = try bytes.readUInt8()
            var count = 0
            while flags & Self.hasExtension != 0, kind != 0 {
                count += 1
                guard count <= Self.extensionLimit else { throw .anomaly(.tooManyHeaders) }
                // In words of four bytes, itself and the next kind included.
                let words = Int(try bytes.readUInt8())
                guard words > 0 else { throw .anomaly(.gtpExtension) }
                try bytes.skip(words * 4 - 2)
                kind = try bytes.readUInt8()
            }
        }
        next = .ip
    }
}
