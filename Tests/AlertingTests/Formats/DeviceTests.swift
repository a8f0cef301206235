import Alerting
import Decoding
import Monitoring
import Testing

/// Alerts about a vendor's device, which is told by its hardware address and has contacted nobody.
@Suite struct DeviceTests {
    private static let alert: Alert = {
        guard let prefix = MACPrefix("00:09:0f") else { preconditionFailure("00:09:0f is no prefix") }
        let endpoint = Endpoint(
            subject: .mac(prefix),
            vendor: Vendor(id: "example", name: "Example", aliases: [], headquarters: "US", version: "2026-11-23"),
            product: "Example Gate", category: .management, confidence: .high, ports: [], region: nil,
            sources: ["https://standards.example/oui"], note: nil)
        let address = MACAddress(bits: 0x0009_0f12_3456)
        var sighting = Sighting.example(
            server: "10.20.1.11", name: HostName(), detail: .mac(address), endpoint: endpoint)
        (sighting.clientPort, sighting.serverPort, sighting.transport) = (0, 0, IPProtocol(rawValue: 0))
        return .example(sighting, severity: .info)
    }()

    @Test func `it is no contact, and info`() {
        #expect(!Self.alert.sighting.isContact && Self.alert.severity == .info)
        #expect(
            Self.alert.reason
                == "10.20.1.11 has the hardware address 00:09:0f:12:34:56: Example, management, Example Gate")
    }

    @Test func `the line for people says whose device it is`() {
        #expect(
            textLine(for: Self.alert).hasSuffix(
                "10.20.1.11      is a device of Example             management    00:09:0f:12:34:56 [mac; Example Gate; confidence high; https://standards.example/oui]"
            ))
    }

    @Test func `the record has the hardware address and no other end`() throws {
        let line = try NativeRecord(observer: .init(version: "1")).line(for: Self.alert)
        #expect(line.contains(#""source":{"ip":"10.20.1.11","mac":"00-09-0F-12-34-56"}"#))
        #expect(line.contains(#""network":{"type":"ipv4"}"#) && line.contains(#""category":["host"]"#))
        #expect(!line.contains("destination") && !line.contains("community_id") && !line.contains("\"port\""))
    }

    @Test func `syslog names no server`() {
        for format in [SyslogMessage.Format.rfc5424, .rfc3164, .local] {
            let message = SyslogMessage(format: format, facility: .daemon, host: "gw", process: 1)
            let text = message.text(for: Self.alert)
            #expect(text.contains("00:09:0f:12:34:56") && !text.contains("server") && !text.contains("port"))
        }
    }
}
