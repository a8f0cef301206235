import Decoding
import TestSupport
import Testing

/// Headers are made by hand from the documents that the decoders name.
@Suite struct TunnelTests {
    static let frame = Wire.ethernet(Wire.ipv4, datagram())
    static let nine = Array(repeating: UInt8(9), count: 9)

    /// What IP protocol 47 carries: the bytes behind the IP header, up to the inner packet.
    static let gre: [[UInt8]] = [
        [0, 0, 8, 0] + datagram(),
        [0x80, 0, 8, 0, 9, 9, 0, 0] + datagram(),
        [0x20, 0, 8, 0, 0, 0, 0, 7] + datagram(),
        [0xb0, 0, 8, 0] + Array(repeating: 1, count: 12) + datagram(),
        // A source route: an entry with one address, and the last.
        [0x40, 0, 8, 0, 0, 0, 0, 0] + [8, 0, 0, 4, 1, 2, 3, 4, 0, 0, 0, 0] + datagram(),
        [0, 0, 0x65, 0x58] + frame,
        // NVGRE: a virtual subnet and a flow in the key.
        [0x20, 0, 0x65, 0x58, 0, 1, 2, 3] + frame,
        // PPTP: with a sequence number, and with an acknowledgment; PPP with and without address and control.
        [0x30, 0x01, 0x88, 0x0b, 0, 39, 0, 1, 0, 0, 0, 1, 0xff, 0x03, 0, 0x21] + datagram(),
        [0x30, 0x81, 0x88, 0x0b, 0, 37, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0x21] + datagram(),
        // ERSPAN I, II, and III without and with a platform's part; III around bare IP.
        [0, 0, 0x88, 0xbe] + frame,
        [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 2, 0, 1, 0, 0, 0, 0] + frame,
        [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] + frame,
        [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1] + nine.prefix(8) + frame,
        [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0x08, 0] + datagram(),
        [0, 0, 0x88, 0x47, 0, 0, 0x11, 64] + datagram(),
        [0, 0, 0x88, 0x3e] + datagram(), [0, 0, 0x88, 0x3e, 0, 0, 0, 0] + datagram(),
    ]

    /// UDP ports and what the datagram carries.
    static let udp: [(Int, [UInt8])] = [
        (4789, [8, 0, 0, 0, 0, 0, 7, 0] + frame), (8472, [8, 0, 0, 0, 0, 0, 7, 0] + frame),
        (4789, [0x88, 0, 0, 9, 0, 0, 7, 0] + frame),
        (4790, [0x0c, 0, 0, 1, 0, 0, 7, 0] + datagram()), (4790, [0x0c, 0, 0, 3, 0, 0, 7, 0] + frame),
        (6081, [0, 0, 0x65, 0x58, 0, 0, 7, 0] + frame),
        (6081, [2, 0x40, 8, 0, 0, 0, 7, 0] + nine.prefix(8) + datagram()),
        // GENEVE on a port of its own.
        (47_101, [1, 0, 0x65, 0x58, 0, 0, 7, 0] + nine.prefix(4) + frame),
        (2152, [0x30, 0xff, 0, 35, 0, 0, 0, 1] + datagram()),
        (2152, [0x32, 0xff, 0, 39, 0, 0, 0, 1, 0, 1, 0, 0] + datagram()),
        // An extension header of a 5G session: one word, and no other.
        (2152, [0x34, 0xff, 0, 43, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 9, 0] + datagram()),
        (1701, [0, 2, 0, 1, 0, 2, 0xff, 0x03, 0, 0x21] + datagram()),
        (1701, [0x4a, 2] + u16(20 + 35) + [0, 1, 0, 2, 0, 0, 0, 0, 0, 2, 9, 9, 0xff, 0x03, 0, 0x21] + datagram()),
        (5247, [0, 0x10, 0, 0, 0, 0, 0, 0] + frame),
        (5247, [0, 0x10, 0x03, 0, 0, 0, 0, 0] + WLANTests.frame()),
        (5247, [0, 0x20, 0x03, 0x20, 0, 0, 0, 0] + nine.prefix(8) + [0x01, 0x08] + WLANTests.frame().dropFirst(2)),
        (6635, [0, 0, 0x11, 64] + datagram()),
    ]

    @Test(arguments: gre) func `every form of GRE leaves the inner packet`(bytes: [UInt8]) throws {
        let packet = try #require(try decode(Wire.ipv4(outer, otherOuter, protocol: 47, bytes), .rawIP))
        try check(packet)
    }

    @Test(arguments: udp) func `every tunnel in UDP leaves the inner packet`(port: Int, bytes: [UInt8]) throws {
        try check(
            try #require(try decode(Wire.ipv4(outer, otherOuter, protocol: 17, Wire.udp(50_000, port, bytes)), .rawIP)))
    }

    @Test func `Ethernet in IP leaves the inner packet`() throws {
        try check(try #require(try decode(Wire.ipv4(outer, otherOuter, protocol: 97, [0x30, 0] + Self.frame), .rawIP)))
        try check(
            try #require(
                try decode(Wire.ipv4(outer, otherOuter, protocol: 137, [0, 0, 0x11, 64] + datagram()), .rawIP)))
    }

    func check(_ decoded: (packet: Packet, payload: [UInt8])) throws {
        #expect(decoded.packet.source == inside && decoded.packet.destination == outside)
        #expect(decoded.packet.outerSource == outer && decoded.packet.outerDestination == otherOuter)
        #expect(decoded.packet.ipLength == 35 && decoded.packet.destinationPort == 53 && decoded.packet.anomaly == nil)
        #expect(decoded.payload == Array("payload".utf8))
    }

    @Test(arguments: udp) func `a datagram that only looks like a tunnel stays what it is`(
        port: Int, bytes: [UInt8]
    ) throws {
        // Without its last byte the inner packet is cut, which no real tunnel does; and every other cut.
        for count in 0..<bytes.count {
            let payload = Array(bytes.prefix(count))
            let (packet, left) = try #require(
                try decode(Wire.ipv4(outer, otherOuter, protocol: 17, Wire.udp(50_000, port, payload)), .rawIP))
            #expect(
                packet.source == outer && packet.destinationPort == port && left == payload && packet.anomaly == nil)
        }
    }

    @Test(arguments: udp) func `a snap length cuts the inner packet and not the outer one`(
        port: Int, bytes: [UInt8]
    ) throws {
        let whole = Wire.ipv4(outer, otherOuter, protocol: 17, Wire.udp(50_000, port, bytes))
        let (packet, payload) = try #require(try decode(Array(whole.dropLast(3)), .rawIP, wireLength: whole.count))
        #expect(
            packet.source == inside && packet.ipLength == 35 && packet.isPayloadCut
                && packet.anomaly == .cutBySnapLength)
        #expect(payload == Array("payl".utf8))
    }

    @Test(arguments: gre) func `GRE cut anywhere leaves the outer packet`(bytes: [UInt8]) throws {
        for count in 0..<bytes.count - 35 {
            let packet = try #require(
                try decode(Wire.ipv4(outer, otherOuter, protocol: 47, Array(bytes.prefix(count))), .rawIP)
            ).packet
            #expect(packet.source == outer && packet.ipLength == 20 + count && packet.transport.rawValue == 47)
        }
    }

    @Test func `GRE of another version is an anomaly, and what it carries besides IP is none`() throws {
        let odd = try decode(Wire.ipv4(outer, otherOuter, protocol: 47, [0, 2, 8, 0] + datagram()), .rawIP)
        #expect(odd?.packet.anomaly == .greVersion && odd?.packet.source == outer)
        let other = try decode(Wire.ipv4(outer, otherOuter, protocol: 47, [0, 0, 0x20, 0x01] + Self.nine), .rawIP)
        #expect(other?.packet.anomaly == nil && other?.packet.source == outer)
    }

    // MARK: MPLS

    static func labels(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { [0, 1, $0 == count - 1 ? 0x01 : 0x00, 64] as [UInt8] }
    }

    @Test(arguments: 1...7) func `label stacks are read to the bound`(count: Int) throws {
        #expect(try decode(Wire.ethernet(0x8847, Self.labels(count) + datagram()))?.payload == Array("payload".utf8))
        #expect(try decode(Wire.ethernet(0x8848, Self.labels(count) + datagram6))?.packet.source == inside6)
    }

    @Test func `a label stack beyond the bound is said so`() {
        #expect(throws: DecodingError.anomaly(.tooManyHeaders)) {
            try decode(Wire.ethernet(0x8847, Self.labels(8) + datagram()))
        }
        #expect(throws: DecodingError.anomaly(.tooManyHeaders)) {
            try decode(Wire.ethernet(0x8847, Self.labels(9_000)))
        }
    }

    @Test func `an Ethernet pseudowire is read with its control word and without`() throws {
        #expect(
            try decode(
                Wire.ethernet(
                    0x8847, Self.labels(2) + [0, 0, 0, 1] + Wire.ethernet(0x8100, Wire.tag(5, Wire.ipv4, datagram()))))?
                .packet.vlan == 5)
        #expect(try decode(Wire.ethernet(0x8847, Self.labels(1) + Self.frame))?.packet.destinationPort == 53)
        // An address that begins with 4 looks like IPv4 to routers.
        let address: [UInt8] = [0x45, 0, 0, 0, 0, 1] + Self.frame.dropFirst(6)
        #expect(try decode(Wire.ethernet(0x8847, Self.labels(1) + address))?.packet.destinationPort == 53)
        #expect(try decode(Wire.ethernet(0x8847, Self.labels(1) + Self.nine)) == nil)
    }

    // MARK: Teredo

    static let teredo = Wire.ipv6(
        ip("2001:0:53aa:64c::1"), outside6, next: 17, Wire.udp(4000, 53, Array("payload".utf8)))

    @Test(
        arguments: [
            [], [0, 0, 1, 2, 3, 4, 5, 6], [0, 1, 0, 0] + nine,
            [0, 1, 1, 2, 7, 8, 9] + nine + [0, 0, 1, 2, 3, 4, 5, 6],
        ] as [[UInt8]]) func `Teredo is read with authentication and origin`(header: [UInt8]) throws
    {
        for ports in [(50_000, 3544), (3544, 50_000)] {
            let datagram = Wire.udp(ports.0, ports.1, header + Self.teredo)
            let (packet, payload) = try #require(
                try decode(Wire.ipv4(outer, otherOuter, protocol: 17, datagram), .rawIP))
            #expect(
                packet.source == ip("2001:0:53aa:64c::1") && packet.outerSource == outer
                    && payload == Array("payload".utf8))
        }
    }

    @Test func `Teredo between clients is known by its addresses on any port`() throws {
        func source(_ bytes: [UInt8]) throws -> IPAddress? {
            try decode(Wire.ipv4(outer, otherOuter, protocol: 17, Wire.udp(50_000, 50_001, bytes)), .rawIP)?.packet
                .source
        }
        #expect(try source(Self.teredo) == ip("2001:0:53aa:64c::1"))
        // Other addresses; a byte more or fewer.
        #expect(try source(datagram6) == outer)
        #expect(try source(Self.teredo + [0]) == outer)
        #expect(try source(Array(Self.teredo.dropLast())) == outer)
    }

    @Test func `a GENEVE header off its port that carries no packet stays a datagram`() throws {
        let dns: [UInt8] = [0, 0, 0x65, 0x58, 0, 1, 0, 0] + Array(repeating: 0, count: 60)
        let packet = try decode(Wire.ipv4(outer, otherOuter, protocol: 17, Wire.udp(50_000, 53, dns)), .rawIP)
        #expect(packet?.packet.source == outer && packet?.payload == dns)
    }

    // MARK: Tunnels in tunnels

    @Test func `three VXLANs deep the innermost packet counts and the outermost addresses stay`() throws {
        var frame = Self.frame
        for level in 1...3 {
            let source = ip("192.0.2.\(level)")
            frame = Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(source, otherOuter, protocol: 17, Wire.udp(50_000, 4789, [8, 0, 0, 0, 0, 0, 7, 0] + frame)))
        }
        let (packet, payload) = try #require(try decode(frame))
        #expect(packet.source == inside && packet.outerSource == ip("192.0.2.3") && payload == Array("payload".utf8))
    }

    @Test func `a fragment inside a tunnel keeps the tunnel's addresses when it is joined`() throws {
        let piece = Wire.ipv4(
            inside, outside, protocol: 17, fragment: 0x2000, Wire.udp(4000, 53, Array("payload".utf8)))
        let first = try #require(try decode(Wire.ipv4(outer, otherOuter, protocol: 47, [0, 0, 8, 0] + piece), .rawIP))
        #expect(first.packet.isFragment && first.packet.outerSource == outer)
        var bytes = first.payload.span
        let packet = Packet(joining: first.packet, reading: &bytes, ipLength: 35, isWhole: true)
        #expect(packet.outerSource == outer && packet.destinationPort == 53 && bytes.copy == Array("payload".utf8))
    }

    @Test func `a tunnel inside joined fragments is read`() throws {
        let whole = [0, 0, 8, 0] + datagram()
        let first = try #require(
            try decode(Wire.ipv4(outer, otherOuter, protocol: 47, fragment: 0x2000, Array(whole.prefix(16))), .rawIP))
        var bytes = whole.span
        let packet = Packet(joining: first.packet, reading: &bytes, ipLength: 79, isWhole: true)
        #expect(packet.source == inside && packet.outerSource == outer && packet.ipLength == 35)
    }
}
