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

    static let pppoeSession = EtherType(rawValue: 0x8864)
    /// A whole Ethernet frame inside GRE, VXLAN-GPE or GENEVE (RFC 1701, NVGRE of RFC 7637).
    static let ethernet = EtherType(rawValue: 0x6558)
    /// LLC in a frame too long for a length field (IEEE 802.1AC).
    static let jumboLLC = EtherType(rawValue: 0x8870)
    /// Inside GRE.
    static let ppp = EtherType(rawValue: 0x880b)
    static let frameRelay = EtherType(rawValue: 0x6559)

    static let mpls = EtherType(rawValue: 0x8847)
    static let mplsMulticast = EtherType(rawValue: 0x8848)
    static let arp = EtherType(rawValue: 0x0806)
    /// Inside GRE: a mirrored frame, types I and II, and type III.
    static let erspan = EtherType(rawValue: 0x88be)
    static let erspan3 = EtherType(rawValue: 0x22eb)
    static let wccp = EtherType(rawValue: 0x883e)

    /// What an Ethernet frame inside a tunnel that does not say so can be told by.
    var isFamiliar: Bool {
        self == .ipv4 || self == .ipv6 || self == .arp || isTag || self == .pppoeSession || self == .mpls
    }

    /// Not a type but the length of an LLC frame (IEEE 802.3, section 3.2.6).
    @inline(__always) var isLength: Bool { rawValue <= 1500 }

    @inline(__always) package var isTag: Bool {
        self == .vlan || self == .serviceVLAN || self == .oldServiceVLAN1 || self == .oldServiceVLAN2
    }
}
