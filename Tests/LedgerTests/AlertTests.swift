import Ledger
import Monitoring
import Testing

/// Alerts as the ledger keeps them.
@Suite struct AlertTests {
    private let scratch = Scratch()

    private func alert(
        _ action: String, hour: Int64, id: String = "1", of key: Finding.Key = Finding.example().key
    ) -> AlertEntry {
        AlertEntry(
            id: id, time: moment(hour * 3_600 + 5), action: action, severity: .warning, finding: key, reason: "why")
    }

    private func counts(_ ledger: Ledger) throws -> [String] {
        try ledger.extract(Selection()).alerts.map { "\($0.action) \($0.severity.rawValue) \($0.count)" }
    }

    @Test func `alerts that go on are counted by the hour, each once`() throws {
        let ledger = try Ledger(path: scratch.file())
        var batch = Batch.example()
        batch.alerts = [alert("opened", hour: 0)] + [0, 1, 1, 23].map { alert("active", hour: $0, id: "a\($0)") }
        for _ in 0..<3 { try ledger.write(batch) }
        #expect(try counts(ledger) == ["active warning 3", "opened warning 1"])
        #expect(try ledger.check() == [])
    }

    @Test func `alerts of a finding that became another one stay`() throws {
        let ledger = try Ledger(path: scratch.file())
        let former = Finding.example(client: "10.0.0.6")
        // Written before its host was known, and not written at all.
        for isWritten in [true, false] {
            let key = isWritten ? former.key : Finding.example(client: "10.0.0.7").key
            if isWritten { try ledger.write(.example(.example(), [former])) }
            var batch = Batch.example()
            batch.removed = [key]
            batch.alerts = [alert("opened", hour: 1, id: "\(isWritten)", of: key)]
            if isWritten {
                var first = Batch(recording: .example())
                first.alerts = batch.alerts
                try ledger.write(first)
            }
            try ledger.write(batch)
        }
        #expect(try counts(ledger) == ["opened warning 2"])
        #expect(try ledger.extract(Selection()).findings.map { "\($0.host.address)" } == ["10.0.0.5"])
        #expect(try ledger.check() == [])
    }
}
