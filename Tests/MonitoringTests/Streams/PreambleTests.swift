import Decoding
import Monitoring
import TestSupport
import Testing

/// The trap: STARTTLS, CONNECT, SOCKS and the PROXY protocol put the hello behind other bytes, however the segments
/// are cut. Preambles are made in TestSupport.
@Suite struct PreambleTests {
    static let hello = HelloBytes.hello("in.vendor.example")

    private func check(_ frames: [[UInt8]], _ preamble: StreamBytes.Preamble, _ what: Comment) {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + frames)
        #expect(sensor.names == preamble.names + ["in.vendor.example"], what)
        #expect(sensor.partial.last == false, what)
    }

    @Test(arguments: StreamBytes.preambles)
    func `a cut at any byte, and both orders, give the same names`(preamble: StreamBytes.Preamble) {
        let stream = preamble.bytes + Self.hello, connection = Connection()
        for cut in 1..<stream.count {
            let segments = connection.segments(of: stream, cuts: [cut])
            // Zeros at the start of a short segment pass for padding: PostgreSQL's first two, alone.
            if stream.prefix(cut).allSatisfy({ $0 == 0 }), cut == 2 { continue }
            check(segments, preamble, "cut at \(cut)")
            check(segments.reversed(), preamble, "cut at \(cut), reversed")
        }
    }

    @Test(arguments: StreamBytes.preambles)
    func `segments as a client sends them, whole, and byte by byte`(preamble: StreamBytes.Preamble) {
        let stream = preamble.bytes + Self.hello, connection = Connection()
        check([connection.up(stream, at: 0)], preamble, "whole")
        check(connection.segments(of: stream, cuts: [preamble.bytes.count]), preamble, "preamble apart")
        let bytes = stream.indices.map { connection.up([stream[$0]], at: $0) }
        check(bytes, preamble, "byte by byte")
        check(bytes.reversed(), preamble, "byte by byte, reversed")
        check(bytes.flatMap { [$0, $0] }, preamble, "each byte twice")
    }

    @Test func `what is said through a proxy at home leaves home`() {
        let preamble = Array("CONNECT a.example:443 HTTP/1.1\r\n\r\n".utf8)
        let connection = Connection(server: End("10.0.0.80", 3_128))
        let tunnel = Sensor()
        tunnel.see(connection.handshake + [connection.up(preamble + Self.hello, at: 0)])
        #expect(tunnel.names == ["in.vendor.example"] && tunnel.counters.matchesNotOutbound == 0)
        let direct = Sensor()
        direct.see(connection.handshake + [connection.up(Self.hello, at: 0)])
        #expect(direct.names == [] && direct.counters.matchesNotOutbound == 1)
        var next = connection
        next.number += 100_000
        tunnel.see(next.handshake + [next.up(Self.hello, at: 0)], at: 60)
        #expect(tunnel.names.count == 1, "another connection between the same ports is not proxied")
    }

    @Test func `a preamble without a hello behind it names no more than it holds`() {
        for preamble in StreamBytes.preambles {
            let sensor = Sensor(everyName: true), connection = Connection()
            sensor.see(connection.handshake)
            sensor.see(connection.up(preamble.bytes + Array("hello world, this is not TLS\r\n".utf8), at: 0))
            sensor.finish()
            #expect(sensor.names == preamble.names, "\(preamble)")
        }
    }

    /// Found by fuzzing: it counted where its first byte had come alone.
    @Test func `what is no hello behind STARTTLS counts as none, whatever the cut`() {
        let preamble = Array("EHLO me\r\nSTARTTLS\r\n".utf8), connection = Connection()
        for behind in [[22, 0x40], [22, 3, 3, 0x74, 0x74, 0x74]] as [[UInt8]] {
            let stream = preamble + behind
            for cut in 1..<stream.count {
                let sensor = Sensor()
                sensor.see(connection.handshake + connection.segments(of: stream, cuts: [cut]))
                sensor.finish()
                #expect(sensor.counters[.helloIncomplete] == 0, "cut at \(cut)")
                #expect(sensor.counters[.clientHelloMalformed] == 0, "cut at \(cut)")
            }
        }
    }

    /// Found by fuzzing: its first bytes were taken for DNS, and counted as none, where they came alone.
    @Test func `behind a proxy's preamble on port 53 what is not DNS is counted alike at every cut`() {
        let stream: [UInt8] = [4, 1, 10, 13, 10, 71, 69, 84, 0] + Array(repeating: 0x24, count: 20)
        let connection = Connection(server: End("192.0.2.53", 53))
        for cut in 1..<stream.count {
            let sensor = Sensor()
            sensor.see(connection.handshake + connection.segments(of: stream, cuts: [cut]))
            sensor.finish()
            #expect(sensor.counters[.notDNSOnPort53] == 1, "cut at \(cut)")
        }
    }

    @Test func `the search for a hello ends`() {
        let sensor = Sensor(), connection = Connection()
        let lines = Array(String(repeating: "NOOP\r\n", count: 200).utf8)
        let stream = Array("EHLO me\r\n".utf8) + lines + Array("STARTTLS\r\n".utf8) + Self.hello
        sensor.see(connection.handshake + [connection.up(stream, at: 0)])
        #expect(sensor.names == [])
    }

    @Test func `a target that is no host name is none`() {
        let bad: [[UInt8]] = [
            Array("CONNECT a b:443 HTTP/1.1\r\n\r\n".utf8), Array("CONNECT up..example:443 HTTP/1.1\r\n\r\n".utf8),
            Array("CONNECT up.vendor.example:443456 HTTP/1.1\r\n\r\n".utf8),
            Array("CONNECT <x>.vendor.example:443 HTTP/1.1\r\n\r\n".utf8),
            Array("CONNECT up.vendor.example:443 ICAP/1.1\r\n\r\n".utf8),
            [5, 1, 0, 5, 1, 0, 3, 3, 0, 1, 2, 1, 0xbb], [5, 1, 0, 5, 1, 0, 3, 0, 1, 0xbb],
            [5, 1, 0, 5, 9, 0, 3, 1, 0x61, 1, 0xbb], [4, 1, 1, 0xbb, 0, 0, 0, 1, 0, 0x20, 0x20, 0],
            [4, 1, 1, 0xbb, 0, 0, 0, 1, 0, 0],
        ]
        for bytes in bad {
            let sensor = Sensor(everyName: true), connection = Connection()
            sensor.see(connection.handshake + [connection.up(bytes, at: 0)])
            sensor.finish()
            #expect(sensor.names == [], "\(bytes)")
        }
    }

    @Test func `what a proxy is asked for is outbound wherever the proxy is`() {
        for preamble in [StreamBytes.connect, StreamBytes.socks5, StreamBytes.socks4a] {
            let sensor = Sensor(), connection = Connection(server: End("10.0.0.1", 3_128))
            sensor.see(connection.handshake + [connection.up(preamble, at: 0)])
            #expect(sensor.names == ["up.vendor.example"])
            #expect(sensor.monitor.sightings[0].server == ip("10.0.0.1"))
        }
    }
}
