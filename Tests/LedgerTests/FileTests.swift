import Foundation
import Ledger
import Monitoring
import Testing

/// The file as a whole: who may open it, joining and pruning.
@Suite struct FileTests {
    private let scratch = Scratch()

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `one writes, and others read meanwhile`() throws {
        let writer = try Ledger(path: scratch.file())
        try writer.write(.example())
        #expect(message { _ = try Ledger(path: scratch.file()) }.contains("another Seaward is writing it"))
        let reader = try Ledger(path: scratch.file(), mode: .read)
        try writer.write(.example(.example("b")))
        #expect(try reader.extract(Selection()).findings.first?.tally.bytesOut == 2_000)
    }

    @Test func `what is no ledger is told so and stays as it is`() throws {
        #expect(message { _ = try Ledger(path: scratch.file("none.db"), mode: .read) }.contains("there is no ledger"))
        #expect(message { _ = try Ledger(path: "/nowhere/at/all.db") }.contains("is its folder there"))
        let text = Data(String(repeating: "not a ledger\n", count: 1_000).utf8)
        try text.write(to: URL(fileURLWithPath: scratch.file("text.db")))
        for mode in [Ledger.Mode.read, .write] {
            #expect(message { _ = try Ledger(path: scratch.file("text.db"), mode: mode) }.contains("it is no ledger"))
        }
        #expect(FileManager.default.contents(atPath: scratch.file("text.db")) == text)
    }

    @Test func `a damaged file has problems`() throws {
        do {
            let ledger = try Ledger(path: scratch.file())
            try ledger.write(
                .example(.example(), (0..<200).map { .example(client: "10.0.1.\($0)", days: Array(20_000..<20_020)) }))
            _ = try ledger.prune(before: 19_000)
        }
        let file = try #require(FileHandle(forUpdatingAtPath: scratch.file()))
        let size = try file.seekToEnd()
        for place in stride(from: UInt64(8_192), to: size, by: 4_096) {
            try file.seek(toOffset: place)
            try file.write(contentsOf: Data(repeating: 0xa5, count: 2_048))
        }
        try file.close()
        let outcome = message {
            let problems = try Ledger(path: scratch.file(), mode: .read).check()
            #expect(!problems.isEmpty)
        }
        #expect(outcome.isEmpty || outcome.contains("ledger"))
    }

    @Test func `the ledgers of two sensors join, and joining again changes nothing`() throws {
        let (one, other) = (try Ledger(path: scratch.file("1.db")), try Ledger(path: scratch.file("2.db")))
        try one.write(.example(.example("a")))
        // The same capture was replayed into both; the other one has a sensor of its own besides.
        var batch = Batch.example(
            .example("b", kind: .live, name: "gw2 eth1"), [.example(), .example(client: "10.0.0.6")])
        var hour = CoverageHour(number: 480_001)
        hour.packets = 5
        batch.hours = [hour]
        batch.alerts = [
            AlertEntry(
                id: "1", time: moment(1), action: "opened", severity: .warning, finding: Finding.example().key,
                reason: "why")
        ]
        try other.write(.example(.example("a")))
        try other.write(batch)
        try one.merge(from: other)
        let once = try one.extract(Selection())
        #expect(once.findings.map(\.tally.bytesOut) == [2_000, 1_000] && once.hours.map(\.packets) == [5])
        #expect(once.alerts.map(\.count) == [1] && once.recordings.count == 2)
        try one.merge(from: other)
        #expect(try one.extract(Selection()).text == once.text)
        #expect(try one.check() == [])
        // The order of joining does not show.
        try other.merge(from: one)
        #expect(try other.extract(Selection()).text == once.text)
    }

    @Test func `pruning takes old days, what nothing speaks of, and the room`() throws {
        let ledger = try Ledger(path: scratch.file())
        let many = (0..<250).map { number in
            Finding.example(
                client: "10.0.2.\(number)", days: number % 2 == 0 ? [20_000, 20_100] : Array(20_000..<20_050))
        }
        try ledger.write(.example(.example(), many))
        let before = try ledger.info()
        let gone = try ledger.prune(before: 20_060)
        #expect(gone.days == 125 + 125 * 50 && gone.findings == 125)
        let after = try ledger.info()
        #expect(after.findings == 125 && after.hosts == 125 && after.firstDay == 20_100 && after.bytes < before.bytes)
        #expect(try ledger.check() == [])
    }

    @Test func `pruning to a size keeps the latest day`() throws {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(
            .example(.example(), (0..<250).map { .example(client: "10.0.3.\($0)", days: Array(20_000..<20_040)) }))
        let size = try ledger.info().bytes
        _ = try ledger.prune(toBytes: size / 2)
        let half = try ledger.info()
        #expect(half.bytes <= size / 2 && half.lastDay == 20_039)
        _ = try ledger.prune(toBytes: 1)
        #expect(try ledger.info().firstDay == 20_039)
    }
}
