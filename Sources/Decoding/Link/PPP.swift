/// A PPP header (RFC 1661, section 2): the protocol, in one byte where the peers compress it, and in front of it
/// address and control (RFC 1662, section 3.1) unless they compress these.
struct PPPHeader {
    /// Addressed to all stations.
    private static let address: UInt8 = 0xff
    /// An unnumbered information frame.
    private static let control: UInt8 = 0x03

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        if bytes.count >= 2, bytes[0] == Self.address, bytes[1] == Self.control { try bytes.skip(2) }
        var number = UInt16(try bytes.readUInt8())
        // The last byte of a protocol number is odd, and no other is (RFC 1661, section 2).
        if number & 1 == 0 { number = number << 8 | UInt16(try bytes.readUInt8()) }
        next =
            switch number {
            case 0x0021: .ipv4
            case 0x0057: .ipv6
            case 0x0281, 0x0283: .mpls
            default: .nothing
            }
    }

    /// LINKTYPE_PPP_HDLC: PPP, or Cisco HDLC where the address says so (RFC 1547, section 4.3.1).
    init(readingHDLC bytes: inout Bytes) throws(DecodingError) {
        if bytes.count >= 2, bytes[0] & 0x7f == 0x0f, bytes[1] == 0 {
            next = .ciscoHDLC
        } else {
            self = try PPPHeader(reading: &bytes)
        }
    }

    /// LINKTYPE_PPP_WITH_DIR: one byte in front tells received from sent.
    init(readingWithDirection bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(1)
        self = try PPPHeader(reading: &bytes)
    }
}
