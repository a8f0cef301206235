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
    package static let ppp = LinkType(rawValue: 9)
    package static let pppHDLC = LinkType(rawValue: 50)
    package static let pppoe = LinkType(rawValue: 51)
    package static let pppWithDirection = LinkType(rawValue: 166)
    package static let ciscoHDLC = LinkType(rawValue: 104)
    package static let frameRelay = LinkType(rawValue: 107)
    /// DLT_ATM_RFC1483 is 11; in files it is LINKTYPE_ATM_RFC1483, 100.
    package static let atmRFC1483 = LinkType(rawValue: 11)
    package static let atmRFC1483InFiles = LinkType(rawValue: 100)
    package static let wlan = LinkType(rawValue: 105)
    package static let radiotap = LinkType(rawValue: 127)
    package static let ppi = LinkType(rawValue: 192)
    package static let nflog = LinkType(rawValue: 239)
    package static let linuxCooked = LinkType(rawValue: 113)
    package static let ipv4 = LinkType(rawValue: 228)
    package static let ipv6 = LinkType(rawValue: 229)
    package static let linuxCooked2 = LinkType(rawValue: 276)

    /// Whether `Packet` can look behind this link header.
    package var isSupported: Bool { Layer(self) != nil }
}
