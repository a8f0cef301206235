import Alerting
import Decoding
import Monitoring
import Testing

/// The BSD forms: RFC 3164 for relays, and without a host name for this machine's own daemon.
@Suite struct SyslogPlainTests {
    private func message(_ alert: Alert, _ format: SyslogMessage.Format) -> String {
        SyslogMessage(format: format, facility: .local3, host: "gateway", process: 4_711).text(for: alert)
    }

    @Test(arguments: [
        (0, "Nov  3 09:05:07"), (7, "Nov 10 09:05:07"), (-9, "Oct 25 09:05:07"), (28, "Dec  1 09:05:07"),
        (59, "Jan  1 09:05:07"), (117, "Feb 28 09:05:07"),
    ])
    func `a day of one digit takes a blank before it`(_ time: (days: Int, text: String)) {
        let alert = Alert.example(.example(at: Double(time.days) * 86_400 + 0.999))
        #expect(message(alert, .rfc3164).hasPrefix("<157>\(time.text) gateway seaward[4711]: "))
        #expect(message(alert, .local).hasPrefix("<157>\(time.text) seaward[4711]: "))
    }

    @Test(arguments: [SyslogMessage.Format.rfc3164, .local])
    func `the text holds what the structured form has in its fields`(_ format: SyslogMessage.Format) {
        let text = message(.example(severity: .warning), format)
        let parts = [
            "warning", "10.20.1.11", "update.example.com", "Example Security", "tls-sni", "203.0.113.10", "443", "high",
            "https://docs.example.com/ports",
        ]
        for part in parts { #expect(text.contains(part), "\(text)") }
    }

    @Test(arguments: [SyslogMessage.Format.rfc3164, .local])
    func `hostile names stay one line`(_ format: SyslogMessage.Format) {
        #expect(message(.example(.example(name: .hostile)), format).isSafeLine)
    }
}
