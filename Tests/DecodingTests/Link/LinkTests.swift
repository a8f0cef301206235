import Decoding
import TestSupport
import Testing

/// Frames are made by hand from the layouts at tcpdump.org/linktypes.html.
@Suite struct LinkTests {
    static let zeros = Array(repeating: UInt8(0), count: 20)

    @Test(arguments: [
        (LinkType.ethernet, Wire.ethernet(Wire.ipv4, [])),
        (.linuxCooked, Array(zeros.prefix(14)) + u16(Wire.ipv4)),
        (.linuxCooked2, u16(Wire.ipv4) + Array(zeros.prefix(18))),
        (.rawIP, []), (.rawIPOpenBSD, []), (.rawIPInFiles, []), (.ipv4, []),
        (.bsdLoopback, [2, 0, 0, 0]), (.bsdLoopback, [0, 0, 0, 2]), (.openBSDLoopback, [0, 0, 0, 2]),
    ])
    func `every link header leaves the same IPv4 packet`(linkType: LinkType, header: [UInt8]) throws {
        let (packet, payload) = try #require(try decode(header + datagram(), linkType))
        #expect(packet.source == inside && packet.destination == outside)
        #expect(packet.sourcePort == 4000 && packet.destinationPort == 53)
        #expect(packet.ipLength == 35 && packet.vlan == 0 && packet.anomaly == nil)
        #expect(payload == Array("payload".utf8))
        #expect(linkType.isSupported)
    }

    @Test(arguments: [
        (LinkType.ethernet, Wire.ethernet(Wire.ipv6, [])), (.rawIP, []), (.ipv6, []),
        (.linuxCooked, Array(zeros.prefix(14)) + u16(Wire.ipv6)),
        (.linuxCooked2, u16(Wire.ipv6) + Array(zeros.prefix(18))),
        (.bsdLoopback, [10, 0, 0, 0]), (.bsdLoopback, [24, 0, 0, 0]), (.bsdLoopback, [28, 0, 0, 0]),
        (.openBSDLoopback, [0, 0, 0, 30]),
    ])
    func `every link header leaves the same IPv6 packet`(linkType: LinkType, header: [UInt8]) throws {
        let inner = Wire.ipv6(inside6, outside6, next: 17, Wire.udp(4000, 53, [1, 2, 3]))
        let (packet, payload) = try #require(try decode(header + inner, linkType))
        #expect(packet.source == inside6 && packet.ipLength == 51 && packet.hasTransportHeader)
        #expect(payload == [1, 2, 3])
    }

    @Test func `what is not IP is no packet and no error`() throws {
        #expect(try decode(Wire.ethernet(0x0806, Self.zeros)) == nil)
        #expect(try decode(Wire.ethernet(60, Self.zeros)) == nil)
        #expect(try decode([7, 0, 0, 0] + datagram(), .bsdLoopback) == nil)
        #expect(try decode([0x90] + Self.zeros, .rawIP) == nil)
        #expect(try decode([], .rawIP) == nil)
    }

    @Test func `a link type that nobody here knows is said so`() {
        #expect(throws: DecodingError.anomaly(.unknownLinkType)) { try decode(datagram(), LinkType(rawValue: 147)) }
        #expect(!LinkType(rawValue: 147).isSupported)
    }

    @Test(arguments: [(LinkType.ethernet, 13), (.linuxCooked, 15), (.linuxCooked2, 19), (.bsdLoopback, 3)])
    func `a link header that ends early is truncated and with a snap length cut`(linkType: LinkType, count: Int) {
        let frame = Array(Self.zeros.prefix(count))
        #expect(throws: DecodingError.anomaly(.linkTruncated)) { try decode(frame, linkType) }
        #expect(throws: DecodingError.anomaly(.cutBySnapLength)) { try decode(frame, linkType, wireLength: 60) }
    }

    // MARK: Tags

    static func tagged(_ count: Int, type: Int = 0x8100) -> [UInt8] {
        var inner = Wire.tag(1, Wire.ipv4, datagram())
        for identifier in 2..<max(count + 1, 2) { inner = Wire.tag(identifier, type, inner) }
        return Wire.ethernet(type, inner)
    }

    @Test(arguments: [0x8100, 0x88a8, 0x9100, 0x9200])
    func `each kind of tag is read through`(type: Int) throws {
        let (packet, payload) = try #require(try decode(Self.tagged(1, type: type)))
        #expect(packet.vlan == 1 && packet.ipLength == 35)
        #expect(payload == Array("payload".utf8))
    }

    @Test func `two tags are kept with the inner one low`() throws {
        let (packet, _) = try #require(
            try decode(Wire.ethernet(0x88a8, Wire.tag(0xe123, 0x8100, Wire.tag(0x3456, Wire.ipv4, datagram())))))
        #expect(packet.vlan == 0x123456)
    }

    @Test func `of three tags the inner two are kept`() throws {
        let (packet, _) = try #require(try decode(Self.tagged(3)))
        #expect(packet.vlan == 2 << 12 | 1)
    }

    @Test func `seven tags are read and the eighth is one too many`() throws {
        #expect(try decode(Self.tagged(7))?.packet.hasTransportHeader == true)
        #expect(throws: DecodingError.anomaly(.tooManyHeaders)) { try decode(Self.tagged(8)) }
        #expect(throws: DecodingError.anomaly(.tooManyHeaders)) { try decode(Self.tagged(4_000)) }
    }

    @Test func `a tag on a cooked capture is read as well`() throws {
        let frame = Array(Self.zeros.prefix(14)) + u16(0x8100) + Wire.tag(77, Wire.ipv4, datagram())
        #expect(try decode(frame, .linuxCooked)?.packet.vlan == 77)
    }

    @Test func `a tag that ends early is truncated`() {
        #expect(throws: DecodingError.anomaly(.linkTruncated)) { try decode(Wire.ethernet(0x8100, [0, 1, 8])) }
    }
}
