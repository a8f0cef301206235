import Decoding
import Monitoring
import TestSupport
import Testing

/// Certificates of servers in DTLS up to 1.2 (RFC 6347, section 4.2); the certificates are those of `CertificateTests`.
@Suite struct DTLSCertificateTests {
    private static let client = End("10.0.0.5", 50_000)
    private static let server = End("203.0.113.9", 4_433)
    /// The body of a hello that names nobody; then one that does.
    private static let nameless: [UInt8] = {
        let body = HelloBytes.body(version: 0xfefd, extensions: [])
        return Array(body[0..<35]) + [0] + Array(body[35...])
    }()
    private static let serverHello: [UInt8] = [0xfe, 0xfd] + Array(repeating: 1, count: 32) + [0, 0xc0, 0x2f, 0]
    private static let list = [CertificateTests.leaf, CertificateTests.signer].flatMap { u24($0.count) + $0 }
    private static let body = u24(list.count) + list

    private static func up(_ datagram: [UInt8]) -> [UInt8] { Wire.udpFrame(client, server, datagram) }
    private static func down(_ datagram: [UInt8]) -> [UInt8] { Wire.udpFrame(server, client, datagram) }

    private static let hello = up(DTLSBytes.hello(nameless))
    private static let answer = down(
        DTLSBytes.record(DTLSBytes.fragment(serverHello, 0..<serverHello.count, sequence: 1, type: 2)))

    private static func certificate(_ range: Range<Int>, _ sequence: Int = 2) -> [UInt8] {
        DTLSBytes.record(DTLSBytes.fragment(body, range, sequence: sequence, type: 11))
    }

    private func sensor(_ frames: [[UInt8]], everyName: Bool = true) -> Sensor {
        let sensor = Sensor(everyName: everyName)
        for (number, frame) in frames.enumerated() { sensor.see(frame, at: Double(number) / 100) }
        sensor.finish()
        return sensor
    }

    @Test func `names of the server's own certificate, with the client as client`() throws {
        let sensor = sensor([Self.hello, Self.answer, Self.down(Self.certificate(0..<Self.body.count))])
        #expect(sensor.names == CertificateTests.names && sensor.counters.certificateNames == 3)
        let sighting = try #require(sensor.monitor.sightings.first)
        #expect(sighting.method == .certificate && sighting.transport == .udp)
        #expect(sighting.client == Self.client.address && sighting.server == Self.server.address)
        #expect(sighting.serverPort == 4_433)
    }

    @Test(arguments: 0..<40)
    func `any cut, order and duplication of the fragments gives the same names`(round: Int) {
        var random = SeededRandom(seed: UInt64(round))
        var pieces: [Range<Int>] = []
        var start = 0
        while start < Self.body.count {
            let end = min(start + Int.random(in: 1..<400, using: &random), Self.body.count)
            pieces.append(start..<end)
            start = end
        }
        pieces += pieces.filter { _ in Bool.random(using: &random) }.map { max($0.lowerBound - 20, 0)..<$0.upperBound }
        // Both hellos come anywhere between them: until then nobody knows whose certificate it is.
        var frames = pieces.map { Self.down(Self.certificate($0)) } + [Self.hello, Self.answer]
        frames.shuffle(using: &random)
        #expect(Set(sensor(frames).names) == Set(CertificateTests.names))
    }

    @Test func `one of the hellos is enough to tell the server, and without one nobody is named`() {
        let shown = Self.down(Self.certificate(0..<Self.body.count))
        #expect(sensor([Self.hello, shown]).names == CertificateTests.names)
        #expect(sensor([Self.answer, shown]).names == CertificateTests.names)
        #expect(sensor([shown, Self.answer]).names == CertificateTests.names)
        #expect(sensor([shown]).names == [])
    }

    @Test func `a client's certificate names no server`() {
        let shown = Self.up(Self.certificate(0..<Self.body.count))
        #expect(sensor([Self.hello, shown, Self.answer]).names == [])
        #expect(sensor([shown, Self.hello, Self.answer]).names == [])
        #expect(sensor([Self.answer, shown]).names == [])
    }

    @Test func `sent again it counts once, and with a new hello anew`() {
        let shown = Self.down(Self.certificate(0..<Self.body.count)),
            again = Self.down(
                Self.certificate(0..<Self.body.count, 5))
        #expect(sensor([Self.hello, shown, shown, again]).names == CertificateTests.names)
        var other = Self.nameless
        other[3] ^= 0xff
        let second = Self.up(DTLSBytes.hello(other))
        #expect(sensor([Self.hello, shown, second, again]).names == CertificateTests.names + CertificateTests.names)
    }

    @Test func `a client that named the server needs no certificate`() {
        let named = Self.up(DTLSBytes.hello(DTLSBytes.body("elsewhere.example")))
        let shown = Self.down(Self.certificate(0..<Self.body.count))
        let sensor = sensor([named, shown], everyName: false)
        #expect(sensor.names == [] && sensor.counters.certificateNames == 0)
        #expect(self.sensor([Self.hello, shown], everyName: false).names == ["www.vendor.example"])
    }

    @Test func `the server's own certificate is told though the rest of the chain never comes`() {
        let end = 6 + CertificateTests.leaf.count
        #expect(sensor([Self.hello, Self.down(Self.certificate(0..<end))]).names == CertificateTests.names)
        let short = sensor([Self.hello, Self.down(Self.certificate(0..<end - 1))])
        #expect(short.names == [] && short.counters[.streamGap] == 1 && short.monitor.waitingBytes == 0)
    }

    @Test(
        arguments: [
            [0, 0, 9, 0, 0, 9] + Array(repeating: 0, count: 9),  // beyond the chain
            [0, 0, 3, 0, 0, 0],  // of no bytes
            [0, 0, 8, 0, 0, 5, 0x30, 3, 1, 2, 3],  // no certificate
        ] as [[UInt8]])
    func `chains that lie are counted and left`(body: [UInt8]) {
        let lie = DTLSBytes.record(DTLSBytes.fragment(body, 0..<body.count, sequence: 1, type: 11))
        let sensor = sensor([Self.hello, Self.down(lie)])
        #expect(sensor.names == [] && sensor.counters[.certificateMalformed] == 1)
    }

    @Test func `a message of 16 MiB is refused by its length`() {
        let claim: [UInt8] = [11, 0xff, 0xff, 0xff, 0, 1, 0, 0, 0, 0, 0, 1, 0]
        let sensor = sensor([Self.hello, Self.down(DTLSBytes.record(claim))])
        #expect(sensor.counters[.certificateMalformed] == 1 && sensor.monitor.waitingBytes == 0)
    }
}
