import Decoding
import Monitoring
import TestSupport
import Testing

/// Datagrams are cut by hand, as RFC 791, section 3.2 and RFC 8200, section 4.5 say.
@Suite struct FragmentTests {
    static let client = End("10.0.0.5", 40_000), resolver = End("203.0.113.53", 53)
    static let client6 = End("fd20::5", 40_000), resolver6 = End("2001:db8::53", 53)
    static let query = DNSBytes.query("a.rather.long.name.that.spans.several.fragments.vendor.example")
    static let names = ["a.rather.long.name.that.spans.several.fragments.vendor.example"]

    /// The pieces of an IPv4 payload that end at `cuts`, multiples of eight.
    static func pieces(
        _ payload: [UInt8], cuts: [Int], protocol number: UInt8 = 17, from source: IPAddress = client.address
    ) -> [[UInt8]] {
        zip([0] + cuts, cuts + [payload.count]).map { start, end in
            let more = end < payload.count ? 0x2000 : 0
            return Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(
                    source, resolver.address, protocol: number, fragment: more | start / 8, Array(payload[start..<end]))
            )
        }
    }

    static func pieces6(_ payload: [UInt8], cuts: [Int]) -> [[UInt8]] {
        zip([0] + cuts, cuts + [payload.count]).map { start, end in
            let header = [17, 0] + u16(start | (end < payload.count ? 1 : 0)) + [0, 0, 0, 9]
            return Wire.ethernet(
                Wire.ipv6, Wire.ipv6(client6.address, resolver6.address, next: 44, header + payload[start..<end]))
        }
    }

    static let datagram = Wire.udp(client.port, 53, query)

    @Test(arguments: [[8], [16, 32], [8, 16, 24, 32, 40]])
    func `the name is found whatever the order of the fragments`(cuts: [Int]) {
        for pieces in [Self.pieces(Self.datagram, cuts: cuts), Self.pieces6(Self.datagram, cuts: cuts)] {
            for order in permutations(Array(pieces.indices)).prefix(120) {
                let sensor = Sensor()
                sensor.see(order.map { pieces[$0] })
                #expect(sensor.names == Self.names, "in the order \(order)")
                #expect(sensor.counters.flows == 1 && sensor.counters[.datagramIncomplete] == 0)
            }
        }
    }

    @Test func `fragments twice, and a mirror's copies behind them, give the name once`() {
        for pieces in [Self.pieces(Self.datagram, cuts: [16, 32]), Self.pieces6(Self.datagram, cuts: [16, 32])] {
            let sensor = Sensor()
            for piece in pieces {
                sensor.see(piece)
                sensor.see(piece, at: 0.01)
            }
            sensor.finish()
            #expect(sensor.names == Self.names && sensor.counters.flows == 1)
            #expect(sensor.counters.fragmentCopies == 1 && sensor.counters[.datagramIncomplete] == 0)
        }
    }

    @Test func `of overlapping fragments the first copy of a byte wins, and the conflict is counted`() {
        let pieces = Self.pieces(Self.datagram, cuts: [24, 48])
        // The same stretch again, with other bytes, reaching over its neighbour.
        let other = Array(repeating: UInt8(0x41), count: 40)
        let forged = Self.pieces(Array(Self.datagram.prefix(8)) + other + [0], cuts: [8, 48])[1]
        let sensor = Sensor()
        sensor.see([pieces[0], pieces[1], forged, pieces[2]])
        #expect(sensor.names == Self.names)
        #expect(sensor.counters[.fragmentConflict] == 1)
    }

    @Test func `a first fragment that holds the whole name shows it when the rest never comes`() {
        let answer = DNSBytes.answer("up.vendor.example", address: [192, 0, 2, 1])
        let datagram = Wire.udp(53, 40_000, answer + Array(repeating: 0, count: 200))
        let first = Self.pieces(datagram, cuts: [88])[0]
        let sensor = Sensor(everyName: true)
        sensor.see(first)
        #expect(sensor.names == [])
        // Any packet moves the time; a look every eighth.
        for _ in 0..<8 { sensor.see(Wire.udpFrame(Self.client, End("10.0.0.9", 9), [0]), at: 31) }
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters[.datagramIncomplete] == 1)
    }

    @Test func `at the end of a capture nothing waits any longer`() {
        let datagram = Wire.udp(40_000, 53, DNSBytes.query("up.vendor.example") + Array(repeating: 0, count: 200))
        let sensor = Sensor(everyName: true)
        sensor.see(Self.pieces(datagram, cuts: [80])[0])
        sensor.finish()
        #expect(sensor.counters[.datagramIncomplete] == 1 && sensor.counters.flows == 1)
    }

    @Test func `another identification, protocol or sender is another datagram`() {
        let pieces = Self.pieces(Self.datagram, cuts: [16])
        let stranger = Self.pieces(Self.datagram, cuts: [16], from: ip("10.0.0.6"))
        let protocolOf = Self.pieces(Self.datagram, cuts: [16], protocol: 6)
        let sensor = Sensor()
        sensor.see([pieces[0], stranger[1], protocolOf[1]])
        #expect(sensor.names == [])
        sensor.see(pieces[1])
        #expect(sensor.names == Self.names)
    }

    @Test func `a hello in a fragmented segment is found`() {
        let connection = Connection()
        let hello = HelloBytes.hello("www.vendor.example", padding: 900)
        let sensor = Sensor()
        sensor.see(connection.handshake)
        let segment = Wire.tcp(50_000, 443, sequence: connection.number &+ 1, hello)
        let frames = zip([0, 400, 800], [400, 800, segment.count]).map { start, end in
            Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(
                    connection.client.address, connection.server.address, protocol: 6,
                    fragment: (end < segment.count ? 0x2000 : 0) | start / 8, Array(segment[start..<end])))
        }
        sensor.see([frames[2], frames[0], frames[1]])
        #expect(sensor.names == ["www.vendor.example"])
    }

    @Test func `fragments inside a tunnel, and a tunnel inside fragments, are read`() {
        func gre(_ packet: [UInt8]) -> [UInt8] { [0, 0, 8, 0] + packet }
        let inner = Self.pieces(Self.datagram, cuts: [16]).map { Array($0.dropFirst(14)) }
        let inside = Sensor()
        inside.see(
            inner.map {
                Wire.ethernet(Wire.ipv4, Wire.ipv4(ip("192.0.2.1"), ip("192.0.2.2"), protocol: 47, gre($0)))
            })
        #expect(inside.names == Self.names)

        // Each inner fragment comes in two outer ones.
        let outside = Sensor()
        for (number, packet) in inner.enumerated() {
            let payload = gre(packet)
            outside.see(Self.pieces(payload, cuts: [24], protocol: 47, from: ip("192.0.2.\(number + 1)")))
        }
        #expect(outside.names == Self.names)
    }

    /// Found by fuzzing: putting the fragments together counted as a header.
    @Test func `as many tunnels are read in fragments as in one piece`() {
        var packet = Wire.ipv4(Self.client.address, Self.resolver.address, protocol: 17, Self.datagram)
        for depth in 1...7 {
            let sensor = Sensor()
            sensor.see(Self.pieces(packet, cuts: [16, 64], protocol: 4))
            #expect(sensor.names == Self.names && sensor.counters[.tooManyHeaders] == 0, "\(depth) tunnels")
            packet = Wire.ipv4(ip("192.0.2.1"), ip("192.0.2.2"), protocol: 4, packet)
        }
        let sensor = Sensor()
        sensor.see(Self.pieces(packet, cuts: [16, 64], protocol: 4))
        #expect(sensor.names == [] && sensor.counters[.tooManyHeaders] == 1)
    }

    @Test func `a piece beyond the end of all datagrams is counted and not kept`() {
        let sensor = Sensor()
        let payload = Array(repeating: UInt8(0), count: 64)
        sensor.see(
            Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(Self.client.address, Self.resolver.address, protocol: 17, fragment: 0x1fff, payload)))
        #expect(sensor.counters[.fragmentBeyondEnd] == 1 && sensor.counters.flows == 1)
        // One that reaches beyond the datagram's own last byte loses what is too much.
        sensor.see(Self.pieces(Self.datagram, cuts: [16, 32])[2])
        sensor.see(Self.pieces(Self.datagram + [1, 2, 3, 4, 5, 6, 7, 8], cuts: [16, 32])[2])
        #expect(sensor.counters[.fragmentBeyondEnd] == 2)
        sensor.see(Array(Self.pieces(Self.datagram, cuts: [16, 32]).prefix(2)))
        #expect(sensor.names == Self.names)
    }

    @Test func `a flood of fragments keeps to the bound, is counted, and harms nobody else`() {
        let sensor = Sensor()
        let payload = Array(repeating: UInt8(0), count: 1_400)
        for number in 0..<30_000 {
            let source = IPAddress(v4: 0x0a00_0000 | UInt32(number))
            sensor.see(Self.pieces(payload, cuts: [1_392], from: source)[0], at: Double(number) / 10_000)
        }
        #expect(sensor.counters.datagramsEvicted > 15_000)
        #expect(sensor.counters[.datagramIncomplete] == sensor.counters.datagramsEvicted)
        sensor.see(Self.pieces(Self.datagram, cuts: [16, 32]), at: 3.1)
        #expect(sensor.names == Self.names)
    }

    @Test func `the bytes of all fragments count for the flow, once`() {
        let sensor = Sensor()
        sensor.see(Self.pieces(Self.datagram, cuts: [16, 32]))
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, [0]))
        #expect(sensor.counters.flows == 1)
    }
}
