/// All headers of one packet as one value; what is left of the bytes is the payload.
///
/// Promise: decoding reads no byte outside the span, allocates nothing, and ends after a bounded number of headers.
package struct Packet: Sendable {
    /// Tags and other link headers in front of IP. Two are common, three exist; eight leaves room (architecture.md).
    static let depthLimit = 8

    package private(set) var source = IPAddress(bits: 0)
    package private(set) var destination = IPAddress(bits: 0)
    package private(set) var transport = IPProtocol(rawValue: 0)
    /// 0 where there is no port: neither TCP nor UDP, or a later fragment.
    package private(set) var sourcePort: UInt16 = 0
    package private(set) var destinationPort: UInt16 = 0
    /// The identifiers of up to two tags, the inner one in the low 12 bits; 0 without a tag.
    package private(set) var vlan: UInt32 = 0
    /// The length that the IP header gives to the packet, header included: what counts as traffic.
    package private(set) var ipLength = 0
    package private(set) var tcpSequence: UInt32 = 0
    package private(set) var tcpFlags = TCPHeader.Flags(rawValue: 0)
    /// The payload goes on behind the bytes that we have: snap length, or a first fragment.
    package private(set) var isPayloadCut = false
    /// A TCP or UDP header was read, and the bytes left are its payload.
    package private(set) var hasTransportHeader = false
    /// What was strange about the packet although its addresses could be read.
    package private(set) var anomaly: Anomaly?

    /// Reads the headers from the front of `bytes`. Nil: no IP packet, and nothing wrong with that.
    ///
    /// - Parameter wireLength: the packet's length before the snap length cut it, in bytes.
    /// - Throws: only if not even the IP header could be read.
    @inline(__always)
    package init?(reading bytes: inout Bytes, linkType: LinkType, wireLength: Int) throws(DecodingError) {
        let captured = bytes.count
        let isCut = captured < wireLength
        let type: EtherType?
        do throws(DecodingError) {
            type = try readLinkHeaders(&bytes, linkType)
        } catch {
            throw error.blaming(.linkTruncated, isCut: isCut)
        }
        let beyond = max(wireLength - captured, 0)
        switch type {
        case .ipv4?: try readIPv4(&bytes, beyond: beyond, isCut: isCut)
        case .ipv6?: try readIPv6(&bytes, beyond: beyond, isCut: isCut)
        default: return nil
        }
    }

    @inline(__always)
    private mutating func readLinkHeaders(
        _ bytes: inout Bytes, _ linkType: LinkType
    ) throws(DecodingError) -> EtherType? {
        var type: EtherType
        switch linkType {
        case .ethernet: type = try EthernetHeader(reading: &bytes).type
        case .linuxCooked: type = try LinuxCookedHeader(reading: &bytes).type
        case .linuxCooked2: type = try LinuxCooked2Header(reading: &bytes).type
        case .rawIP, .rawIPOpenBSD, .rawIPInFiles, .ipv4, .ipv6: return EtherType(ipVersionOf: bytes)
        case .bsdLoopback, .openBSDLoopback: return try BSDLoopbackHeader(reading: &bytes).type
        default: throw .anomaly(.unknownLinkType)
        }
        var depth = 1
        while type.isTag {
            guard depth < Self.depthLimit else { throw .anomaly(.tooManyTags) }
            let tag = try VLANTag(reading: &bytes)
            vlan = (vlan << 12 | UInt32(tag.identifier)) & 0xff_ffff
            type = tag.type
            depth += 1
        }
        return type
    }

    @inline(__always)
    private mutating func readIPv4(_ bytes: inout Bytes, beyond: Int, isCut: Bool) throws(DecodingError) {
        let available = bytes.count + beyond
        let header: IPv4Header
        do throws(DecodingError) {
            header = try IPv4Header(reading: &bytes)
        } catch {
            throw error.blaming(.ipv4Truncated, isCut: isCut)
        }
        source = header.source
        destination = header.destination
        transport = header.transport
        ipLength = header.totalLength == 0 ? available : header.totalLength
        limit(&bytes, to: ipLength - header.headerLength, isCut: isCut, claim: .ipv4TotalLength)
        guard header.fragmentOffset == 0 else {
            anomaly = .fragment
            return
        }
        readTransport(&bytes, isCut: isCut || header.moreFragments, isFragment: header.moreFragments)
    }

    @inline(__always)
    private mutating func readIPv6(_ bytes: inout Bytes, beyond: Int, isCut: Bool) throws(DecodingError) {
        let available = bytes.count + beyond
        let header: IPv6Header
        do throws(DecodingError) {
            header = try IPv6Header(reading: &bytes)
        } catch {
            throw error.blaming(.ipv6Truncated, isCut: isCut)
        }
        source = header.source
        destination = header.destination
        transport = header.next
        ipLength = header.payloadLength == 0 ? available : header.payloadLength + 40
        limit(&bytes, to: ipLength - 40, isCut: isCut, claim: .ipv6Truncated)
        do throws(DecodingError) {
            let extensions = try IPv6Extensions(reading: &bytes, first: header.next)
            transport = extensions.transport
            guard extensions.fragmentOffset == 0 else {
                anomaly = .fragment
                return
            }
            readTransport(&bytes, isCut: isCut || extensions.moreFragments, isFragment: extensions.moreFragments)
        } catch {
            anomaly = error.anomaly(blaming: .ipv6ExtensionTruncated, isCut: isCut)
        }
    }

    /// Cuts off what lies behind the packet (Ethernet padding), and notes what the packet claims and lacks.
    @inline(__always)
    private mutating func limit(_ bytes: inout Bytes, to length: Int, isCut: Bool, claim: Anomaly) {
        if length <= bytes.count {
            bytes = bytes.extracting(first: max(length, 0))
        } else {
            isPayloadCut = true
            anomaly = isCut ? .cutBySnapLength : claim
        }
    }

    @inline(__always)
    private mutating func readTransport(_ bytes: inout Bytes, isCut: Bool, isFragment: Bool) {
        if isFragment {
            isPayloadCut = true
            anomaly = .fragment
        }
        do throws(DecodingError) {
            switch transport {
            case .tcp:
                let header = try TCPHeader(reading: &bytes)
                sourcePort = header.sourcePort
                destinationPort = header.destinationPort
                tcpSequence = header.sequence
                tcpFlags = header.flags
                hasTransportHeader = true
            case .udp:
                let header = try UDPHeader(reading: &bytes)
                sourcePort = header.sourcePort
                destinationPort = header.destinationPort
                hasTransportHeader = true
                if header.length != 0 { limit(&bytes, to: header.length - 8, isCut: isCut, claim: .udpLength) }
            default:
                break
            }
        } catch {
            anomaly = error.anomaly(blaming: transport == .tcp ? .tcpTruncated : .udpTruncated, isCut: isCut)
        }
        if isFragment { anomaly = .fragment }
    }
}

extension DecodingError {
    /// The name under which this error is counted: bytes that a snap length took away are nobody's fault.
    @inline(__always) package func anomaly(blaming anomaly: Anomaly, isCut: Bool) -> Anomaly {
        switch self {
        case .truncated: isCut ? .cutBySnapLength : anomaly
        case .anomaly(let anomaly): anomaly
        }
    }

    @inline(__always) func blaming(_ anomaly: Anomaly, isCut: Bool) -> DecodingError {
        .anomaly(self.anomaly(blaming: anomaly, isCut: isCut))
    }
}
