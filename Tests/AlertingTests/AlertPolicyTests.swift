import Alerting
import Decoding
import Monitoring
import Testing

/// A policy, and the findings that it is asked about.
private struct Watch {
    var policy: AlertPolicy
    var table: FindingTable

    init(every interval: Int64, limit: Int = 1_000, domestic: Set<String> = ["CN"]) {
        policy = AlertPolicy(repeatInterval: interval, limit: limit)
        table = FindingTable(settings: FindingTable.Settings(domestic: domestic))
    }

    mutating func alert(
        for sighting: Sighting, at place: Place? = nil, exceptedBy exception: Exception? = nil,
        stored: Finding? = nil
    ) -> Alert? {
        let host = Host(at: sighting.client)
        let key = table.add(sighting, of: host, at: place, exceptedBy: exception, stored: { _ in stored })
        return key.flatMap { policy.alert(for: $0, in: table, sighting: sighting) }
    }

    mutating func alert(for traffic: Traffic) -> Alert? {
        table.add(traffic).flatMap { policy.alert(for: $0, in: table, sighting: nil, traffic: traffic) }
    }
}

@Suite struct AlertPolicyTests {
    /// Hands over sightings at these seconds, and says which alerted, with how many sightings.
    private func alerts(every interval: Int64, at times: [Double]) -> [String] {
        var watch = Watch(every: interval)
        return times.compactMap { time in
            watch.alert(for: .example(at: time)).map { "\($0.action.rawValue) at \(Int(time)), \($0.news.sightings)" }
        }
    }

    @Test func `the first sighting alerts at once`() throws {
        var watch = Watch(every: 3_600)
        let first = watch.alert(for: .example())
        let alert = try #require(first)
        #expect(alert.action == .opened && alert.news.sightings == 1)
        #expect(alert.finding.firstSeen == .start() && alert.time == .start())
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
        var watch = Watch(every: 60)
        _ = watch.alert(for: .example(at: 0))
        let repeated = watch.alert(for: .example(at: 90))
        #expect(repeated?.finding.firstSeen == .start(0) && repeated?.time == .start(90))
    }

    @Test func `an interval of zero alerts for every sighting`() {
        #expect(
            alerts(every: 0, at: [5, 5, 6, 5.9, 1]) == [
                "opened at 5, 1", "active at 5, 1", "active at 6, 1", "active at 5, 1", "active at 1, 1",
            ])
    }

    @Test func `another client or product opens an alert of its own, another name of the product does not`() {
        var watch = Watch(every: 3_600)
        let sightings: [Sighting] = [
            .example(), .example(client: "10.20.1.12"), .example(endpoint: .example(product: "Other Agent")),
            // The same finding: another endpoint, server, name and version of the pack, and a look-up.
            .example(endpoint: .example("*.example.com")), .example(server: "203.0.113.11"),
            .example(name: HostName("other.example.com")), .example(endpoint: .example(version: "2026-12-24")),
            .example(detail: .query),
        ]
        let actions = sightings.map { watch.alert(for: $0)?.action }
        #expect(actions == [.opened, .opened, .opened, nil, nil, nil, nil, nil])
    }

    @Test func `a look-up opens, and the contact behind it escalates`() {
        var watch = Watch(every: 3_600)
        let alerts = [Sighting.Detail.query, .tls].map { watch.alert(for: .example(detail: $0)) }
        #expect(alerts.map { $0?.action } == [.opened, .escalated])
        #expect(alerts.map { $0?.severity } == [.info, .notice])
        // The look-up speaks for the contact as well.
        #expect(alerts[1]?.evidence.map(\.method) == [.tlsSNI, .dns])
    }

    @Test func `a second country opens an alert of its own`() {
        var watch = Watch(every: 3_600)
        let actions = ["US", "DE", "US"].map { watch.alert(for: .example(), at: Place(country: $0))?.action }
        #expect(actions == [.opened, .opened, nil])
    }

    @Test func `data sent overseas to telemetry escalates while the flow is open`() {
        var watch = Watch(every: 3_600)
        var sighting = Sighting.example(endpoint: .example(category: .telemetry))
        sighting.contact = 7
        let opened = watch.alert(for: sighting, at: Place(country: "US"))
        #expect(opened?.severity == .warning)
        var traffic = Traffic(contact: 7, start: .start(), time: .start(1), tally: Tally(), isLast: false)
        traffic.tally.flows = 1
        traffic.tally.bytesOut = 900
        let handshake = watch.alert(for: traffic)
        #expect(handshake == nil)
        traffic.tally.flows = 0
        traffic.tally.applicationBytesOut = 500
        let sent = watch.alert(for: traffic)
        #expect(sent?.action == .escalated && sent?.severity == .critical)
        #expect(sent?.finding.tally.bytesOut == 1_800 && sent?.finding.tally.flows == 1)
    }

    @Test func `what is new since the alert before is told with the next`() {
        var watch = Watch(every: 60)
        _ = watch.alert(for: .example())
        _ = watch.alert(for: .example(at: 1, name: HostName("b.example.com")))
        let active = watch.alert(for: .example(at: 61))
        #expect(active?.action == .active && active?.news.values == ["b.example.com"])
    }

    @Test func `what a store knows from before a restart does not open again`() throws {
        var watch = Watch(every: 3_600)
        _ = watch.alert(for: .example())
        let key = try #require(watch.table.takeChanges().findings.first?.key)
        let stored = watch.table[key]
        var again = Watch(every: 3_600)
        let soon = again.alert(for: .example(at: 10), stored: stored)
        #expect(soon == nil)
        let later = again.alert(for: .example(at: 3_600), stored: stored)
        #expect(later?.action == .active)
    }

    @Test func `a sighting that no entry explains is none`() {
        var watch = Watch(every: 0)
        let alert = watch.alert(for: .example(endpoint: nil))
        #expect(alert == nil)
    }

    @Test func `a look-up is info and a contact is a notice`() {
        var watch = Watch(every: 0)
        let severities = [Sighting.Detail.query, .tls].map { watch.alert(for: .example(detail: $0))?.severity }
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
        var watch = Watch(every: 60)
        _ = watch.alert(for: .example(at: 100))
        _ = watch.alert(for: .example(at: 70))
        let repeated = watch.alert(for: .example(at: 200))
        #expect(repeated?.finding.firstSeen == .start(70) && repeated?.news.sightings == 2)
    }

    @Test func `a full table forgets those longest without an alert, and counts them`() {
        var watch = Watch(every: 3_600, limit: 4)
        let clients = (1...5).map { "10.20.1.\($0)" }
        let first = clients.indices.map { watch.alert(for: .example(at: Double($0), client: clients[$0]))?.action }
        #expect(first == Array(repeating: .opened, count: 5))
        // The fifth found four; the three that alerted first went at once, so that not every one after it searches.
        #expect(watch.policy.evicted == 3)
        let again = [3, 4, 0].map { watch.alert(for: .example(at: 10, client: clients[$0]))?.action }
        #expect(again == [nil, nil, .opened])
    }

    @Test func `a flood within one moment neither grows the table nor stops the alerts`() {
        var watch = Watch(every: 3_600, limit: 64)
        let opened = (0..<1_000).count { index in
            watch.alert(for: .example(client: "10.20.\(index / 250).\(index % 250)"))?.action == .opened
        }
        #expect(opened == 1_000)
        #expect(watch.policy.evicted >= 1_000 - 64)
    }

    @Test func `an exception counts apart: what follows its end opens an alert`() {
        let agreed = Exception(
            client: nil, vendor: "example", product: nil, domain: nil, reason: "agreed", approvedBy: nil, until: nil)
        var watch = Watch(every: 3_600)
        let excepted = watch.alert(for: .example(), exceptedBy: agreed)
        #expect(excepted?.action == .opened && excepted?.exception?.reason == "agreed")
        let repeated = watch.alert(for: .example(at: 1), exceptedBy: agreed)
        #expect(repeated == nil)
        let alert = watch.alert(for: .example(at: 2))
        #expect(alert?.action == .opened && alert?.exception == nil && alert?.news.sightings == 1)
    }
}
