import Decoding
import TestSupport
import Testing

/// Headers are made by hand from RFC 791, section 3.1; their checksums are all zero, and so wrong.
@Suite struct IPv4Tests {
    static let udp = Wire.udp(4000, 53, [1, 2, 3])

    static func frame(
        totalLength: Int? = nil, fragment: Int = 0, options: [UInt8] = [], _ payload: [UInt8] = udp
    ) -> [UInt8] {
        Wire.ethernet(
            Wire.ipv4,
            Wire.ipv4(
                inside, outside, protocol: 17, options: options, totalLength: totalLength, fragment: fragment, payload))
    }

    @Test func `a wrong checksum is accepted`() throws {
        #expect(try decode(Self.frame())?.packet.anomaly == nil)
    }

    @Test(arguments: [4, 20, 40])
    func `options are skipped`(count: Int) throws {
        let (packet, payload) = try #require(try decode(Self.frame(options: Array(repeating: 1, count: count))))
        #expect(packet.destinationPort == 53 && packet.ipLength == 31 + count)
        #expect(payload == [1, 2, 3])
    }

    @Test func `a header shorter than twenty bytes is an anomaly`() {
        var frame = Self.frame()
        frame[14] = 0x44
        #expect(throws: DecodingError.anomaly(.ipv4HeaderLength)) { try decode(frame) }
        frame[14] = 0x65
        #expect(throws: DecodingError.anomaly(.ipv4HeaderLength)) { try decode(frame) }
    }

    @Test func `options beyond the bytes are truncated`() {
        #expect(throws: DecodingError.anomaly(.ipv4Truncated)) {
            try decode(
                Wire.ethernet(
                    Wire.ipv4, [0x4f] + Array(Wire.ipv4(inside, outside, protocol: 17, totalLength: 60, []).dropFirst())
                ))
        }
    }

    @Test(arguments: 0..<20)
    func `a header cut anywhere is truncated`(count: Int) {
        let frame = Array(Self.frame().prefix(14 + count))
        #expect(throws: DecodingError.anomaly(.ipv4Truncated)) { try decode(frame) }
        #expect(throws: DecodingError.anomaly(.cutBySnapLength)) { try decode(frame, wireLength: 64) }
    }

    @Test func `a total length of zero means all that the frame holds`() throws {
        let (packet, payload) = try #require(try decode(Self.frame(totalLength: 0)))
        #expect(packet.ipLength == 31 && packet.anomaly == nil && payload == [1, 2, 3])
        let cut = try #require(try decode(Self.frame(totalLength: 0), wireLength: 14 + 40_000))
        #expect(cut.packet.ipLength == 40_000 && cut.packet.isPayloadCut && cut.packet.anomaly == .cutBySnapLength)
    }

    @Test func `a total length shorter than the header is an anomaly`() {
        #expect(throws: DecodingError.anomaly(.ipv4TotalLength)) { try decode(Self.frame(totalLength: 19)) }
        #expect(throws: DecodingError.anomaly(.ipv4TotalLength)) {
            try decode(Self.frame(totalLength: 23, options: [1, 1, 1, 1]))
        }
    }

    @Test func `padding behind the packet is no payload`() throws {
        let (packet, payload) = try #require(try decode(Self.frame() + Array(repeating: 0xee, count: 15)))
        #expect(packet.ipLength == 31 && packet.anomaly == nil && !packet.isPayloadCut)
        #expect(payload == [1, 2, 3])
    }

    @Test func `a total length beyond the bytes is the sender's fault without a snap length`() throws {
        let (packet, payload) = try #require(try decode(Self.frame(totalLength: 100)))
        #expect(packet.anomaly == .ipv4TotalLength && packet.isPayloadCut)
        #expect(packet.ipLength == 100 && payload == [1, 2, 3])
    }

    @Test func `a total length beyond the bytes is nobody's fault with a snap length`() throws {
        let (packet, payload) = try #require(try decode(Self.frame(totalLength: 1_500), wireLength: 1_514))
        #expect(packet.anomaly == .cutBySnapLength && packet.isPayloadCut)
        #expect(packet.ipLength == 1_500 && payload == [1, 2, 3])
    }

    @Test func `a snap length that cuts only the padding cuts nothing`() throws {
        let packet = try decode(Self.frame(), wireLength: 60)?.packet
        #expect(packet?.isPayloadCut == false && packet?.anomaly == nil)
    }

    @Test func `a fragment says where it belongs and shows no ports`() throws {
        for (field, offset, isLast) in [
            (0x2000, 0, false), (0x2001, 8, false), (0x0001, 8, true), (0x1fff, 65_528, true),
        ] {
            let (packet, payload) = try #require(try decode(Self.frame(fragment: field)))
            #expect(packet.isFragment && packet.anomaly == .fragment && !packet.hasTransportHeader)
            #expect(
                packet.fragment.offset == offset && packet.fragment.isLast == isLast
                    && packet.fragment.identification == 1)
            #expect(packet.sourcePort == 0 && packet.destinationPort == 0 && packet.ipLength == 31)
            #expect(packet.transport == .udp && payload == Self.udp)
        }
    }

    @Test func `fragments that were put together are one packet`() throws {
        let first = try #require(try decode(Self.frame(fragment: 0x2000))).packet
        var bytes = Self.udp.span
        let whole = Packet(joining: first, reading: &bytes, ipLength: 51, isWhole: true)
        #expect(whole.destinationPort == 53 && whole.ipLength == 51 && whole.anomaly == nil && !whole.isPayloadCut)
        #expect(bytes.copy == [1, 2, 3] && whole.outerSource == nil)
    }

    @Test func `a first fragment alone shows what it holds`() throws {
        let first = try #require(try decode(Self.frame(fragment: 0x2000))).packet
        var bytes = Self.udp.span
        let part = Packet(joining: first, reading: &bytes, ipLength: 31, isWhole: false)
        #expect(part.destinationPort == 53 && part.hasTransportHeader && part.isPayloadCut)
    }

    @Test func `the bit that forbids fragments is no fragment`() throws {
        #expect(try decode(Self.frame(fragment: 0x4000))?.packet.anomaly == nil)
    }

    @Test func `another transport has neither ports nor an anomaly`() throws {
        let packet = try decode(Wire.ethernet(Wire.ipv4, Wire.ipv4(inside, outside, protocol: 1, [8, 0, 0, 0])))?.packet
        #expect(packet?.transport == .icmp && packet?.hasTransportHeader == false && packet?.anomaly == nil)
    }
}
