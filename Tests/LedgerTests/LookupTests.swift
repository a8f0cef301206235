import Ledger
import Monitoring
import Testing

/// What was looked up, beside what was contacted.
@Suite struct LookupTests {
    private let scratch = Scratch()

    private func ledger(contacts: [Int32], lookups: [Int32]) throws -> Ledger {
        let ledger = try Ledger(path: scratch.file())
        var findings = [Finding.example(days: contacts)]
        findings.append(.example(country: "", days: lookups, severity: .info, method: .dns))
        try ledger.write(.example(.example(), findings))
        return ledger
    }

    private func extract(_ ledger: Ledger, from: Int32, to: Int32) throws -> Extract {
        var selection = Selection()
        (selection.from, selection.to) = (from, to)
        return try ledger.extract(selection)
    }

    @Test func `an agent that is blocked since is told by its look-ups, and its contacts are quiet`() throws {
        let ledger = try ledger(contacts: [20_000], lookups: [20_000, 20_020])
        let later = try extract(ledger, from: 20_015, to: 20_020)
        #expect(later.findings.map(\.key.destination) == [.none] && later.findings.first?.tally.lookups == 3)
        #expect(later.quiet.map(\.key.destination) == [.code("US")] && later.quiet.first?.tally.flows == 2)
        #expect(try extract(ledger, from: 20_000, to: 20_000).findings.map(\.key.destination) == [.code("US")])
    }

    @Test func `look-ups fall silent only together with the contacts`() throws {
        let ledger = try ledger(contacts: [20_000, 20_020], lookups: [20_000])
        #expect(try extract(ledger, from: 20_015, to: 20_020).quiet.isEmpty)
        let both = try self.extract(try Ledger(path: scratch.file(), mode: .read), from: 20_030, to: 20_030)
        #expect(both.findings.isEmpty && both.quiet.map(\.key.destination) == [.code("US")])
        #expect(both.quiet.first?.tally.lookups == 3 && both.quiet.first?.tally.flows == 4)
    }

    @Test func `days of look-ups and of contacts are the days of one entry`() throws {
        let ledger = try ledger(contacts: [20_001, 20_003], lookups: [20_000, 20_001, 20_004])
        let one = try #require(try ledger.extract(Selection()).findings.first)
        #expect(one.days.map(\.number) == [20_000, 20_001, 20_003, 20_004])
        #expect(one.days.map(\.tally.lookups) == [3, 3, 0, 3] && one.days.map(\.tally.flows) == [0, 2, 2, 0])
        var sum = Tally()
        for day in one.days { sum.add(day.tally) }
        #expect(one.tally == sum && one.firstSeen == Timestamp(day: 20_000))
    }
}
