import Decoding
import Monitoring
import TestSupport
import Testing

/// What TCP does to a hello on its way: traps of the connection. Hellos are made in TestSupport.
@Suite struct TCPTests {
    static let hello = HelloBytes.hello("up.vendor.example", padding: 100)

    @Test func `a hello in one segment gives its name once`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello, at: 0), connection.up(Self.hello, at: 0)])
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [false])
        #expect(sensor.counters.tlsNames == 1 && sensor.counters.matches == 1 && sensor.counters.flows == 1)
        let sighting = sensor.monitor.sightings[0]
        #expect(sighting.client == ip("10.0.0.5") && sighting.clientPort == 50_000)
        #expect(sighting.server == ip("203.0.113.9") && sighting.serverPort == 443 && sighting.transport == .tcp)
        #expect(sighting.endpoint?.id == "vendor/*.vendor.example")
    }

    @Test func `IPv6 makes no difference`() {
        let sensor = Sensor(), connection = Connection(client: End("fd20::5", 1_024), server: End("2001:db8::9", 8_443))
        sensor.see(connection.handshake + connection.segments(of: Self.hello, cuts: [50]))
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `a SYN sent again with a new number starts anew`() {
        let sensor = Sensor()
        let first = Connection(), second = Connection(number: 3_000_000_000)
        sensor.see([first.syn, second.syn, second.synAck, second.up(Self.hello, at: 0)])
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `a SYN sent again with the same number changes nothing`() {
        let sensor = Sensor(), connection = Connection()
        let segments = connection.segments(of: Self.hello, cuts: [60])
        sensor.see([connection.syn, connection.syn, connection.synAck, segments[0], connection.syn, segments[1]])
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `the same ports used again give the next name`() {
        let sensor = Sensor()
        for round in 0..<3 {
            let connection = Connection(
                number: 1_000 + UInt32(round) * 500_000, serverNumber: 9_000 + UInt32(round) * 700)
            let hello = HelloBytes.hello("host\(round).vendor.example")
            sensor.see(
                connection.handshake + [
                    connection.up(hello, at: 0), connection.up([], at: hello.count, flags: Connection.fin),
                ])
        }
        #expect(sensor.names == ["host0.vendor.example", "host1.vendor.example", "host2.vendor.example"])
    }

    @Test(arguments: [0xffff_ffff, 0xffff_fffe, 0xffff_ff80] as [UInt32])
    func `sequence numbers may wrap around inside the hello`(number: UInt32) {
        let sensor = Sensor(), connection = Connection(number: number)
        sensor.see(connection.handshake + connection.segments(of: Self.hello, cuts: [100, 130, 150]).reversed())
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `a keep-alive's byte of garbage is not part of the hello`() {
        let sensor = Sensor(), connection = Connection()
        let segments = connection.segments(of: Self.hello, cuts: [70])
        sensor.see(
            connection.handshake + [
                connection.up([0xff], at: -1), segments[0], connection.up([0xff], at: 69), segments[1],
            ])
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters[.streamConflict] == 1)
    }

    @Test func `a retransmission may begin before the stream does`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up([9, 9, 9] + Self.hello, at: -3)])
        #expect(sensor.names == ["up.vendor.example"])
    }

    /// Some senders fill an empty segment up to 60 bytes and count the filling in the IP length.
    @Test func `padding that claims to be the first bytes is not part of the hello`() {
        for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0]] {
            let sensor = Sensor(), connection = Connection()
            let segments = connection.segments(of: Self.hello, cuts: [60])
            let frames = [connection.up(Array(repeating: 0, count: 6), at: 0), segments[1], segments[0]]
            sensor.see(connection.handshake + order.map { frames[$0] })
            #expect(sensor.names == ["up.vendor.example"], "in the order \(order)")
        }
    }

    @Test func `data on the SYN belong to the stream`() {
        let sensor = Sensor(), connection = Connection()
        let syn = Wire.tcpFrame(
            connection.client, connection.server, sequence: connection.number, flags: Connection.syn,
            Array(Self.hello.prefix(90)))
        sensor.see([syn, connection.synAck, connection.up(Self.hello.dropFirst(90), at: 90)])
        #expect(sensor.names == ["up.vendor.example"])
        let whole = Sensor()
        whole.see(Wire.tcpFrame(connection.client, connection.server, sequence: 7, flags: Connection.syn, Self.hello))
        #expect(whole.names == ["up.vendor.example"])
    }

    @Test func `both sides may open at once`() {
        let sensor = Sensor(), connection = Connection()
        let back = Wire.tcpFrame(
            connection.server, connection.client, sequence: connection.serverNumber, flags: Connection.syn)
        let again = Wire.tcpFrame(
            connection.client, connection.server, sequence: connection.number, flags: Connection.synAck)
        sensor.see(
            [connection.syn, back, again, connection.synAck]
                + connection.segments(of: Self.hello, cuts: [40]).reversed())
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `one direction is enough`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see([connection.syn] + connection.segments(of: Self.hello, cuts: [40]).reversed())
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `the hello may end with the connection`() {
        for flags in [Connection.fin, 0x14] {
            let sensor = Sensor(), connection = Connection()
            sensor.see(connection.handshake + [connection.up(Self.hello, at: 0, flags: flags)])
            #expect(sensor.names == ["up.vendor.example"])
        }
    }

    @Test func `what is no hello is let go at once`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(
            connection.handshake + [
                connection.up(Array("GET / HTTP/1.1\r\n".utf8), at: 0), connection.up(Self.hello, at: 16),
            ])
        #expect(sensor.names == [])
    }

    @Test func `a segment far beyond the hello does not lose what was there`() {
        let sensor = Sensor(), connection = Connection()
        let segments = connection.segments(of: Self.hello, cuts: [150])
        sensor.see(connection.handshake + [segments[0], connection.up([1, 2, 3], at: 70_000), segments[1]])
        sensor.finish()
        #expect(sensor.names == ["up.vendor.example"])
    }

    // MARK: Without a SYN

    @Test func `a capture that begins behind the handshake shows the hello`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see([connection.up(Self.hello, at: 0)])
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `without a SYN the pieces may come in any order`(order: [Int]) {
        let sensor = Sensor(), connection = Connection()
        let segments = connection.segments(of: Self.hello, cuts: [60, 120])
        sensor.see(order.map { segments[$0] })
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `a stream that is no hello is given up after a few segments`() {
        let sensor = Sensor(), connection = Connection()
        for index in 0..<9 { sensor.see(connection.up([UInt8(index), 1, 2, 3, 4, 5, 6, 7], at: 1_000 + index * 8)) }
        sensor.see(connection.up(Self.hello, at: 0))
        #expect(sensor.names == [])
    }

    /// The first stray lends the stream a beginning 64 KiB before it; another stray lies near that beginning. The hello
    /// begins earlier still, so that neither may be taken for a part of it.
    @Test func `strays far behind a hello are no part of it`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see([connection.up([9, 9, 9], at: 66_000), connection.up(Array(repeating: 9, count: 400), at: 600)])
        sensor.see(connection.segments(of: Self.hello, cuts: [70]))
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters[.streamConflict] == 0)
    }
}
