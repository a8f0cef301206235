/// A Frame Relay header: the address of ITU-T Q.922, two to four bytes, and how it carries packets: as RFC 2427 says,
/// or as Cisco does, with an EtherType.
struct FrameRelayHeader {
    /// An unnumbered information frame.
    private static let control: UInt8 = 0x03
    private static let addressLimit = 4

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        var length = 0
        var isLast = false
        while !isLast {
            isLast = try bytes.readUInt8() & 1 == 1
            length += 1
            guard length <= Self.addressLimit else { throw .anomaly(.frameRelayAddress) }
        }
        guard length >= 2 else { throw .anomaly(.frameRelayAddress) }
        guard bytes.count > 0, bytes[0] == Self.control else {
            next = .type(EtherType(rawValue: try bytes.readUInt16()))
            return
        }
        try bytes.skip(1)
        var identifier = try bytes.readUInt8()
        // One zero fills up to an even length.
        if identifier == 0 { identifier = try bytes.readUInt8() }
        // Network layer protocol identifiers: ISO/IEC TR 9577.
        switch identifier {
        case 0xcc: next = .ipv4
        case 0x8e: next = .ipv6
        case 0x80: next = try SNAPHeader(reading: &bytes).next
        case 0xcf: next = .ppp
        default: next = .nothing
        }
    }
}
