import Decoding
import Monitoring
import TestSupport
import Testing

/// Entries that know a certificate or a User-Agent. Certificates are made in TestSupport, after the factory
/// certificate of a FortiGate as rapid7/recog quotes it; requests are written here.
@Suite struct MarkTests {
    private static func pattern(
        _ party: CertificatePattern.Party, _ parts: [(CertificatePattern.Attribute, String)]
    ) throws -> Endpoint.Subject {
        .certificate(
            CertificatePattern(
                try parts.map {
                    .init(party: party, attribute: $0.0, pattern: try #require(TextPattern($0.1)))
                }))
    }

    private static func mark(_ label: String, _ subject: Endpoint.Subject) -> Endpoint {
        Endpoint(
            subject: subject, label: label, vendor: vendor, product: nil, category: .remoteAccess, confidence: .high,
            ports: [], region: nil, sources: ["https://vendor.example/marks"], note: nil)
    }

    private static func factory() throws -> Endpoint {
        mark(
            "factory",
            try pattern(
                .subject,
                [(.commonName, "FG??????*"), (.organization, "Fortinet"), (.organizationalUnit, "FortiGate")]))
    }

    private static let unit = CertificateBytes.certificate(
        subject: [(10, "Fortinet"), (11, "FortiGate"), (3, "FG100ETK1800118")],
        issuer: [(10, "Fortinet"), (11, "Certificate Authority"), (3, "support")])

    private func sensor(
        _ endpoints: [Endpoint], showing certificate: [UInt8], server: End = End("203.0.113.9", 443)
    ) -> Sensor {
        let sensor = Sensor(), connection = Connection(server: server)
        sensor.monitor.endpoints = EndpointTable(endpoints)
        sensor.see(connection.handshake.prefix(2) + [connection.down(CertificateBytes.flight([certificate]), at: 0)])
        sensor.finish()
        return sensor
    }

    @Test func `a certificate is known by whose it is, and the sighting says what it showed`() throws {
        let sightings = sensor([try Self.factory()], showing: Self.unit).monitor.sightings
        let sighting = try #require(sightings.first)
        #expect(sightings.count == 1 && sighting.method == .certificate && sighting.endpoint?.id == "vendor/factory")
        #expect(sighting.name.isEmpty && sighting.client == ip("10.0.0.5") && sighting.server == ip("203.0.113.9"))
        #expect(sighting.value == "subject CN=FG100ETK1800118 O=Fortinet OU=FortiGate")
    }

    @Test func `a certificate is known by who signed it`() throws {
        let signer = Self.mark(
            "signer", try Self.pattern(.issuer, [(.commonName, "support"), (.organizationalUnit, "Certificate *")]))
        let sightings = sensor([signer], showing: Self.unit).monitor.sightings
        #expect(sightings.map(\.value) == ["issuer CN=support O=Fortinet OU=Certificate Authority"])
    }

    @Test func `every condition must hold, and an attribute that is not there holds none`() throws {
        for certificate in [
            CertificateBytes.certificate(subject: [(10, "Fortinet"), (11, "FortiMail"), (3, "FG100ETK1800118")]),
            CertificateBytes.certificate(subject: [(10, "Fortinet"), (3, "FG100ETK1800118")]),
            CertificateBytes.certificate(subject: [(10, "fortinet"), (11, "FortiGate"), (3, "FG100ETK1800118")]),
            CertificateBytes.certificate(
                subject: [(3, "site.example")], issuer: [(10, "Fortinet"), (11, "FortiGate"), (3, "FG100ETK1800118")]),
        ] {
            #expect(sensor([try Self.factory()], showing: certificate).monitor.sightings.isEmpty)
        }
    }

    @Test func `the mark that asks for more answers, and a host comes before both`() throws {
        let broad = Self.mark("broad", try Self.pattern(.subject, [(.organization, "Fortinet")]))
        #expect(
            sensor([broad, try Self.factory()], showing: Self.unit).monitor.sightings.map(\.endpoint?.label)
                == ["factory"])
        let named = CertificateBytes.certificate(
            subject: [(10, "Fortinet"), (3, "www.vendor.example")], hosts: ["www.vendor.example"])
        #expect(
            sensor([broad, endpoint("*.vendor.example")], showing: named).monitor.sightings.map(\.endpoint?.id)
                == ["vendor/*.vendor.example"])
    }

    @Test func `a unit inside that shows its certificate to an inside client is no egress`() throws {
        let sensor = sensor([try Self.factory()], showing: Self.unit, server: End("10.0.0.1", 443))
        #expect(sensor.monitor.sightings.isEmpty && sensor.counters.matchesNotOutbound == 1)
    }

    private func see(_ requests: String, port: Int = 80, cuts: [Int] = []) throws -> [Sighting] {
        let sensor = Sensor(), connection = Connection(server: End("203.0.113.9", port))
        sensor.monitor.endpoints = EndpointTable([
            Self.mark("agent", .userAgent(try #require(TextPattern("Mozilla/4.0 (compatible; SPIPE/3.0; *")))),
            Self.mark("client", .userAgent(try #require(TextPattern("PAN GlobalProtect*")))),
        ])
        sensor.see(connection.handshake + connection.segments(of: Array(requests.utf8), cuts: cuts))
        sensor.finish()
        return sensor.monitor.sightings
    }

    @Test func `a request is known by the program that made it, wherever it is cut`() throws {
        let request =
            "POST /spipe/pkg HTTP/1.0\r\nHost: epo.example:80\r\n"
            + "User-Agent: Mozilla/4.0 (compatible; SPIPE/3.0; Windows)\r\nContent-Length: 0\r\n\r\n"
        for cut in 1..<request.utf8.count {
            let sightings = try see(request, cuts: [cut])
            #expect(sightings.map(\.method) == [.userAgent] && sightings.first?.endpoint?.id == "vendor/agent")
            #expect(sightings.first?.value == "Mozilla/4.0 (compatible; SPIPE/3.0; Windows)")
            #expect(sightings.first?.name == HostName("epo.example"))
        }
    }

    @Test func `without a host, behind a tunnel's request, and with odd bytes`() throws {
        #expect(
            try see("GET / HTTP/1.0\r\nuser-agent:PAN GlobalProtect/6\t\r\n\r\n").map(\.value) == [
                "PAN GlobalProtect/6"
            ])
        let tunnel = try see("CONNECT gw.example:443 HTTP/1.1\r\nUser-Agent: PAN GlobalProtect/6\r\n\r\n")
        #expect(tunnel.map { "\($0.name)" } == ["gw.example"])
        let odd = try see("GET / HTTP/1.1\r\nUser-Agent: PAN GlobalProtect \u{e9}\\\r\n\r\n")
        #expect(odd.map(\.value) == ["PAN GlobalProtect \\195\\169\\092"])
    }

    @Test func `another program, an empty field and one over the limit are nobody`() throws {
        for value in ["curl/8.5", "", "PAN GlobalProtect" + String(repeating: "x", count: HTTPRequest.userAgentLimit)] {
            #expect(try see("GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: \(value)\r\n\r\n").isEmpty)
        }
    }
}
