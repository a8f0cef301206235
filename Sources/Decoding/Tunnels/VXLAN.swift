/// VXLAN (RFC 7348, section 5): flags, network identifier, reserved bytes, and an Ethernet frame; and its
/// generalisation, VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe), which names what follows.
struct VXLANHeader {
    // Bits of the first byte.
    private static let hasIdentifier: UInt8 = 0x08, namesProtocol: UInt8 = 0x04

    var next: Layer
    /// 24 bits; nil where the flags say that there is none.
    var network: UInt32?

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let flags = try bytes.readUInt8()
        try bytes.skip(3)
        let number = try bytes.readUInt24()
        let reserved = try bytes.readUInt8()
        next = flags & Self.hasIdentifier != 0 && reserved == 0 ? .ethernet : .nothing
        network = UInt32(number)
    }

    init(readingGPE bytes: inout Bytes) throws(DecodingError) {
        let flags = try bytes.readUInt8()
        try bytes.skip(2)
        let number = try bytes.readUInt8()
        if flags & Self.hasIdentifier != 0 { network = UInt32(try bytes.readUInt24()) } else { try bytes.skip(3) }
        try bytes.skip(1)
        switch flags & Self.namesProtocol == 0 ? 3 : number {
        case 1: next = .ipv4
        case 2: next = .ipv6
        case 3: next = .ethernet
        case 5: next = .mpls
        default: next = .nothing
        }
    }
}
