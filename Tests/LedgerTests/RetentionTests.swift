import Ledger
import Monitoring
import Testing

/// What a sensor lets go, hour by hour.
@Suite struct RetentionTests {
    private let scratch = Scratch()

    private func filled(days: Range<Int32> = 20_000..<20_040) throws -> Ledger {
        let ledger = try Ledger(path: scratch.file())
        try ledger.write(.example(.example(), (0..<100).map { .example(client: "10.0.4.\($0)", days: Array(days)) }))
        return ledger
    }

    @Test func `a sensor lets a week go at once, and the rest with the next hours`() throws {
        let ledger = try filled()
        #expect(try ledger.retain(since: 20_010, bytes: nil).days == 700)
        #expect(try ledger.info().firstDay == 20_007)
        #expect(try ledger.retain(since: 20_010, bytes: nil).days == 300)
        #expect(try ledger.retain(since: 20_010, bytes: nil).days == 0)
        #expect(try ledger.info().firstDay == 20_010)
        #expect(try ledger.check() == [])
    }

    @Test func `a size is reached with few days too many`() throws {
        let ledger = try filled(days: 20_000..<20_200)
        // Nothing goes, but the write-ahead log into the file.
        try ledger.prune(before: 0)
        let size = try ledger.info().bytes
        try ledger.prune(toBytes: size * 3 / 4)
        let info = try ledger.info()
        let first = try #require(info.firstDay)
        #expect(info.bytes <= size * 3 / 4 && (20_040...20_070).contains(first))
        // As a sensor does it, the same comes of it. A sixth of the bytes are no days and stay: 80 of 200 fit into half of
        // them, and a step takes seven at most.
        for _ in 0..<100 { try ledger.retain(since: nil, bytes: size / 2) }
        #expect(try ledger.info().firstDay.map { (20_113...20_127).contains($0) } == true)
    }

    @Test func `hours without a finding go as well, and the latest day stays`() throws {
        let ledger = try Ledger(path: scratch.file())
        var batch = Batch(recording: .example())
        batch.hours = [480_000, 480_100, 480_500].map { CoverageHour(number: $0) }
        try ledger.write(batch)
        try ledger.prune(before: 20_004)
        #expect(try ledger.extract(Selection()).hours.map(\.number) == [480_100, 480_500])
        try ledger.prune(before: 30_000)
        #expect(try ledger.extract(Selection()).hours.map(\.number) == [480_500])
    }
}
