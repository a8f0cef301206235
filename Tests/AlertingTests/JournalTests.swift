import Alerting
import Foundation
import GRDB
import Ledger
import Monitoring
import Synchronization
import Testing

/// A ledger that takes nothing for a while: a real one, with a table put out of its way.
@Suite struct JournalTests {
    @Test func `days that are too old go while the sensor runs`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("seaward-\(UUID()).db").path
        defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let ledger = try Ledger(path: path)
        let journal = Journal(ledger, goesOn: true, retention: Journal.Retention(days: 3, bytes: nil))
        let delivery = Delivery(
            Desk(policy: AlertPolicy(repeatInterval: 3_600), sinks: [], journal: journal, warn: { _ in }),
            pressure: .wait)
        delivery.start(.example)
        // Seven days, of which the latest and three before it stay.
        delivery.post(Observations((0..<7).map { .example(at: Double($0) * 86_400) }))
        _ = delivery.finish()
        let info = try ledger.info()
        #expect(info.days == 4 && info.lastDay.map { $0 - 3 } == info.firstDay)
    }

    @Test func `what a ledger does not take is told once, counted, and stored when it can be`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("seaward-\(UUID()).db").path
        defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let warnings = Mutex<[String]>([])
        let ledger = try Ledger(path: path)
        let other = try DatabaseQueue(path: path)
        let delivery = Delivery(
            Desk(
                policy: AlertPolicy(repeatInterval: 3_600), sinks: [], journal: Journal(ledger, goesOn: false),
                warn: { text in warnings.withLock { $0.append(text) } }), pressure: .wait)
        delivery.start(.example)
        try other.write { try $0.execute(sql: "ALTER TABLE day RENAME TO away") }
        delivery.post(Observations([.example(), .example(client: "10.20.1.12")]))
        // Two findings and their alerts.
        #expect(delivery.finish().notStored == 4 && delivery.finish().notStored == 4)
        #expect(warnings.withLock { $0.count } == 1)
        try other.write { try $0.execute(sql: "ALTER TABLE away RENAME TO day") }
        delivery.post(Observations([.example(at: 1, client: "10.20.1.13")]))
        #expect(delivery.finish().notStored == 0)
        let extract = try ledger.extract(Selection())
        #expect(extract.findings.count == 3 && extract.alerts.map(\.count) == [3])
    }
}

extension Recording {
    fileprivate static let example = Recording(
        id: String(repeating: "a", count: 32), kind: .file, name: "a.pcap", program: "1", packs: [:], packsDigest: "",
        geography: nil)
}
