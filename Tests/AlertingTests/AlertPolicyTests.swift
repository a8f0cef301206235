import Alerting
import Decoding
import Monitoring
import Testing

@Suite struct AlertPolicyTests {
    /// Hands over sightings at these seconds, and says which alerted, with how many sightings.
    private func alerts(every interval: Int64, at times: [Double]) -> [String] {
        var policy = AlertPolicy(repeatInterval: interval)
        return times.compactMap { time in
            policy.alert(for: .example(at: time)).map { "\($0.action.rawValue) at \(Int(time)), \($0.count)" }
        }
    }

    @Test func `the first sighting alerts at once`() throws {
        var policy = AlertPolicy(repeatInterval: 3_600)
        let first = policy.alert(for: .example())
        let alert = try #require(first)
        #expect(alert.action == .opened && alert.count == 1)
        #expect(alert.firstSeen == .start() && alert.lastSeen == .start())
        #expect(alert.endpoint.id == "example/update.example.com" && alert.severity == .notice)
    }

    @Test func `later sightings are counted and told once in each interval`() {
        #expect(
            alerts(every: 3_600, at: [0, 1, 2, 3_599, 3_600, 3_601, 7_199, 7_200]) == [
                "opened at 0, 1", "active at 3600, 4", "active at 7200, 3",
            ])
    }

    @Test func `an interval begins with the alert and not at a round time`() {
        #expect(
            alerts(every: 60, at: [0, 100, 120, 159.9, 160]) == [
                "opened at 0, 1", "active at 100, 1", "active at 160, 3",
            ])
    }

    @Test func `an alert after a repeat interval keeps the first time`() {
        var policy = AlertPolicy(repeatInterval: 60)
        _ = policy.alert(for: .example(at: 0))
        let repeated = policy.alert(for: .example(at: 90))
        #expect(repeated?.firstSeen == .start(0) && repeated?.lastSeen == .start(90))
    }

    @Test func `an interval of zero alerts for every sighting`() {
        #expect(
            alerts(every: 0, at: [5, 5, 6, 5.9, 1]) == [
                "opened at 5, 1", "active at 5, 1", "active at 6, 1", "active at 5, 1", "active at 1, 1",
            ])
    }

    @Test func `another client, endpoint or method opens an alert of its own`() {
        var policy = AlertPolicy(repeatInterval: 3_600)
        let sightings: [Sighting] = [
            .example(), .example(client: "10.20.1.12"), .example(detail: .query),
            .example(endpoint: .example("*.example.com")),
            // The same again: the server, the name and the version of a pack do not matter.
            .example(server: "203.0.113.11"), .example(name: HostName("other.example.com")),
            .example(endpoint: .example(version: "2026-12-24")),
        ]
        let actions = sightings.map { policy.alert(for: $0)?.action }
        #expect(actions == [.opened, .opened, .opened, .opened, nil, nil, nil])
    }

    @Test func `a sighting that no entry explains is none`() {
        var policy = AlertPolicy(repeatInterval: 0)
        let alert = policy.alert(for: .example(endpoint: nil))
        #expect(alert == nil)
    }

    @Test func `a look-up is info and a contact is a notice`() {
        var policy = AlertPolicy(repeatInterval: 0)
        let severities = [Sighting.Detail.query, .tls].map { policy.alert(for: .example(detail: $0))?.severity }
        #expect(severities == [.info, .notice])
    }

    @Test func `a little disorder in time alerts no more and no less`() {
        #expect(alerts(every: 60, at: [100, 99, 98, 159, 160]) == ["opened at 100, 1", "active at 160, 4"])
    }

    @Test func `a clock set back by more than the interval does not silence`() {
        #expect(
            alerts(every: 60, at: [1_000, 939, 941, 998.5, 999]) == [
                "opened at 1000, 1", "active at 939, 1", "active at 999, 3",
            ])
    }

    @Test func `the first time is the earliest, in whatever order files come`() {
        var policy = AlertPolicy(repeatInterval: 60)
        _ = policy.alert(for: .example(at: 100))
        _ = policy.alert(for: .example(at: 70))
        let repeated = policy.alert(for: .example(at: 200))
        #expect(repeated?.firstSeen == .start(70) && repeated?.count == 2)
    }

    @Test func `a full table forgets those longest without an alert, and counts them`() {
        var policy = AlertPolicy(repeatInterval: 3_600, limit: 4)
        let clients = (1...5).map { "10.20.1.\($0)" }
        let first = clients.indices.map { policy.alert(for: .example(at: Double($0), client: clients[$0]))?.action }
        #expect(first == Array(repeating: .opened, count: 5))
        // The fifth found four; the three that alerted first went at once, so that not every one after it searches.
        #expect(policy.evicted == 3)
        let again = [3, 4, 0].map { policy.alert(for: .example(at: 10, client: clients[$0]))?.action }
        #expect(again == [nil, nil, .opened])
    }

    @Test func `a flood within one moment neither grows the table nor stops the alerts`() {
        var policy = AlertPolicy(repeatInterval: 3_600, limit: 64)
        let opened = (0..<1_000).count { index in
            policy.alert(for: .example(client: "10.20.\(index / 250).\(index % 250)"))?.action == .opened
        }
        #expect(opened == 1_000)
        #expect(policy.evicted >= 1_000 - 64)
    }

    @Test func `an exception counts apart: what follows its end opens an alert`() {
        let agreed = Exception(
            client: nil, vendor: "example", product: nil, domain: nil, reason: "agreed", approvedBy: nil, until: nil)
        var policy = AlertPolicy(repeatInterval: 3_600)
        let excepted = policy.alert(for: .example(), exceptedBy: agreed)
        #expect(excepted?.action == .opened && excepted?.exception?.reason == "agreed")
        let repeated = policy.alert(for: .example(at: 1), exceptedBy: agreed)
        #expect(repeated == nil)
        let alert = policy.alert(for: .example(at: 2))
        #expect(alert?.action == .opened && alert?.exception == nil && alert?.count == 1)
    }
}
