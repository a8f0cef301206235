import Alerting
import Decoding
import Monitoring
import Testing

@Suite struct SyslogMessageTests {
    private func message(
        _ alert: Alert = .example(), format: SyslogMessage.Format = .rfc5424,
        facility: SyslogMessage.Facility = .daemon, host: String = "gateway"
    ) -> String {
        SyslogMessage(format: format, facility: facility, host: host, process: 4_711).text(for: alert)
    }

    private func parsed(_ alert: Alert = .example(), host: String = "gateway") throws -> SyslogGrammar {
        let text = message(alert, host: host)
        #expect(text.isSafeLine && text.utf8.count <= SyslogMessage.lengthLimit)
        return try #require(SyslogGrammar(text), "\(text)")
    }

    @Test func `a message follows the grammar and holds the alert`() throws {
        let fields = try parsed()
        #expect(fields.version == "1" && fields.timestamp == "2026-11-03T09:05:07.000000Z")
        #expect(fields.host == "gateway" && fields.application == "seaward" && fields.process == "4711")
        #expect(fields.messageID == "opened" && fields.elementID == "seaward@32473")
        #expect(fields.text == Alert.example().reason)
        let expected: [String: String] = [
            "severity": "notice", "client": "10.20.1.11", "vendor": "example", "name": "update.example.com",
            "method": "tls-sni", "server": "203.0.113.10", "port": "443", "transport": "tcp", "category": "update",
            "product": "Example Agent", "confidence": "high", "endpoint": "example/update.example.com", "count": "1",
            "first_seen": "2026-11-03T09:05:07.000000Z", "client_port": "51234", "id": Alert.example().id,
            "country": "ZZ", "bytes_out": "0", "bytes_in": "0", "identity": "address",
            "pack_version": "2026-11-23", "source": "https://docs.example.com/ports",
        ]
        #expect(Dictionary(uniqueKeysWithValues: fields.parameters.map { ($0.name, $0.value) }) == expected)
    }

    @Test func `a repeated alert says so`() throws {
        let fields = try parsed(.example(action: .active, count: 42))
        #expect(fields.messageID == "active" && fields["count"] == "42")
    }

    // The numbers stand in RFC 5424, section 6.2.1.
    static let facilities: [SyslogMessage.Facility: Int] = [
        .user: 1, .daemon: 3, .auth: 4, .authpriv: 10, .local0: 16, .local1: 17, .local2: 18, .local3: 19,
        .local4: 20, .local5: 21, .local6: 22, .local7: 23,
    ]
    static let severities: [Severity: Int] = [.info: 6, .notice: 5, .warning: 4, .critical: 2]

    @Test(arguments: SyslogMessage.Facility.allCases, Severity.allCases)
    func `the priority is eight times the facility and the severity`(
        _ facility: SyslogMessage.Facility, _ severity: Severity
    ) throws {
        let priority = try #require(Self.facilities[facility]) * 8 + #require(Self.severities[severity])
        for format in SyslogMessage.Format.allCases {
            #expect(
                message(.example(severity: severity), format: format, facility: facility).hasPrefix("<\(priority)>"))
        }
    }

    @Test(arguments: ["a\"b", "a\\b", "a]b", "\"]\\", "a] b=\"c\"", "\"\u{301}]\u{301}", "防火墙", "e\u{301}"])
    func `a value comes back as it went in`(_ product: String) throws {
        let fields = try parsed(.example(.example(endpoint: .example(product: product))))
        #expect(fields["product"].map { Array($0.utf8) } == Array(product.utf8))
        #expect(fields["source"] != nil)
    }

    @Test(arguments: (UInt8.min...UInt8.max))
    func `no byte of a name breaks out of its field`(_ byte: UInt8) throws {
        let name = HostName(bytes: [byte] + Array("x".utf8) + [byte, byte] + Array("example.com".utf8))
        for detail in [Sighting.Detail.query, .tls] {
            let fields = try parsed(.example(.example(name: name, detail: detail)))
            #expect(fields["name"] == "\(name)" && fields["source"] == "https://docs.example.com/ports")
        }
    }

    @Test(arguments: [
        ("gate way\n", "gateway"), ("", "-"), (" \t", "-"), ("gäteway", "gteway"), ("\u{7f}a\u{9b}b", "ab"),
        ("<1>]\"", "<1>]\""),
    ])
    func `odd bytes of a host name are left out`(_ host: (given: String, written: String)) throws {
        #expect(try parsed(host: host.given).host == host.written)
    }

    @Test func `a host name is cut to 255 bytes`() throws {
        #expect(try parsed(host: String(repeating: "h", count: 300)).host == String(repeating: "h", count: 255))
    }
}
