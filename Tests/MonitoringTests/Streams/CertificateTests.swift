import Decoding
import Monitoring
import TestSupport
import Testing

/// Certificates of servers, up to TLS 1.2; made in TestSupport.
@Suite struct CertificateTests {
    static let leaf = CertificateBytes.certificate(
        subject: [(10, "Vendor, Inc."), (11, "Cloud"), (3, "WWW.vendor.example")],
        issuer: [(10, "Signers"), (3, "Signer 1")], hosts: ["www.vendor.example", "*.vendor.example", "other.example"])
    static let signer = CertificateBytes.certificate(subject: [(3, "Signer 1")])
    static let flight = CertificateBytes.flight([leaf, signer])
    static let names = ["www.vendor.example", "*.vendor.example", "other.example"]
    /// A hello that names nobody.
    static let hello = HelloBytes.records(HelloBytes.message(HelloBytes.body(extensions: [])))

    /// The client's part, with the right acknowledgements: all frames of `Connection` say 0.
    private func sensor(everyName: Bool = true, _ down: [[UInt8]]) -> Sensor {
        let sensor = Sensor(everyName: everyName), connection = Connection()
        sensor.see(connection.handshake.prefix(2) + down)
        sensor.finish()
        return sensor
    }

    @Test func `names of the server's own certificate, each once`() {
        let sensor = sensor([Connection().down(Self.flight, at: 0)])
        #expect(sensor.names == Self.names && sensor.counters.certificateNames == 3)
        let sighting = sensor.monitor.sightings[0]
        #expect(sighting.method == .certificate && sighting.client == ip("10.0.0.5") && sighting.serverPort == 443)
        guard case .certificate(let names) = sighting.detail else { return #expect(Bool(false)) }
        #expect(names.commonName == "WWW.vendor.example" && names.organization == "Vendor, Inc.")
        #expect(names.organizationalUnit == "Cloud" && names.issuerCommonName == "Signer 1")
        #expect(names.issuerOrganization == "Signers")
    }

    @Test(arguments: [1, 3, 50, 100, 16_384])
    func `over records and segments, in any order`(recordSize: Int) {
        let flight = CertificateBytes.flight([Self.leaf, Self.signer], recordSize: recordSize)
        let connection = Connection()
        for cut in stride(from: 1, to: flight.count, by: recordSize < 50 ? 7 : 1) {
            let parts = [connection.down(flight[..<cut], at: 0), connection.down(flight[cut...], at: cut)]
            #expect(sensor(parts).names == Self.names, "cut at \(cut)")
            #expect(sensor(parts.reversed()).names == Self.names, "cut at \(cut), reversed")
        }
        #expect(sensor(flight.indices.map { connection.down([flight[$0]], at: $0) }).names == Self.names)
    }

    @Test func `the server's own certificate is told though the rest of the chain never comes`() {
        let flight = CertificateBytes.flight([Self.leaf, Self.signer])
        let shown = flight.count - Self.signer.count - 7
        #expect(sensor([Connection().down(flight[..<shown], at: 0)]).names == Self.names)
        #expect(sensor([Connection().down(flight[..<(shown - 8)], at: 0)]).names == [])
    }

    @Test func `behind STARTTLS the server's answer begins where the client's hello says`() {
        let sensor = Sensor(everyName: true), connection = Connection(server: End("203.0.113.9", 25))
        let talk = Array("220 ready\r\n250 STARTTLS\r\n220 go\r\n".utf8), ask = Array("EHLO me\r\nSTARTTLS\r\n".utf8)
        sensor.see(connection.handshake)
        sensor.see([connection.down(talk, at: 0), connection.up(ask, at: 0)])
        sensor.see(
            Wire.tcpFrame(
                connection.client, connection.server, sequence: connection.number + 1 + UInt32(ask.count),
                acknowledgement: connection.serverNumber + 1 + UInt32(talk.count), Self.hello))
        sensor.see(connection.down(Self.flight.prefix(40), at: talk.count))
        sensor.see(connection.down(Self.flight.dropFirst(40), at: talk.count + 40))
        #expect(sensor.names == Self.names)
    }

    @Test func `a client that named the server needs no certificate`() {
        let sensor = Sensor(["*.vendor.example"]), connection = Connection()
        sensor.see(connection.handshake + [connection.up(HelloBytes.hello("elsewhere.example"), at: 0)])
        sensor.see(connection.down(Self.flight, at: 0))
        #expect(sensor.names == [] && sensor.counters.certificateNames == 0)
    }

    @Test func `without a name of the client one match stands for the flow`() {
        let sensor = sensor(everyName: false, [Connection().down(Self.flight, at: 0)])
        #expect(sensor.names == ["www.vendor.example"])
    }

    @Test func `TLS 1_3 and resumed sessions show none`() {
        let hello = CertificateBytes.flight([]).prefix(5 + 42)
        let records: [[UInt8]] = [[20, 3, 3, 0, 1, 1], [23, 3, 3, 0, 4, 1, 2, 3, 4]]
        let alone = HelloBytes.records(Array(hello.dropFirst(5)))
        let sensor = sensor([Connection().down(alone + records.flatMap { $0 }, at: 0)])
        #expect(sensor.names == [] && sensor.counters[.certificateMalformed] == 0)
    }

    @Test func `a certificate cut or damaged at any byte names nobody that it does not hold`() {
        for index in Self.leaf.indices {
            var damaged = Self.leaf
            damaged[index] ^= 0x81
            _ = sensor([Connection().down(CertificateBytes.flight([damaged]), at: 0)])
            let cut = sensor([Connection().down(CertificateBytes.flight([Array(Self.leaf[..<index])]), at: 0)])
            #expect(cut.names == [], "cut at \(index)")
        }
    }
}
