import Decoding
import Foundation
import Ledger
import Monitoring
import Testing

@Suite struct WritingTests {
    private let scratch = Scratch()

    private func extract(_ ledger: Ledger) throws -> Extract { try ledger.extract(Selection()) }

    @Test func `what is written comes back whole`() throws {
        let ledger = try Ledger(path: scratch.file())
        var batch = Batch.example()
        batch.alerts = [
            AlertEntry(
                id: "1", time: moment(1), action: "opened", severity: .warning, finding: Finding.example().key,
                reason: "why")
        ]
        var hour = CoverageHour(number: 20_000 * 24)
        (hour.secondsUp, hour.packets, hour.kernelDrops, hour.flows) = (3_600, 7, 1, 3)
        hour.nameless[2] = 2
        batch.hours = [hour]
        try ledger.write(batch)
        let found = try extract(ledger)
        let one = try #require(found.findings.first)
        #expect(found.findings.count == 1 && found.from == 20_000 && found.to == 20_000)
        #expect(one.key == Finding.example().key && one.vendor == exampleVendor && one.severity == .warning)
        #expect(one.tally == Finding.example().tally && one.days.map(\.number) == [20_000])
        #expect(one.firstSeen == Finding.example().firstSeen && one.lastSeen == Finding.example().lastSeen)
        let proof = try #require(one.evidence.first)
        #expect(proof.value == "up.example.com" && proof.count == 4 && proof.endpoint.sources == sources)
        #expect(
            proof.endpoint.ports == [443, 8_443] && proof.endpoint.note == "a note" && proof.endpoint.region == "eu")
        let place = try #require(one.destinations.first?.place)
        #expect(place == Finding.example().destinations.first?.place)
        #expect(one.beat?.interval == 60 && one.beat?.jitter == 0)
        #expect(found.alerts.map(\.count) == [1] && found.hours.first?.kernelDrops == 1)
        #expect(found.hours.first?.nameless[2] == 2 && found.hours.first?.secondsUp == 3_600)
        #expect(found.recordings.map(\.packs) == [["fortinet": "2026-11-23", "wiz": "2026-11-01"]])
        #expect(try ledger.check() == [])
    }

    @Test(arguments: [
        entry(.exact(HostName("a.example.com"))), entry(.suffix(HostName("example.com"))),
        entry(.network(AddressPrefix("203.0.113.0/24") ?? AddressPrefix(IPAddress(bits: 0), length: 0))),
        entry(.mac(MACPrefix("00:09:0f")!)), entry(.userAgent(TextPattern("Example \\*/*")!), label: "agent"),
        entry(
            .certificate(
                CertificatePattern([
                    .init(party: .subject, attribute: .commonName, pattern: TextPattern("BX = *")!),
                    .init(party: .issuer, attribute: .organization, pattern: TextPattern("Example Security")!),
                ])), label: "box"),
    ])
    func `every kind of entry is known again without its pack`(_ endpoint: Endpoint) throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example(.example(), [.example(endpoint: endpoint)]))
        let found = try #require(try extract(ledger).findings.first?.evidence.first?.endpoint)
        #expect(found.subject == endpoint.subject && found.id == endpoint.id && found.label == endpoint.label)
    }

    @Test func `writing again, and writing what is older, changes nothing`() throws {
        let ledger = try Ledger(path: scratch.file())
        let batch = Batch.example(.example(), [.example(), .example(client: "10.0.0.6", days: [20_000, 20_001])])
        try ledger.write(.example(.example(), [.example(bytes: 10)]))
        try ledger.write(batch)
        let once = try extract(ledger).text
        try ledger.write(batch)
        try ledger.write(.example(.example(), [.example(bytes: 999)]))
        #expect(try extract(ledger).text == once)
        #expect(
            try extract(ledger).findings.first { $0.host.address == IPAddress("10.0.0.5") }?.tally.bytesOut == 1_000)
    }

    @Test func `recordings add up, each once`() throws {
        let ledger = try Ledger(path: scratch.file())
        for recording in [Recording.example("a"), .example("b"), .example("a")] {
            try ledger.write(.example(recording))
        }
        let one = try #require(try extract(ledger).findings.first)
        #expect(one.tally.bytesOut == 2_000 && one.evidence.first?.count == 8 && one.days.count == 1)
    }

    @Test func `look-ups are part of the contact, and alone where there is none`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(
            .example(
                .example(),
                [
                    .example(), .example(country: "", severity: .info, method: .dns),
                    .example(client: "10.0.0.9", country: "", severity: .info, method: .dns),
                ]))
        let found = try extract(ledger).findings
        #expect(found.map(\.severity) == [.warning, .info])
        #expect(found[0].evidence.map(\.method) == [.tlsSNI, .dns] && found[0].tally.lookups == 3)
        #expect(found[1].key.destination == .none && found[1].tally.lookups == 3)
    }

    @Test func `what became another finding is gone`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example())
        var batch = Batch(recording: .example())
        batch.removed = [Finding.example().key]
        batch.findings = [.example(client: "10.0.0.7")]
        try ledger.write(batch)
        #expect(try extract(ledger).findings.map { "\($0.host.address)" } == ["10.0.0.7"])
        #expect(try ledger.check() == [])
    }

    @Test func `a period and a selection hold what they say`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(
            .example(
                .example(),
                [.example(days: [20_000, 20_010]), .example(client: "10.0.0.6", country: "DE", days: [20_003])]))
        func clients(_ change: (inout Selection) -> Void) throws -> [String] {
            var selection = Selection()
            change(&selection)
            return try ledger.extract(selection).findings.map { "\($0.host.address) \($0.tally.bytesOut)" }
        }
        #expect(try clients { $0.from = 20_001 } == ["10.0.0.5 1000", "10.0.0.6 1000"])
        #expect(try clients { $0.to = 20_002 } == ["10.0.0.5 1000"])
        #expect(try clients { $0.countries = ["DE"] } == ["10.0.0.6 1000"])
        #expect(try clients { $0.clients = ["10.0.0.5"] } == ["10.0.0.5 2000"])
        #expect(try clients { $0.vendors = ["other"] } == [])
        #expect(try clients { $0.severity = .critical } == [])
        // The last was seen on day 20,010: what was silent for a week by then has gone quiet.
        #expect(try ledger.extract(Selection()).quiet.map { "\($0.host.address)" } == ["10.0.0.6"])
    }

    @Test func `a sensor that was started anew finds what it knew`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example())
        let again = try ledger.finding(Finding.example().key, recording: Recording.example("b").id)
        #expect(again?.severity == .warning && again?.tally.bytesOut == 0)
        let same = try ledger.finding(Finding.example().key, recording: Recording.example().id)
        #expect(same?.tally.bytesOut == 1_000 && same?.evidence.first?.count == 4)
        #expect(try ledger.finding(Finding.example(client: "10.9.9.9").key, recording: "x") == nil)
    }
}
