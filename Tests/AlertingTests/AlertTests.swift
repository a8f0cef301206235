import Alerting
import Decoding
import Monitoring
import Testing

@Suite struct AlertTests {
    @Test func `an identifier is 32 hexadecimal digits`() {
        let id = Alert.example().id
        #expect(id.utf8.count == 32)
        #expect(id.allSatisfy { "0123456789abcdef".contains($0) })
    }

    @Test func `the same facts have the same identifier`() {
        #expect(Alert.example(.example(), count: 1).id == Alert.example(.example(), severity: .info, count: 9).id)
    }

    @Test func `a difference in client, product, contact, time or action is one in the identifier`() {
        let alerts: [Alert] = [
            .example(), .example(.example(client: "10.20.1.12")),
            .example(.example(endpoint: .example(product: "Other"))),
            .example(.example(detail: .query)), .example(.example(at: 0.000001)), .example(action: .active),
        ]
        #expect(Set(alerts.map(\.id)).count == alerts.count)
    }

    @Test func `the reason names who, what, whose and how often`() {
        let opened = Alert.example().reason
        for part in ["10.20.1.11", "contacted", "update.example.com", "Example Security", "Example Agent"] {
            #expect(opened.contains(part))
        }
        #expect(Alert.example(.example(detail: .query)).reason.contains("looked up"))
        let active = Alert.example(action: .active, count: 42).reason
        #expect(active.contains("42") && active.contains("2026-11-03T09:05:07Z"))
    }

    @Test func `the reason stays one safe line whatever a name holds`() {
        #expect(Alert.example(.example(name: .hostile)).reason.isSafeLine)
    }
}
