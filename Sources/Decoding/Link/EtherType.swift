/// The protocol that follows a link header. Source: IANA, "IEEE 802 Numbers".
package struct EtherType: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt16

    @inline(__always) package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let ipv4 = EtherType(rawValue: 0x0800)
    package static let ipv6 = EtherType(rawValue: 0x86dd)
    /// IEEE 802.1Q, the customer tag.
    package static let vlan = EtherType(rawValue: 0x8100)
    /// IEEE 802.1ad, the service tag.
    package static let serviceVLAN = EtherType(rawValue: 0x88a8)
    /// Outer tags from before 802.1ad, still met on switches.
    package static let oldServiceVLAN1 = EtherType(rawValue: 0x9100)
    package static let oldServiceVLAN2 = EtherType(rawValue: 0x9200)

    @inline(__always) package var isTag: Bool {
        self == .vlan || self == .serviceVLAN || self == .oldServiceVLAN1 || self == .oldServiceVLAN2
    }

    /// What a version nibble of a packet without a link header says.
    @inline(__always) init?(ipVersionOf bytes: Bytes) {
        guard bytes.count > 0 else { return nil }
        switch bytes[0] >> 4 {
        case 4: self = .ipv4
        case 6: self = .ipv6
        default: return nil
        }
    }
}
