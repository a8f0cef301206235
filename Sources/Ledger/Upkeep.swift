package import Foundation
import GRDB
import Monitoring

/// Looking after a ledger: how large is it, what may go.
extension Ledger {
    /// What a ledger holds.
    package struct Info: Sendable {
        /// Of the file, and of what has not moved into it yet.
        package let bytes: Int64
        package let version: String
        package let hosts, findings, days, evidence, destinations, alerts, recordings: Int
        /// Days since 1970; nil in an empty ledger.
        package let firstDay, lastDay: Int32?
        /// When a file of it was written the latest.
        package let written: Date?
    }

    package func info() throws(LedgerError) -> Info {
        let files = [path, path + "-wal"].compactMap { try? FileManager.default.attributesOfItem(atPath: $0) }
        let sizes = files.compactMap { ($0[.size] as? NSNumber)?.int64Value }
        let times = files.compactMap { $0[.modificationDate] as? Date }
        return try read { database in
            func number(_ sql: String) throws -> Int64? { try Int64.fetchOne(database, sql: sql) }
            func count(_ table: String) throws -> Int { Int(try number("SELECT count(*) FROM \(table)") ?? 0) }
            return Info(
                bytes: sizes.reduce(0, +),
                version: try Schema.migrator.appliedIdentifiers(database).sorted().last ?? "",
                hosts: try count("host"), findings: try count("finding"), days: try count("day"),
                evidence: try count("evidence"), destinations: try count("destination"), alerts: try count("alert"),
                recordings: try count("recording"),
                firstDay: try number("SELECT min(number) FROM day").map { Int32(clamping: $0) },
                lastDay: try number("SELECT max(number) FROM day").map { Int32(clamping: $0) }, written: times.max())
        }
    }

    /// What went.
    package struct Pruned: Equatable, Sendable {
        /// Days of findings, not of the calendar.
        package var days = 0
        package var findings = 0

        mutating func add(_ more: Pruned) {
            days += more.days
            findings += more.findings
        }
    }

    /// Lets days before `day` go, and what then nothing speaks of any more. The latest day stays in any case.
    @discardableResult
    package func prune(before day: Int32) throws(LedgerError) -> Pruned {
        let pruned = try drop(before: day, atMost: .max)
        try giveBack(pages: nil)
        return pruned
    }

    /// Lets the oldest days go until the ledger needs no more than so many bytes, but for the latest day.
    @discardableResult
    package func prune(toBytes limit: Int64) throws(LedgerError) -> Pruned {
        var pruned = Pruned()
        while let day = try dayToReach(limit) { pruned.add(try drop(before: day, atMost: .max)) }
        try giveBack(pages: nil)
        return pruned
    }

    /// What a sensor does once an hour: a few of the days that are too many, a day a transaction, so that nobody waits.
    /// What is left goes in the next hours.
    ///
    /// - Parameters:
    ///   - day: days before it are too old; nil: none is.
    ///   - bytes: more are too many; nil: none are.
    @discardableResult
    package func retain(since day: Int32?, bytes: Int64?) throws(LedgerError) -> Pruned {
        var pruned = Pruned()
        if let day { pruned.add(try drop(before: day, atMost: Self.daysAtOnce)) }
        if let bytes, let day = try dayToReach(bytes) { pruned.add(try drop(before: day, atMost: Self.daysAtOnce)) }
        if pruned.days > 0 { try giveBack(pages: Self.pagesAtOnce) }
        return pruned
    }

    /// A week of 25,000 findings a day goes in a fraction of a second.
    private static let daysAtOnce = 7
    /// 16 MB.
    private static let pagesAtOnce = 4_096

    /// Before which day all must go for the ledger to come near a size: half of what the surplus takes were all days
    /// alike, for rather once more than a day too many. nil where it is small enough, or has no day to give.
    private func dayToReach(_ limit: Int64) throws(LedgerError) -> Int32? {
        try read { database in
            func number(_ sql: String) throws -> Int64? { try Int64.fetchOne(database, sql: sql) }
            let pages = (try number("PRAGMA page_count") ?? 0) - (try number("PRAGMA freelist_count") ?? 0)
            let bytes = pages * (try number("PRAGMA page_size") ?? 0)
            guard bytes > limit, let first = try number("SELECT min(number) FROM day"),
                let last = try number("SELECT max(number) FROM day"), first < last
            else { return nil }
            let share = Double(last - first + 1) * Double(bytes - limit) / Double(bytes)
            return Int32(clamping: first + max(1, Int64(share) / 2))
        }
    }

    private func drop(before day: Int32, atMost count: Int) throws(LedgerError) -> Pruned {
        let latest = try read { try Self.bounds($0).last }
        let end = min(day, latest)
        var pruned = Pruned()
        for _ in 0..<count {
            let rows: Int? = try write { database in
                guard let first = try Int64.fetchOne(database, sql: "SELECT min(number) FROM day"), first < end else {
                    return nil
                }
                try database.execute(sql: "DELETE FROM day WHERE number = ?", arguments: [first])
                return database.changesCount
            }
            guard let rows else { break }
            pruned.days += rows
        }
        pruned.findings = try write { try Self.dropLeftovers(before: end, $0) }
        return pruned
    }

    /// What is older than the days that are left, and what then nothing refers to.
    ///
    /// - Returns: findings that went.
    private static func dropLeftovers(before day: Int32, _ database: Database) throws -> Int {
        let first = min(day, try Int32.fetchOne(database, sql: "SELECT min(number) FROM day") ?? day)
        let start = Timestamp(day: first).nanoseconds
        try database.execute(
            sql: """
                DELETE FROM repeat WHERE day < \(first);
                DELETE FROM hour WHERE number < \(Int64(first) * 24);
                DELETE FROM alert WHERE time < \(start);
                DELETE FROM evidence WHERE last_seen < \(start);
                DELETE FROM destination WHERE last_seen < \(start);
                """)
        try database.execute(sql: "DELETE FROM finding WHERE last_seen < \(start)")
        let findings = database.changesCount
        try database.execute(
            sql: """
                DELETE FROM host WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.host = host.id);
                DELETE FROM endpoint WHERE id NOT IN (SELECT endpoint FROM evidence);
                DELETE FROM text WHERE id NOT IN (SELECT method FROM evidence UNION SELECT value FROM evidence);
                DELETE FROM place WHERE id NOT IN (SELECT place FROM destination);
                DELETE FROM recording WHERE last_packet < \(start) AND id NOT IN (SELECT recording FROM hour
                UNION SELECT recording FROM evidence UNION SELECT recording FROM destination);
                """)
        return findings
    }

    /// Gives room that is free back to the disk.
    ///
    /// - Parameter pages: nil: all.
    private func giveBack(pages: Int?) throws(LedgerError) {
        do {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA incremental_vacuum(\(pages ?? 0))")
                if pages == nil { try database.checkpoint(.truncate) }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
            // Somebody reads the old pages: they go with the next writing.
        } catch {
            throw LedgerError(path, error)
        }
    }
}
