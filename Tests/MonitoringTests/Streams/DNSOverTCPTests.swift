import Decoding
import Monitoring
import TestSupport
import Testing

/// DNS over TCP; messages are made in TestSupport.
@Suite struct DNSOverTCPTests {
    static let queries = (0..<6).flatMap { StreamBytes.framed(DNSBytes.query("q\($0).vendor.example")) }
    static let names = (0..<6).map { "q\($0).vendor.example" }

    private func see(_ frames: [[UInt8]], port: Int = 53, everyName: Bool = false) -> Sensor {
        let sensor = Sensor(everyName: everyName), connection = Connection(server: End("192.0.2.53", port))
        sensor.see(connection.handshake + frames)
        return sensor
    }

    private func connection(_ port: Int = 53) -> Connection { Connection(server: End("192.0.2.53", port)) }

    @Test func `the prefix split from its message, and any other cut`() {
        for cut in 1..<Self.queries.count {
            let segments = connection().segments(of: Self.queries, cuts: [cut])
            #expect(see(segments).names == Self.names, "cut at \(cut)")
            #expect(see(segments.reversed()).names == Self.names, "cut at \(cut), reversed")
        }
    }

    @Test func `several messages in a segment, single bytes, repeated and overlapping segments`() {
        let link = connection()
        #expect(see([link.up(Self.queries, at: 0)]).names == Self.names)
        #expect(see(Self.queries.indices.map { link.up([Self.queries[$0]], at: $0) }).names == Self.names)
        var random = SeededRandom(seed: 53)
        for round in 0..<300 {
            var frames: [[UInt8]] = []
            for _ in 0..<3 {
                let cuts = Set((0..<5).map { _ in Int.random(in: 1..<Self.queries.count, using: &random) })
                frames += link.segments(of: Self.queries, cuts: cuts.sorted())
            }
            #expect(see(frames.shuffled(using: &random)).names == Self.names, "round \(round)")
        }
    }

    @Test func `a connection that goes on for longer than any window`() {
        let sensor = Sensor(), link = connection()
        sensor.see(link.handshake)
        var offset = 0
        for number in 0..<20_000 {
            let message = StreamBytes.framed(DNSBytes.query("q\(number).vendor.example"))
            sensor.see(link.up(message, at: offset))
            offset += message.count
        }
        #expect(offset > 10 * 65_536 && sensor.names.count == 20_000)
    }

    @Test func `answers on the other direction bring addresses, and count once with their query`() {
        let sensor = see([], everyName: true), link = connection()
        sensor.see(link.up(StreamBytes.framed(DNSBytes.query("a.example")), at: 0))
        let answer = StreamBytes.framed(DNSBytes.answer("a.example", address: [192, 0, 2, 1]))
        sensor.see(link.down(answer.prefix(9), at: 0))
        sensor.see(link.down(answer.dropFirst(9), at: 9))
        var list = NameList()
        for sighting in sensor.monitor.sightings { list.add(sighting) }
        #expect(list.records.count == 1 && list.records[0].count == 1)
        #expect(list.records[0].addresses == [ip("192.0.2.1")] && list.records[0].sighting.transport == .tcp)
        #expect(list.records[0].sighting.client == ip("10.0.0.5"))
    }

    @Test func `a message of 64 kB over many segments`() {
        let records = (0..<4_000).flatMap { DNSBytes.record(DNSBytes.pointer(12), type: 1, u32(UInt32($0))) }
        let message =
            DNSBytes.header(flags: 0x8180, answers: 4_000) + DNSBytes.question(DNSBytes.name("up.vendor.example"))
            + records
        #expect(message.count > 64_000 && message.count < 65_536)
        let sensor = see([]), link = connection(), stream = StreamBytes.framed(message)
        for start in stride(from: 0, to: stream.count, by: 1_460).reversed() {
            sensor.see(link.down(stream[start..<min(start + 1_460, stream.count)], at: start))
        }
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `on another port only what fits exactly`() {
        let link = connection(8_053)
        #expect(see([link.up(Self.queries, at: 0)], port: 8_053).names == Self.names)
        for cut in 1..<Self.queries.count {
            #expect(
                see(link.segments(of: Self.queries, cuts: [cut]), port: 8_053).names == Self.names, "cut at \(cut)")
        }
        let padded = StreamBytes.framed(DNSBytes.query("up.vendor.example") + [0])
        #expect(see([link.up(padded, at: 0)], port: 8_053).names == [])
    }

    /// Found by fuzzing: 158 bytes that promised a message of 10,240 gave a name.
    @Test func `on another port a first message that never becomes whole names nobody`() {
        let link = connection(8_053), message = StreamBytes.framed(DNSBytes.query("up.vendor.example") + [0, 0, 0])
        for end in 1..<message.count {
            let sensor = see([link.up(message[..<end], at: 0)], port: 8_053, everyName: true)
            sensor.finish()
            #expect(sensor.names == [], "\(end) bytes")
        }
    }

    /// Found by fuzzing: behind a request to a proxy anything that began like DNS was believed.
    @Test func `behind a proxy's preamble, too, a message must fit exactly on another port`() {
        let link = connection(1_080), request: [UInt8] = [4, 1, 0, 53, 192, 0, 2, 53, 0]
        let query = DNSBytes.query("up.vendor.example")
        for cut in 1..<request.count + query.count + 2 {
            let padded = request + StreamBytes.framed(query + [0]), exact = request + StreamBytes.framed(query)
            #expect(
                see(link.segments(of: padded, cuts: [cut]), port: 1_080, everyName: true).names == [], "cut at \(cut)")
            #expect(
                see(link.segments(of: exact, cuts: [cut]), port: 1_080, everyName: true).names
                    == ["up.vendor.example"], "cut at \(cut)")
        }
    }

    /// Found by fuzzing: a long message was followed only where its first segment held its header.
    @Test func `on another port a long first message is found at every cut`() {
        let link = connection(8_053)
        let answers = (0..<20).flatMap { DNSBytes.record(DNSBytes.pointer(12), type: 1, [192, 0, 2, UInt8($0)]) }
        let message =
            DNSBytes.header(flags: 0x8180, answers: 20) + DNSBytes.question(DNSBytes.name("up.vendor.example"))
            + answers
        let stream = StreamBytes.framed(message)
        #expect(stream.count > 256)
        for cut in 1..<20 {
            let sensor = see(link.segments(of: stream, cuts: [cut]), port: 8_053, everyName: true)
            #expect(sensor.names == ["up.vendor.example"], "cut at \(cut)")
        }
    }

    @Test func `what is on port 53 and is not DNS is counted so`() {
        let link = connection()
        for bytes in [
            Array("GET / HTTP/1.1\r\nUser-Agent: x\r\n\r\n".utf8), [0, 4, 1, 2, 3, 4],
            [UInt8](repeating: 0xff, count: 60),
        ] {
            let sensor = see([link.up(bytes, at: 0)])
            #expect(sensor.names == [] && sensor.counters[.notDNSOnPort53] == 1)
        }
    }

    @Test func `TLS and HTTP on port 53 are found all the same`() {
        let link = connection()
        #expect(see([link.up(HelloBytes.hello("up.vendor.example"), at: 0)]).names == ["up.vendor.example"])
        let request = Array("GET / HTTP/1.1\r\nHost: up.vendor.example\r\n\r\n".utf8)
        #expect(see([link.up(request, at: 0)]).names == ["up.vendor.example"])
    }

    /// Found by fuzzing: whoever came in pieces was taken for DNS by the first of them, and counted once for each.
    @Test func `what is on port 53 and is not DNS is found, and counted once, at every cut`() {
        let link = connection(), request = Array("GET / HTTP/1.1\r\nHost: up.vendor.example\r\n\r\n".utf8)
        for cut in 1..<request.count {
            for segments in [
                link.segments(of: request, cuts: [cut]), link.segments(of: request, cuts: [cut]).reversed(),
            ] {
                let sensor = see(segments)
                #expect(sensor.names == ["up.vendor.example"], "cut at \(cut)")
                #expect(sensor.counters[.notDNSOnPort53] == 1, "cut at \(cut)")
            }
        }
        let bytes: [UInt8] = [0, 0, 0, 0x89]
        for segments in [[link.up(bytes, at: 0)], link.segments(of: bytes, cuts: [3])] {
            let sensor = see(segments)
            sensor.finish()
            #expect(sensor.counters[.notDNSOnPort53] == 1)
        }
    }

    /// The header promises more records than the length has room for.
    @Test func `a first message on port 53 that contradicts itself is judged the same at every cut`() {
        let link = connection()
        let message = DNSBytes.header(answers: 4_000) + DNSBytes.question(DNSBytes.name("up.vendor.example"))
        let stream = StreamBytes.framed(message), whole = see([link.up(stream, at: 0)])
        for cut in 1..<stream.count {
            let sensor = see(link.segments(of: stream, cuts: [cut]))
            #expect(sensor.names == whole.names, "cut at \(cut)")
            #expect(sensor.counters[.notDNSOnPort53] == whole.counters[.notDNSOnPort53], "cut at \(cut)")
        }
    }

    @Test func `a mid-stream start is taken where a whole message shows it, else given up`() {
        let link = connection(), sensor = Sensor()
        sensor.see(link.up(Self.queries, at: 700))
        #expect(sensor.names == Self.names)
        let lost = Sensor()
        for number in 0..<12 { lost.see(link.up([UInt8](repeating: 0x61, count: 50), at: 700 + 50 * number)) }
        #expect(lost.names == [] && lost.counters[.dnsStreamWithoutStart] == 1)
    }

    @Test func `a gap that never fills gives the direction up`() {
        let link = connection(), message = StreamBytes.framed(DNSBytes.query("up.vendor.example"))
        let sensor = see([link.up(message, at: 0), link.up(message, at: message.count + 100)])
        sensor.wait(until: 40)
        sensor.see(link.up(message, at: 2 * message.count + 100), at: 41)
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters[.streamGap] == 1)
    }
}
