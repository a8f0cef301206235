import Decoding
import TestSupport
import Testing

/// Headers are made by hand from RFC 8200, sections 3 and 4.
@Suite struct IPv6Tests {
    static let udp = Wire.udp(4000, 53, [1, 2, 3])
    static let hopByHop: UInt8 = 0, routing: UInt8 = 43, fragment: UInt8 = 44, authentication: UInt8 = 51,
        options: UInt8 = 60

    static func frame(next: UInt8 = 17, payloadLength: Int? = nil, _ payload: [UInt8] = udp) -> [UInt8] {
        Wire.ethernet(Wire.ipv6, Wire.ipv6(inside6, outside6, next: next, payloadLength: payloadLength, payload))
    }

    /// `count` options headers of eight bytes each, and UDP behind them.
    static func chain(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { [$0 == count - 1 ? 17 : options, 0, 1, 4, 0, 0, 0, 0] } + udp
    }

    static func fragmentHeader(_ field: Int) -> [UInt8] { [17, 0] + u16(field) + [0, 0, 0, 1] }

    @Test func `a plain packet is read`() throws {
        let (packet, payload) = try #require(try decode(Self.frame()))
        #expect(packet.source == inside6 && packet.destination == outside6 && packet.transport == .udp)
        #expect(packet.ipLength == 51 && packet.anomaly == nil && payload == [1, 2, 3])
    }

    @Test(arguments: 0..<40)
    func `a header cut anywhere is truncated`(count: Int) {
        let frame = Array(Self.frame().prefix(14 + count))
        #expect(throws: DecodingError.anomaly(.ipv6Truncated)) { try decode(frame) }
        #expect(throws: DecodingError.anomaly(.cutBySnapLength)) { try decode(frame, wireLength: 65) }
    }

    @Test func `a payload length of zero means all that the frame holds`() throws {
        let (packet, payload) = try #require(try decode(Self.frame(payloadLength: 0)))
        #expect(packet.ipLength == 51 && payload == [1, 2, 3])
    }

    @Test func `a payload length beyond the bytes is told from a snap length`() throws {
        let lying = try #require(try decode(Self.frame(payloadLength: 1_000))).packet
        #expect(lying.anomaly == .ipv6Truncated && lying.isPayloadCut && lying.ipLength == 1_040)
        let cut = try #require(try decode(Self.frame(payloadLength: 1_000), wireLength: 1_054)).packet
        #expect(cut.anomaly == .cutBySnapLength && cut.isPayloadCut && cut.ipLength == 1_040)
    }

    @Test func `padding behind the packet is no payload`() throws {
        #expect(try decode(Self.frame() + [0, 0, 0])?.payload == [1, 2, 3])
    }

    @Test(arguments: 1...8)
    func `up to eight extension headers are walked`(count: Int) throws {
        let (packet, payload) = try #require(try decode(Self.frame(next: Self.options, Self.chain(count))))
        #expect(packet.transport == .udp && packet.destinationPort == 53 && packet.anomaly == nil)
        #expect(payload == [1, 2, 3])
    }

    @Test(arguments: [9, 200])
    func `more extension headers are too many and the addresses still hold`(count: Int) throws {
        let packet = try #require(try decode(Self.frame(next: Self.options, Self.chain(count)))).packet
        #expect(packet.anomaly == .tooManyExtensions && !packet.hasTransportHeader)
        #expect(packet.source == inside6)
    }

    @Test(
        arguments: [(hopByHop, 8), (routing, 8), (options, 8), (135, 8), (139, 8), (140, 8), (authentication, 12)]
            as [(UInt8, Int)])
    func `each kind of extension header is walked`(kind: UInt8, length: Int) throws {
        // The authentication header counts in words of 4 bytes, less 2 (RFC 4302, section 2.2); the others in 8, less 1.
        let header = [17, kind == Self.authentication ? 1 : 0] + Array(repeating: UInt8(0), count: length - 2)
        #expect(try decode(Self.frame(next: kind, header + Self.udp))?.payload == [1, 2, 3])
    }

    @Test func `a long extension header is skipped by its length`() throws {
        let header: [UInt8] = [17, 3] + Array(repeating: 0, count: 30)
        #expect(try decode(Self.frame(next: Self.hopByHop, header + Self.udp))?.payload == [1, 2, 3])
    }

    @Test func `an extension header beyond the bytes is told from a snap length`() throws {
        let frame = Self.frame(next: Self.options, [17, 255, 0, 0, 0, 0, 0, 0])
        #expect(try decode(frame)?.packet.anomaly == .ipv6ExtensionTruncated)
        let cut = Self.frame(next: Self.options, payloadLength: 2_080, [17, 255, 0, 0, 0, 0, 0, 0])
        #expect(try decode(cut, wireLength: 2_134)?.packet.anomaly == .cutBySnapLength)
    }

    @Test func `an atomic fragment is a whole packet`() throws {
        let (packet, payload) = try #require(
            try decode(Self.frame(next: Self.fragment, Self.fragmentHeader(0) + Self.udp)))
        #expect(packet.anomaly == nil && !packet.isPayloadCut && payload == [1, 2, 3])
    }

    @Test(arguments: [(1, 0, false), (8, 8, true), (9, 8, false), (0xfff8, 65_528, true)])
    func `a fragment says where it belongs and shows no ports`(field: Int, offset: Int, isLast: Bool) throws {
        let (packet, payload) = try #require(
            try decode(Self.frame(next: Self.fragment, Self.fragmentHeader(field) + Self.udp)))
        #expect(
            packet.isFragment && packet.anomaly == .fragment && !packet.hasTransportHeader && packet.sourcePort == 0)
        #expect(
            packet.fragment.offset == offset && packet.fragment.isLast == isLast && packet.fragment.identification == 1)
        #expect(packet.transport == .udp && payload == Self.udp)
    }

    @Test func `extension headers behind a fragment header belong to the datagram`() throws {
        let header = [Self.options, 0] + u16(1) + [0, 0, 0, 7]
        let first = try #require(try decode(Self.frame(next: Self.fragment, header + Self.chain(1)))).packet
        let joinable = Self.chain(1)
        var bytes = joinable.span
        let whole = Packet(joining: first, reading: &bytes, ipLength: 100, isWhole: true)
        #expect(whole.transport == .udp && whole.destinationPort == 53 && bytes.copy == [1, 2, 3])
    }

    @Test func `fragments of fragments end at the bound`() throws {
        let header = [Self.fragment, 0] + u16(1) + [0, 0, 0, 7]
        var packet = try #require(try decode(Self.frame(next: Self.fragment, header + header + Self.udp))).packet
        for _ in 0..<7 {
            #expect(packet.isFragment)
            var bytes = header.span
            packet = Packet(joining: packet, reading: &bytes, ipLength: 100, isWhole: true)
        }
        var bytes = header.span
        packet = Packet(joining: packet, reading: &bytes, ipLength: 100, isWhole: true)
        #expect(!packet.isFragment && packet.anomaly == .tooManyHeaders)
    }

    @Test func `no next header is another transport`() throws {
        let packet = try #require(try decode(Self.frame(next: 59, []))).packet
        #expect(packet.transport.description == "59" && packet.anomaly == nil)
    }
}
