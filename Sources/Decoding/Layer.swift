/// What the next bytes of a packet are: the state of the loop that peels header after header.
enum Layer: Equatable {
    /// Nothing that an IP packet could be behind: a keep-alive, an encrypted frame.
    case nothing
    case arp
    case ipv4, ipv6
    /// IP of the version that its first four bits say.
    case ip
    /// What this EtherType announces.
    case type(EtherType)
    /// The same, or the length of an LLC frame (IEEE 802.3, section 3.2.6).
    case typeOrLength(EtherType)

    // Link headers.
    case ethernet, linuxCooked, linuxCooked2, bsdLoopback, llc
    case ppp, pppHDLC, pppoe, pppWithDirection, ciscoHDLC, frameRelay
    case wlan, wlanPadded, wlanSwapped, radiotap, ppi, nflog

    // Tunnels.
    case mpls, gre, erspan, erspan3, etherIP
    case vxlan, vxlanGPE, geneve, teredo, teredoOnAnyPort, gtp, l2tp, capwap

    /// Nil: a link type that nobody here can read.
    init?(_ linkType: LinkType) {
        switch linkType {
        case .ethernet: self = .ethernet
        case .linuxCooked: self = .linuxCooked
        case .linuxCooked2: self = .linuxCooked2
        case .rawIP, .rawIPOpenBSD, .rawIPInFiles, .ipv4, .ipv6: self = .ip
        case .bsdLoopback, .openBSDLoopback: self = .bsdLoopback
        case .ppp: self = .ppp
        case .pppHDLC: self = .pppHDLC
        case .pppoe: self = .pppoe
        case .pppWithDirection: self = .pppWithDirection
        case .ciscoHDLC: self = .ciscoHDLC
        case .frameRelay: self = .frameRelay
        case .atmRFC1483, .atmRFC1483InFiles: self = .llc
        case .wlan: self = .wlan
        case .radiotap: self = .radiotap
        case .ppi: self = .ppi
        case .nflog: self = .nflog
        default: return nil
        }
    }

    init(_ type: EtherType) {
        switch type {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        case .arp: self = .arp
        case .pppoeSession: self = .pppoe
        case .ethernet: self = .ethernet
        case .jumboLLC: self = .llc
        case .ppp: self = .ppp
        case .frameRelay: self = .frameRelay
        case .mpls, .mplsMulticast: self = .mpls
        default: self = .nothing
        }
    }

    private init(ipVersionOf bytes: Bytes) {
        switch bytes.count > 0 ? bytes[0] >> 4 : 0 {
        case 4: self = .ipv4
        case 6: self = .ipv6
        default: self = .nothing
        }
    }

    /// What an IP header's protocol number announces, where that is another packet.
    @inline(__always) init(inside number: IPProtocol) {
        switch number {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        case .gre: self = .gre
        case .etherIP: self = .etherIP
        case .mpls: self = .mpls
        default: self = .nothing
        }
    }

    /// Which of several networks with the same addresses a packet belongs to.
    struct Segment {
        /// As in `Packet.vlan`.
        var vlan: UInt32 = 0
        /// As in `Packet.virtualNetwork`.
        var network: UInt32?
    }

    /// Takes link and tunnel headers from the front of `bytes` until an IP header comes.
    ///
    /// - Parameters:
    ///   - count: the headers that were read before, of `Packet.depthLimit` at most.
    ///   - beyond: the bytes of the packet that the snap length took away, kept up to date.
    /// - Returns: `ipv4`, `ipv6`, `arp` or `nothing`; and the identifiers that were on the way.
    /// - Throws: `tooManyHeaders` at the bound.
    static func peel(
        _ bytes: inout Bytes, from first: Layer, after count: Int, _ beyond: inout Int
    ) throws(DecodingError) -> (layer: Layer, segment: Segment) {
        var layer = first
        var count = count
        var segment = Segment()
        while true {
            switch layer {
            case .nothing, .arp, .ipv4, .ipv6: return (layer, segment)
            case .ip: return (Layer(ipVersionOf: bytes), segment)
            case .type(let type) where !type.isTag: layer = Layer(type)
            case .typeOrLength(let type) where !type.isLength: layer = .type(type)
            case .typeOrLength(let length):
                bytes.limit(to: Int(length.rawValue), &beyond)
                layer = .llc
            default:
                guard count < Packet.depthLimit else { throw .anomaly(.tooManyHeaders) }
                count += 1
                layer = try layer.next(&bytes, &beyond, &segment)
            }
        }
    }

    /// Reads the header that `self` names.
    private func next(
        _ bytes: inout Bytes, _ beyond: inout Int, _ segment: inout Segment
    ) throws(DecodingError) -> Layer {
        switch self {
        case .nothing, .arp, .ipv4, .ipv6, .ip, .typeOrLength: return self
        case .type:
            let tag = try VLANTag(reading: &bytes)
            segment.vlan = (segment.vlan << 12 | UInt32(tag.identifier)) & 0xff_ffff
            return .typeOrLength(tag.type)
        case .ethernet: return .typeOrLength(try EthernetHeader(reading: &bytes).type)
        case .linuxCooked: return try LinuxCookedHeader(reading: &bytes).next
        case .linuxCooked2: return try LinuxCooked2Header(reading: &bytes).next
        case .bsdLoopback: return try BSDLoopbackHeader(reading: &bytes).next
        case .llc: return try LLCHeader(reading: &bytes).next
        case .ppp: return try PPPHeader(reading: &bytes).next
        case .pppHDLC: return try PPPHeader(readingHDLC: &bytes).next
        case .pppoe: return try PPPoEHeader(reading: &bytes, &beyond).next
        case .pppWithDirection: return try PPPHeader(readingWithDirection: &bytes).next
        case .ciscoHDLC: return try CiscoHDLCHeader(reading: &bytes).next
        case .frameRelay: return try FrameRelayHeader(reading: &bytes).next
        case .wlan: return try WLANHeader(reading: &bytes).next
        case .wlanPadded: return try WLANHeader(reading: &bytes, isPadded: true).next
        case .wlanSwapped: return try WLANHeader(reading: &bytes, isSwapped: true).next
        case .radiotap: return try RadiotapHeader(reading: &bytes).next
        case .ppi: return try PPIHeader(reading: &bytes).next
        case .nflog: return try NFLOGHeader(reading: &bytes, &beyond).next
        case .mpls: return try MPLSHeader(reading: &bytes).next
        case .gre: return try GREHeader(reading: &bytes).next
        case .erspan: return try ERSPANHeader(reading: &bytes).next
        case .erspan3: return try ERSPANHeader(readingType3: &bytes).next
        case .etherIP: return try EtherIPHeader(reading: &bytes).next
        case .vxlan:
            let header = try VXLANHeader(reading: &bytes)
            segment.network = header.network
            return header.next
        case .vxlanGPE:
            let header = try VXLANHeader(readingGPE: &bytes)
            segment.network = header.network
            return header.next
        case .geneve:
            let header = try GENEVEHeader(reading: &bytes)
            segment.network = header.network
            return header.next
        case .teredo: return try TeredoHeader(reading: &bytes).next
        case .teredoOnAnyPort: return try TeredoHeader(readingOnAnyPort: &bytes).next
        case .gtp: return try GTPUHeader(reading: &bytes, &beyond).next
        case .l2tp: return try L2TPHeader(reading: &bytes, &beyond).next
        case .capwap: return try CAPWAPHeader(reading: &bytes).next
        }
    }
}

extension Bytes {
    /// Drops what lies behind a header's own length, or notes how much of it was not captured.
    ///
    /// - Returns: whether all `length` bytes are there.
    @discardableResult
    @inline(__always) mutating func limit(to length: Int, _ beyond: inout Int) -> Bool {
        if length <= count {
            self = extracting(first: Swift.max(length, 0))
            beyond = 0
            return true
        }
        beyond = Swift.min(beyond, length - count)
        return false
    }
}
