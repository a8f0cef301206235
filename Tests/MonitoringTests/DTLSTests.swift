import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct DTLSTests {
    private let client = End("10.0.0.5", 50_000)
    private let server = End("203.0.113.9", 4_433)

    private func names(_ datagrams: [[UInt8]]) -> [String] {
        let sensor = Sensor(everyName: true)
        sensor.see(datagrams.map { Wire.udpFrame(client, server, $0) })
        sensor.finish()
        return sensor.names
    }

    @Test func `a hello in one record, with method and fingerprint`() throws {
        let sensor = Sensor(["*.vendor.example"])
        sensor.see(Wire.udpFrame(client, server, DTLSBytes.hello(DTLSBytes.body("a.vendor.example"))))
        let sighting = try #require(sensor.monitor.sightings.first)
        #expect(sighting.method == .dtlsSNI && sighting.transport == .udp && sensor.counters.dtlsNames == 1)
        guard case .hello(let facts) = sighting.detail else {
            Issue.record("no hello")
            return
        }
        #expect(facts.version == .dtls12 && facts.fingerprint?.ja4.hasPrefix("dd2d0201") == true)
    }

    /// Trap 9.
    @Test func `the second hello behind a HelloVerifyRequest counts no more`() {
        let request = DTLSBytes.record([3, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 7, 0xfe, 0xff, 4, 1, 2, 3, 4])
        let sensor = Sensor(everyName: true)
        sensor.see(Wire.udpFrame(client, server, DTLSBytes.hello(DTLSBytes.body("a.example"))))
        sensor.see(Wire.udpFrame(server, client, request))
        sensor.see(
            Wire.udpFrame(
                client, server, DTLSBytes.hello(DTLSBytes.body("a.example", cookie: [1, 2, 3, 4]), sequence: 1)))
        #expect(sensor.names == ["a.example"])
    }

    @Test func `fragments of the first hello and of the second do not mix`() {
        let first = DTLSBytes.body("a.example", padding: 300),
            second = DTLSBytes.body("a.example", cookie: [1, 2], padding: 300)
        func part(_ body: [UInt8], _ range: Range<Int>, _ sequence: Int) -> [UInt8] {
            DTLSBytes.record(DTLSBytes.fragment(body, range, sequence: sequence))
        }
        #expect(
            names([
                part(first, 0..<200, 0), part(second, 200..<second.count, 1), part(second, 0..<200, 1),
            ]) == ["a.example"])
    }

    @Test(arguments: 0..<40)
    func `any cut, order and duplication of the fragments gives the same name`(round: Int) {
        var random = SeededRandom(seed: UInt64(round))
        let body = DTLSBytes.body("round\(round).example", padding: Int.random(in: 0..<3_000, using: &random))
        var pieces: [Range<Int>] = []
        var start = 0
        while start < body.count {
            let end = min(start + Int.random(in: 1..<600, using: &random), body.count)
            pieces.append(start..<end)
            start = end
        }
        pieces += pieces.filter { _ in Bool.random(using: &random) }.map { max($0.lowerBound - 20, 0)..<$0.upperBound }
        pieces.shuffle(using: &random)
        var datagrams: [[UInt8]] = []
        while !pieces.isEmpty {
            // Several fragments to a record, several records to a datagram.
            var datagram: [UInt8] = []
            for _ in 0..<Int.random(in: 1...2, using: &random) where !pieces.isEmpty {
                let some = pieces.suffix(Int.random(in: 1...2, using: &random))
                pieces.removeLast(some.count)
                datagram += DTLSBytes.record(some.flatMap { DTLSBytes.fragment(body, $0) })
            }
            datagrams.append(datagram)
        }
        #expect(names(datagrams) == ["round\(round).example"])
    }

    @Test func `a hello that never becomes whole shows what came`() {
        let sensor = Sensor(everyName: true)
        let body = DTLSBytes.body("a.example", padding: 300)
        sensor.see(Wire.udpFrame(client, server, DTLSBytes.record(DTLSBytes.fragment(body, 0..<150))))
        sensor.finish()
        #expect(sensor.names == ["a.example"] && sensor.partial == [true])
    }

    /// Trap 9.
    @Test func `STUN, RTP and encrypted records share the port`() {
        let stun: [UInt8] = [0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42] + Array(repeating: 7, count: 12)
        let rtp: [UInt8] = [0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9] + Array(repeating: 5, count: 160)
        let encrypted = DTLSBytes.record(Array(repeating: 1, count: 60), epoch: 1)
        #expect(
            names([stun, rtp, encrypted, DTLSBytes.hello(DTLSBytes.body("a.example")), rtp, encrypted]) == ["a.example"]
        )
    }

    @Test(
        arguments: [
            [1, 0, 0, 9, 0, 0, 0, 0, 5, 0, 0, 9] + Array(repeating: 0, count: 9),  // beyond the message
            [1, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 9],  // beyond the record
            [1, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0],  // a hello of 16 MiB
            [1, 0, 0],
        ] as [[UInt8]])
    func `fragments that lie are counted and left`(content: [UInt8]) {
        let sensor = Sensor(everyName: true)
        sensor.see(Wire.udpFrame(client, server, DTLSBytes.record(content)))
        let counters = sensor.counters
        #expect(counters[.dtlsMalformed] + counters[.dtlsTruncated] + counters[.clientHelloTooLong] == 1)
        #expect(sensor.names.isEmpty && sensor.monitor.waitingBytes == 0)
    }

    @Test func `a snap length that cuts the hello keeps the name in front`() {
        let sensor = Sensor(everyName: true)
        let frame = Wire.udpFrame(client, server, DTLSBytes.hello(DTLSBytes.body("a.example", padding: 900)))
        sensor.see(frame, snapLength: 200)
        #expect(sensor.names == ["a.example"] && sensor.partial == [true])
    }
}
