import Alerting
import Decoding
import Monitoring
import Testing

/// What must stand in the line; its wording is free.
@Suite struct TextLineTests {
    static let actions: [Alert.Action] = [.opened, .active]

    @Test(arguments: actions, [Sighting.Detail.query, .tls])
    func `a line holds when, who, whom, how bad and who says so`(_ action: Alert.Action, _ detail: Sighting.Detail) {
        for severity in Severity.allCases {
            let line = textLine(for: .example(.example(detail: detail), action: action, severity: severity, count: 42))
            let parts = [
                "2026-11-03T09:05:07Z", "10.20.1.11", "203.0.113.10", "update.example.com", "Example Security",
                severity.rawValue, "https://docs.example.com/ports",
            ]
            for part in parts { #expect(line.contains(part), "\(line)") }
            #expect(line.isSafeLine && line.contains("42") == (action == .active))
        }
    }

    @Test func `a look-up and a contact read differently`() {
        let times = [Sighting.Detail.query, .tls].map { textLine(for: .example(.example(detail: $0))) }
        #expect(times[0] != times[1])
    }

    @Test func `a server's IPv6 address and its port cannot be mistaken`() {
        let line = textLine(for: .example(.example(client: "2001:db8:1::11", server: "2001:db8::10")))
        #expect(line.contains("2001:db8:1::11") && line.contains("[2001:db8::10]:443"))
    }

    @Test func `a product may be missing`() {
        let line = textLine(for: .example(.example(endpoint: .example(product: nil))))
        #expect(line.contains("Example Security") && line.isSafeLine)
    }

    @Test(arguments: (UInt8.min...UInt8.max))
    func `no byte of a name breaks the line`(_ byte: UInt8) {
        let name = HostName(bytes: Array("a".utf8) + [byte] + Array("b.example.com".utf8))
        let line = textLine(for: .example(.example(name: name)))
        #expect(line.isSafeLine)
        #expect(line.contains("b.example.com"))
    }

    @Test func `a name of 255 odd bytes stays whole`() {
        let name = HostName(bytes: Array(repeating: 0xff, count: 255))
        #expect(textLine(for: .example(.example(name: name))).contains(String(repeating: "\\255", count: 255)))
    }
}
