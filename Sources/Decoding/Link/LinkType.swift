/// What the first byte of a packet belongs to: libpcap's DLT number.
/// Source: https://www.tcpdump.org/linktypes.html
package struct LinkType: RawRepresentable, Hashable, Sendable {
    package var rawValue: Int32

    @inline(__always) package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let bsdLoopback = LinkType(rawValue: 0)
    package static let ethernet = LinkType(rawValue: 1)
    /// DLT_RAW is 12 on Linux and 14 on OpenBSD; in files it is LINKTYPE_RAW, 101.
    package static let rawIP = LinkType(rawValue: 12)
    package static let rawIPOpenBSD = LinkType(rawValue: 14)
    package static let rawIPInFiles = LinkType(rawValue: 101)
    package static let openBSDLoopback = LinkType(rawValue: 108)
    package static let linuxCooked = LinkType(rawValue: 113)
    package static let ipv4 = LinkType(rawValue: 228)
    package static let ipv6 = LinkType(rawValue: 229)
    package static let linuxCooked2 = LinkType(rawValue: 276)

    /// Whether `Packet` can look behind this link header.
    package var isSupported: Bool {
        switch self {
        case .bsdLoopback, .ethernet, .rawIP, .rawIPOpenBSD, .rawIPInFiles, .openBSDLoopback, .linuxCooked, .ipv4,
            .ipv6,
            .linuxCooked2:
            true
        default: false
        }
    }
}
