/// The protocol that an IP header announces. Source: IANA, "Protocol Numbers".
package struct IPProtocol: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt8

    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Asked for each packet, in other modules too: the one that `RawRepresentable` brings is a call through a table.
    @inlinable package static func == (left: IPProtocol, right: IPProtocol) -> Bool { left.rawValue == right.rawValue }

    package static let icmp = IPProtocol(rawValue: 1)
    @inlinable package static var tcp: IPProtocol { IPProtocol(rawValue: 6) }
    @inlinable package static var udp: IPProtocol { IPProtocol(rawValue: 17) }
    /// IPv4 inside IP (RFC 2003), and IPv6 inside IP (RFC 4213, RFC 2473).
    static let ipv4 = IPProtocol(rawValue: 4)
    static let ipv6 = IPProtocol(rawValue: 41)
    static let gre = IPProtocol(rawValue: 47)
    static let etherIP = IPProtocol(rawValue: 97)
    /// MPLS in IP (RFC 4023).
    static let mpls = IPProtocol(rawValue: 137)
    package static let icmpv6 = IPProtocol(rawValue: 58)

    // IPv6 extension headers (RFC 8200, section 4; RFC 7045).
    static let hopByHop = IPProtocol(rawValue: 0)
    static let routing = IPProtocol(rawValue: 43)
    static let fragment = IPProtocol(rawValue: 44)
    static let authentication = IPProtocol(rawValue: 51)
    static let destinationOptions = IPProtocol(rawValue: 60)
    static let mobility = IPProtocol(rawValue: 135)
    static let hostIdentity = IPProtocol(rawValue: 139)
    static let shim6 = IPProtocol(rawValue: 140)
}

extension IPProtocol: CustomStringConvertible {
    /// The word of ECS `network.transport`, or the number.
    package var description: String {
        switch self {
        case .tcp: "tcp"
        case .udp: "udp"
        case .icmp: "icmp"
        case .icmpv6: "ipv6-icmp"
        default: "\(rawValue)"
        }
    }
}
