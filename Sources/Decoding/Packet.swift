/// All headers of one packet as one value; what is left of the bytes is the payload.
///
/// Of packets in packets the innermost counts. A tunnel that turns out to be none leaves the packet that it was found
/// in, so that a wrong guess loses nothing.
///
/// Promise: decoding reads no byte outside the span, allocates nothing, and ends after a bounded number of headers.
package struct Packet: Sendable {
    /// Link headers and tags in front of one IP header, and IP headers one in another. Two tags are common, three
    /// exist; so do three tunnels in each other: eight leaves room (architecture.md).
    static let depthLimit = 8

    // In an order that leaves no holes: up to 128 bytes are moved in registers.
    package private(set) var source = IPAddress(bits: 0)
    package private(set) var destination = IPAddress(bits: 0)
    /// In a fragment of an IPv6 datagram: what the datagram begins with.
    package private(set) var transport = IPProtocol(rawValue: 0)
    /// What was strange about the packet although its addresses could be read.
    package private(set) var anomaly: Anomaly?
    /// IP headers around this one, and datagrams put together from fragments of each other.
    private var depth: UInt8 = 0
    private var isInside = false
    /// 0 where there is no port: neither TCP nor UDP, or a fragment.
    package private(set) var sourcePort: UInt16 = 0
    package private(set) var destinationPort: UInt16 = 0
    /// The identifiers of up to two tags, the inner one in the low 12 bits; 0 without a tag. In a tunnel: those inside.
    package private(set) var vlan: UInt32 = 0
    /// Of an IPv4 header; 0 in IPv6. Copies of a packet have it in common.
    package private(set) var identification: UInt16 = 0
    package private(set) var tcpFlags = TCPHeader.Flags(rawValue: 0)
    /// The payload goes on behind the bytes that we have: the snap length, or fragments that never came.
    package private(set) var isPayloadCut = false
    /// The length that the IP header gives to the packet, header included: what counts as traffic.
    package private(set) var ipLength = 0
    /// Bytes behind the TCP or UDP header, those that the snap length cut included.
    package private(set) var payloadLength: UInt32 = 0
    package private(set) var tcpSequence: UInt32 = 0
    package private(set) var tcpAcknowledgement: UInt32 = 0
    /// A TCP or UDP header was read, and the bytes left are its payload.
    package private(set) var hasTransportHeader = false
    /// The bytes left are a piece of the IP payload; no transport header was looked for.
    package private(set) var isFragment = false
    /// Of a fragment; else without meaning.
    package private(set) var fragment = Fragment()
    /// The identifier of the VXLAN or GENEVE network that the packet is in, 24 bits: of the innermost that has one.
    package private(set) var virtualNetwork: UInt32?
    private var outermost = (source: IPAddress(bits: 0), destination: IPAddress(bits: 0))

    /// Tells networks apart that may use the same addresses, 24 bits. A virtual network counts more than tags inside of it;
    /// its bits are turned over, so that only numbers near the last could be taken for a tag, and the last itself for
    /// no network: those are hardly given to anybody. What a tunnel numbers for each direction by itself (GTP-U,
    /// L2TP, MPLS) tells nothing: the two halves of a flow would part.
    @inline(__always) package var segment: UInt32 {
        if let network = virtualNetwork { ~network & 0xff_ffff } else { vlan }
    }

    /// The addresses of the outermost IP header around this one; nil without a tunnel.
    package var outerSource: IPAddress? { isInside ? outermost.source : nil }
    package var outerDestination: IPAddress? { isInside ? outermost.destination : nil }

    /// Where a piece belongs.
    package struct Fragment: Sendable {
        /// What the pieces of one datagram have in common besides their addresses.
        package var identification: UInt32 = 0
        private var start: UInt16 = 0
        package var isLast = false

        /// Of the piece's first byte in the IP payload, in bytes.
        @inline(__always) package var offset: Int { Int(start) }

        @inline(__always) init() {}

        @inline(__always) init(identification: UInt32, offset: UInt16, moreFragments: Bool) {
            self.identification = identification
            // 13 bits on the wire.
            start = offset &* 8
            isLast = !moreFragments
        }
    }

    @inline(__always) private init() {}

    /// Reads the headers from the front of `bytes`. Nil: no IP packet, and nothing wrong with that.
    ///
    /// - Parameter wireLength: the packet's length before the snap length cut it, in bytes.
    /// - Throws: only if not even the IP header could be read.
    @inline(__always)
    package init?(reading bytes: inout Bytes, linkType: LinkType, wireLength: Int) throws(DecodingError) {
        // The cold functions get copies: what the hot path works on stays in registers.
        var cursor = bytes
        var beyond = max(wireLength - bytes.count, 0)
        let layer: Layer
        do throws(DecodingError) {
            let first =
                linkType == .ethernet ? .typeOrLength(try EthernetHeader(reading: &cursor).type) : Layer(linkType)
            switch first {
            case .typeOrLength(.ipv4)?: layer = .ipv4
            case .typeOrLength(.ipv6)?: layer = .ipv6
            case let first?:
                var (rest, length) = (cursor, beyond)
                let count = linkType == .ethernet ? 1 : 0
                let segment: Layer.Segment
                (layer, segment) = try Layer.peel(&rest, from: first, after: count, &length)
                vlan = segment.vlan
                cursor = rest
                beyond = length
            case nil: throw .anomaly(.unknownLinkType)
            }
        } catch {
            throw error.blaming(.linkTruncated, isCut: beyond > 0)
        }
        let inside: Layer
        switch layer {
        case .ipv4: inside = try readIPv4(&cursor, &beyond)
        case .ipv6: inside = try readIPv6(&cursor, &beyond)
        default: return nil
        }
        if inside == .nothing {
            bytes = cursor
        } else {
            var rest = cursor
            self = Self.innermost(of: self, &rest, behind: inside, beyond)
            bytes = rest
        }
    }

    /// Goes on where a fragment stopped.
    ///
    /// - Parameters:
    ///   - fragment: the packet of the first fragment.
    ///   - bytes: the IP payload from its beginning on.
    ///   - ipLength: of all fragments together.
    ///   - isWhole: all of the datagram is there.
    package init(
        joining fragment: Packet, reading bytes: inout Bytes, ipLength: Int, isWhole: Bool
    ) {
        self = fragment
        isFragment = false
        anomaly = nil
        self.ipLength = ipLength
        isPayloadCut = !isWhole
        // The snap length has nothing to do with what is missing; yet it is as little the sender's fault.
        var beyond = isWhole ? 0 : Int(UInt16.max)
        let inside =
            source.isIPv4 ? readTransport(&bytes, &beyond) : readExtensions(&bytes, &beyond, first: transport)
        // A datagram can be made of fragments again, without an IP header between them that would count.
        if isFragment {
            depth += 1
            guard depth < Self.depthLimit else {
                isFragment = false
                anomaly = .tooManyHeaders
                return
            }
        }
        if inside != .nothing { self = Self.innermost(of: self, &bytes, behind: inside, beyond) }
        if !isWhole, anomaly == .cutBySnapLength { anomaly = nil }
    }

    /// Goes on from a packet that a tunnel was found in, as deep as packets can be believed.
    private static func innermost(
        of outer: Packet, _ bytes: inout Bytes, behind first: Layer, _ beyond: Int
    ) -> Packet {
        var packet = outer
        var tunnel = first
        var beyond = beyond
        while tunnel != .nothing {
            var rest = bytes
            var length = beyond
            var inner = Packet()
            inner.depth = packet.depth + 1
            inner.isInside = true
            inner.outermost = packet.isInside ? packet.outermost : (packet.source, packet.destination)
            // A port is no proof: what is behind it must be a packet without a flaw, or the datagram counts.
            let isGuess = packet.transport == .udp
            do throws(DecodingError) {
                guard inner.depth < depthLimit else { throw .anomaly(.tooManyHeaders) }
                let layer: Layer
                let segment: Layer.Segment
                (layer, segment) = try Layer.peel(&rest, from: tunnel, after: 0, &length)
                inner.vlan = segment.vlan
                inner.virtualNetwork = segment.network ?? packet.virtualNetwork
                guard layer == .ipv4 || layer == .ipv6, !isGuess || rest.holdsIP(beyond: length) else { return packet }
                switch layer {
                case .ipv4: tunnel = try inner.readIPv4(&rest, &length)
                default: tunnel = try inner.readIPv6(&rest, &length)
                }
            } catch {
                let reason = error.anomaly(blaming: .tunnelTruncated, isCut: beyond > 0)
                if packet.anomaly == nil, !isGuess || reason == .tooManyHeaders { packet.anomaly = reason }
                return packet
            }
            packet = inner
            bytes = rest
            beyond = length
        }
        return packet
    }

    @inline(__always)
    private mutating func readIPv4(_ bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) -> Layer {
        let available = bytes.count + beyond
        let header: IPv4Header
        do throws(DecodingError) {
            header = try IPv4Header(reading: &bytes)
        } catch {
            throw error.blaming(.ipv4Truncated, isCut: beyond > 0)
        }
        source = header.source
        destination = header.destination
        transport = header.transport
        identification = header.identification
        ipLength = header.totalLength == 0 ? available : header.totalLength
        limit(&bytes, to: ipLength - header.headerLength, &beyond, claim: .ipv4TotalLength)
        if header.fragmentOffset != 0 || header.moreFragments {
            note(
                Fragment(
                    identification: UInt32(header.identification), offset: header.fragmentOffset,
                    moreFragments: header.moreFragments))
            return .nothing
        }
        return readTransport(&bytes, &beyond)
    }

    @inline(__always)
    private mutating func readIPv6(_ bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) -> Layer {
        let available = bytes.count + beyond
        let header: IPv6Header
        do throws(DecodingError) {
            header = try IPv6Header(reading: &bytes)
        } catch {
            throw error.blaming(.ipv6Truncated, isCut: beyond > 0)
        }
        source = header.source
        destination = header.destination
        ipLength = header.payloadLength == 0 ? available : header.payloadLength + 40
        limit(&bytes, to: ipLength - 40, &beyond, claim: .ipv6Truncated)
        return readExtensions(&bytes, &beyond, first: header.next)
    }

    @inline(__always)
    private mutating func readExtensions(
        _ bytes: inout Bytes, _ beyond: inout Int, first: IPProtocol
    ) -> Layer {
        transport = first
        do throws(DecodingError) {
            let extensions = try IPv6Extensions(reading: &bytes, first: first)
            transport = extensions.transport
            if extensions.isFragment {
                note(
                    Fragment(
                        identification: extensions.identification, offset: extensions.fragmentOffset,
                        moreFragments: extensions.moreFragments))
                return .nothing
            }
        } catch {
            anomaly = error.anomaly(blaming: .ipv6ExtensionTruncated, isCut: beyond > 0)
            return .nothing
        }
        return readTransport(&bytes, &beyond)
    }

    @inline(__always)
    private mutating func note(_ fragment: Fragment) {
        self.fragment = fragment
        isFragment = true
        anomaly = .fragment
    }

    /// Cuts off what lies behind the packet (Ethernet padding), and notes what the packet claims and lacks.
    @inline(__always)
    private mutating func limit(_ bytes: inout Bytes, to length: Int, _ beyond: inout Int, claim: Anomaly) {
        let isCut = beyond > 0
        if !bytes.limit(to: length, &beyond) {
            isPayloadCut = true
            anomaly = isCut ? .cutBySnapLength : claim
        }
    }

    /// - Returns: what the payload is, where it is another packet.
    @inline(__always)
    private mutating func readTransport(_ bytes: inout Bytes, _ beyond: inout Int) -> Layer {
        do throws(DecodingError) {
            switch transport {
            case .tcp:
                let header = try TCPHeader(reading: &bytes)
                sourcePort = header.sourcePort
                destinationPort = header.destinationPort
                tcpSequence = header.sequence
                tcpAcknowledgement = header.acknowledgement
                tcpFlags = header.flags
                hasTransportHeader = true
                payloadLength = UInt32(truncatingIfNeeded: bytes.count + beyond)
            case .udp:
                let header = try UDPHeader(reading: &bytes)
                sourcePort = header.sourcePort
                destinationPort = header.destinationPort
                hasTransportHeader = true
                if header.length != 0 { limit(&bytes, to: header.length - 8, &beyond, claim: .udpLength) }
                payloadLength = UInt32(truncatingIfNeeded: bytes.count + beyond)
                return Layer(insideUDP: sourcePort, destinationPort, bytes)
            default:
                return Layer(inside: transport)
            }
        } catch {
            anomaly = error.anomaly(blaming: transport == .tcp ? .tcpTruncated : .udpTruncated, isCut: beyond > 0)
        }
        return .nothing
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
