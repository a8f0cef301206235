/// An LLC header (IEEE 802.2): two service access points and control; IP comes behind SNAP nearly always.
struct LLCHeader {
    /// An unnumbered information frame.
    private static let control: UInt8 = 0x03

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let destination = try bytes.readUInt8()
        let source = try bytes.readUInt8()
        guard try bytes.readUInt8() == Self.control else {
            next = .nothing
            return
        }
        switch (destination, source) {
        case (0xaa, 0xaa): next = try SNAPHeader(reading: &bytes).next
        // RFC 1042's forerunner gave IP a service access point of its own.
        case (0x06, 0x06): next = .ipv4
        default: next = .nothing
        }
    }
}

/// What SNAP adds (RFC 1042; IEEE 802): an organisation, and a type in its numbering.
struct SNAPHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let organisation = try bytes.readUInt24()
        let type = try bytes.readUInt16()
        switch (organisation, type) {
        // 0x0000f8: bridged from a network that knows no LLC (IEEE 802.1H).
        case (0x000000, _), (0x0000f8, _): next = .type(EtherType(rawValue: type))
        // IEEE 802.1, bridged Ethernet, with and without its checksum (RFC 2427, section 4.2; RFC 2684).
        case (0x0080c2, 1), (0x0080c2, 7): next = .ethernet
        default: next = .nothing
        }
    }
}
