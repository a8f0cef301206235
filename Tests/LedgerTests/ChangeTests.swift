import Ledger
import Monitoring
import Testing

/// What a follower is told.
@Suite struct ChangeTests {
    private let scratch = Scratch()

    @Test func `only what changed is told, and what is written again did not`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example(.example(), [.example(), .example(client: "10.0.0.6")]))
        let (all, first) = try ledger.changes(after: 0, Selection())
        #expect(all.count == 2)
        try ledger.write(.example(.example(), [.example(), .example(client: "10.0.0.6", bytes: 5)]))
        #expect(try ledger.changes(after: first, Selection()) == ([], first))
        try ledger.write(.example(.example(), [.example(), .example(client: "10.0.0.6", bytes: 5_000)]))
        let (changed, second) = try ledger.changes(after: first, Selection())
        #expect(changed.map(\.tally.bytesOut) == [5_000] && second > first)
    }

    @Test func `what comes after a removal is told`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example())
        let (_, latest) = try ledger.changes(after: 0, Selection())
        var removal = Batch(recording: .example())
        removal.removed = [Finding.example().key]
        try ledger.write(removal)
        try ledger.write(.example(.example(), [.example(client: "10.0.0.6")]))
        #expect(try ledger.changes(after: latest, Selection()).0.map { "\($0.host.address)" } == ["10.0.0.6"])
    }

    @Test func `a new look-up is told as part of its contacts`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example())
        let (_, latest) = try ledger.changes(after: 0, Selection())
        try ledger.write(.example(.example(), [.example(country: "", severity: .info, method: .dns)]))
        let changed = try ledger.changes(after: latest, Selection()).0
        #expect(changed.map(\.key.destination) == [.code("US")] && changed.first?.tally.lookups == 3)
    }
}

private func == (left: ([Extract.Entry], Int64), right: ([Extract.Entry], Int64)) -> Bool {
    left.0.map(\.key) == right.0.map(\.key) && left.1 == right.1
}
