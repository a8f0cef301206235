import Alerting
import Decoding
import Foundation
import Monitoring
import Testing

/// What no capture of Tests/Captures shows; check-records.py holds the rest to the schema.
@Suite struct NativeRecordTests {
    private func record(_ alert: Alert, _ observer: NativeRecord.Observer) throws -> [String: Any] {
        let line = try NativeRecord(observer: observer).line(for: alert)
        #expect(line.isSafeLine)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    private func value(_ record: [String: Any], _ path: String) -> Any? {
        path.split(separator: ".").reduce(record as Any?) { ($0 as? [String: Any])?[String($1)] }
    }

    @Test func `a live record names the machine and the interface`() throws {
        let observer = NativeRecord.Observer(version: "1.2.3", hostname: "gateway", interfaces: ["eth0", "eth1"])
        var sighting = Sighting.example()
        sighting.interface = 1
        let record = try record(.example(sighting), observer)
        #expect(value(record, "observer.hostname") as? String == "gateway")
        #expect(value(record, "observer.ingress.interface.name") as? String == "eth1")
    }

    @Test func `a replayed record names neither`() throws {
        let record = try record(.example(), NativeRecord.Observer(version: "1.2.3"))
        #expect((record["observer"] as? [String: String]) == ["product": "seaward", "version": "1.2.3"])
    }

    @Test func `a repeated alert tells since when and how often`() throws {
        let alert = Alert.example(
            .example(at: 90), action: .active, severity: .critical, count: 42, firstSeen: .start())
        let record = try record(alert, NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "event.action") as? String == "active" && value(record, "event.severity") as? Int == 2)
        #expect(value(record, "event.start") as? String == "2026-11-03T09:05:07.000000Z")
        #expect(value(record, "event.end") as? String == "2026-11-03T09:06:37.000000Z")
        let evidence = try #require(value(record, "seaward.evidence") as? [[String: Any]])
        #expect(evidence.count == 1 && evidence[0]["count"] as? Int == 42)
        #expect(value(record, "seaward.news.sightings") as? Int == 42)
    }

    @Test func `a contact overseas tells who, where, how many bytes and who says so`() throws {
        var tally = Tally()
        (tally.flows, tally.bytesOut, tally.packetsOut, tally.bytesIn, tally.packetsIn) = (2, 5_000, 9, 700, 8)
        tally.applicationBytesOut = 4_000
        let place = Place(
            country: "US", autonomousSystem: AutonomousSystem(number: 64_496, organisation: "Example Net"),
            isUncertain: true, operator: "Example CDN", basis: "test 2026-11-01")
        let host = Host(
            id: "mac:00:09:0f:00:00:01", identity: .mac, address: IPAddress(text: "10.20.1.11"),
            mac: MACAddress(bits: 0x00090f_000001),
            name: "pump-7", nameSource: .dhcp)
        let alert = Alert.example(severity: .critical, tally: tally, place: place, host: host)
        let record = try record(alert, NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "source.mac") as? String == "00-09-0F-00-00-01")
        #expect(value(record, "source.domain") as? String == "pump-7")
        #expect(value(record, "source.bytes") as? Int == 5_000 && value(record, "destination.bytes") as? Int == 700)
        #expect(value(record, "source.packets") as? Int == 9 && value(record, "destination.packets") as? Int == 8)
        #expect(value(record, "destination.geo.country_iso_code") as? String == "US")
        #expect(value(record, "destination.as.number") as? Int == 64_496)
        #expect(value(record, "destination.as.organization.name") as? String == "Example Net")
        let overseas = try #require(value(record, "seaward.overseas") as? [String: Any])
        #expect(overseas["destination"] as? String == "US" && overseas["home"] as? [String] == ["CN"])
        #expect(overseas["bytes_out"] as? Int == 5_000 && overseas["basis"] as? String == "test 2026-11-01")
        #expect(overseas["uncertain"] as? Bool == true && overseas["shared_by"] as? String == "Example CDN")
        #expect(value(record, "seaward.application_bytes_out") as? Int == 4_000)
        #expect(value(record, "seaward.host.identity") as? String == "mac")
        #expect(alert.reason.hasPrefix("pump-7 (10.20.1.11) sent data to update.example.com in US: "))
    }

    @Test func `a VLAN is the twelve bits of its number`() throws {
        var sighting = Sighting.example()
        sighting.vlan = 0x6001
        let record = try record(.example(sighting), NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "network.vlan.id") as? String == "1")
    }

    @Test func `what a proxy was asked for stands beside the proxy's address`() throws {
        for (detail, spoken) in [(Sighting.Detail.connect(port: 443), "http"), (.socks(port: 443), "socks")] {
            let record = try record(.example(.example(detail: detail)), NativeRecord.Observer(version: "1.2.3"))
            #expect(value(record, "network.protocol") as? String == spoken)
            #expect(value(record, "seaward.proxy_target.domain") as? String == "update.example.com")
            #expect(value(record, "seaward.proxy_target.port") as? Int == 443)
            #expect(value(record, "destination.ip") as? String == "203.0.113.10" && record["tls"] == nil)
        }
    }

    @Test func `a certificate tells whose it is and who signed it`() throws {
        let names = CertificateNames(
            commonName: "fgt60e", organization: "Fortinet", organizationalUnit: "FortiGate", issuerCommonName: nil,
            issuerOrganization: "Signers")
        let record = try record(
            .example(.example(detail: .certificate(names))), NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "network.protocol") as? String == "tls")
        #expect(value(record, "tls.server.x509.subject.organizational_unit") as? String == "FortiGate")
        #expect(value(record, "tls.server.x509.issuer.organization") as? String == "Signers")
        #expect(value(record, "tls.client") == nil)
    }

    @Test func `a certificate that a pattern knows says what it showed, and names no domain`() throws {
        let names = CertificateNames(
            commonName: "FG100ETK1800118", organization: "Fortinet", issuerOrganizationalUnit: "Certificate Authority")
        let pattern = try #require(TextPattern("Fortinet"))
        let endpoint = Endpoint(
            subject: .certificate(
                CertificatePattern([.init(party: .subject, attribute: .organization, pattern: pattern)])),
            label: "unit", vendor: Endpoint.example().vendor, product: nil, category: .remoteAccess, confidence: .high,
            ports: [], region: nil, sources: ["https://docs.example.com/unit"], note: nil)
        let alert = Alert.example(.example(name: HostName(), detail: .certificate(names), endpoint: endpoint))
        let record = try record(alert, NativeRecord.Observer(version: "1.2.3"))
        let evidence = try #require(value(record, "seaward.evidence") as? [[String: Any]])
        #expect(evidence[0]["value"] as? String == "subject CN=FG100ETK1800118 O=Fortinet")
        #expect(evidence[0]["endpoint"] as? String == "subject O=Fortinet")
        #expect(value(record, "rule.id") as? String == "example/unit" && value(record, "destination.domain") == nil)
        #expect(value(record, "tls.server.x509.issuer.organizational_unit") as? String == "Certificate Authority")
        #expect(
            alert.reason.hasPrefix(
                "10.20.1.11 contacted 203.0.113.10, whose certificate has subject CN=FG100ETK1800118 O=Fortinet: "))
    }

    @Test func `a User-Agent stands in the record as it was sent, escaped`() throws {
        let pattern = try #require(TextPattern("Example*"))
        let endpoint = Endpoint(
            subject: .userAgent(pattern), label: "agent", vendor: Endpoint.example().vendor, product: nil,
            category: .management, confidence: .high, ports: [], region: nil,
            sources: ["https://docs.example.com/agent"], note: nil)
        let alert = Alert.example(.example(detail: .userAgent("Example 1\\092"), endpoint: endpoint))
        let record = try record(alert, NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "user_agent.original") as? String == "Example 1\\092" && record["tls"] == nil)
        #expect(value(record, "destination.domain") as? String == "update.example.com")
        let evidence = try #require(value(record, "seaward.evidence") as? [[String: Any]])
        #expect(evidence[0]["method"] as? String == "user-agent")
        #expect(evidence[0]["value"] as? String == "Example 1\\092")
        #expect(alert.reason.contains("contacted update.example.com as 'Example 1\\092': "))
    }

    @Test func `a request of HTTP has a domain and no TLS`() throws {
        let record = try record(.example(.example(detail: .http)), NativeRecord.Observer(version: "1.2.3"))
        #expect(value(record, "network.protocol") as? String == "http" && record["tls"] == nil)
        #expect(value(record, "destination.domain") as? String == "update.example.com")
    }
}
