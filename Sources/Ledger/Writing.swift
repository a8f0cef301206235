import Decoding
import Foundation
import GRDB
import Monitoring

/// How a batch gets into the tables: of counts the larger, of times the earliest and the latest. So the same batch may
/// come again and again, and what is known already is not written.
extension Ledger {
    package func write(_ batch: Batch) throws(LedgerError) {
        try write { database in
            var writer = try Writer(database)
            try writer.write(batch)
        }
    }
}

/// Writes within one transaction.
struct Writer {
    let database: Database
    private var numbers: Numbers
    /// Marks what this transaction changes: one more than any before.
    private let change: Int64

    init(_ database: Database) throws {
        self.database = database
        numbers = Numbers(database)
        change = try (Int64.fetchOne(database, sql: "SELECT change FROM state") ?? 0) + 1
    }

    mutating func write(_ batch: Batch) throws {
        let recording = try numbers.number(of: batch.recording)
        for key in batch.removed { try remove(key, recording) }
        var hasChanged = false
        for finding in batch.findings where try write(finding, recording) { hasChanged = true }
        for alert in batch.alerts { try write(alert) }
        for hour in batch.hours { try write(hour, recording) }
        if hasChanged { try run("UPDATE state SET change = ?", [change]) }
    }

    /// - Returns: rows that it changed.
    @discardableResult
    private func run(_ sql: String, _ values: StatementArguments) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: values)
        return database.changesCount
    }

    // MARK: Findings

    /// - Returns: whether anything was new.
    private mutating func write(_ finding: Finding, _ recording: Int64) throws -> Bool {
        let host = try numbers.number(of: finding.host, at: finding.lastSeen)
        let vendor = try numbers.number(of: finding.vendor)
        var (id, changes) = try write(finding, host: host, vendor: vendor)
        for day in finding.days { changes += try write(day, id, recording) }
        // What was known from another recording, and not seen in this one, has no count.
        for evidence in finding.evidence where evidence.count > 0 { changes += try write(evidence, id, recording) }
        for destination in finding.destinations { changes += try write(destination, id, recording) }
        if changes > 0 { try run("UPDATE finding SET change = ? WHERE id = ?", [change, id]) }
        return changes > 0
    }

    private func write(_ finding: Finding, host: Int64, vendor: Int64) throws -> (id: Int64, changes: Int) {
        let key = finding.key
        let texts: StatementArguments = [key.product, key.destination.text, key.exception ?? ""]
        let facts: StatementArguments = [
            finding.exception?.approvedBy, finding.exception?.until?.day, finding.firstSeen.nanoseconds,
            finding.lastSeen.nanoseconds, finding.severity.rank, Int64(clamping: finding.rhythm.contacts),
            Moments.bytes(finding.rhythm.memory),
        ]
        guard let id = try numbers.finding(host: host, vendor: vendor, texts) else {
            try run(
                """
                INSERT INTO finding (host, vendor, product, country, exception, approved_by, until, first_seen, last_seen,
                severity, contacts, starts, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, [host, vendor] + texts + facts + [change])
            return (database.lastInsertedRowID, 1)
        }
        return (id, try run(Self.update, facts + [id]))
    }

    private static let update = """
        UPDATE finding SET approved_by = iif(?4 >= last_seen, ?1, approved_by), until = iif(?4 >= last_seen, ?2, until),
        first_seen = min(first_seen, ?3), last_seen = max(last_seen, ?4), severity = max(severity, ?5),
        starts = iif(?6 > contacts, ?7, starts), contacts = max(contacts, ?6) WHERE id = ?8 AND (?3 < first_seen
        OR ?4 > last_seen OR ?5 > severity OR ?6 > contacts
        OR ?4 = last_seen AND (?1 IS NOT approved_by OR ?2 IS NOT until))
        """

    private static let day =
        "INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        + Upsert.larger(["severity", "lookups"] + Tally.columns)

    private func write(_ day: Day, _ finding: Int64, _ recording: Int64) throws -> Int {
        try run(
            Self.day,
            [day.number, finding, recording, day.severity.rank, Int64(clamping: day.tally.lookups)]
                + StatementArguments(day.tally.numbers))
    }

    private static let evidence =
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        + Upsert.larger(["count", "contradicts"], and: Upsert.seen, or: Upsert.isSeenBeyond)

    private mutating func write(_ evidence: Evidence, _ finding: Int64, _ recording: Int64) throws -> Int {
        try run(
            Self.evidence,
            [
                finding, try numbers.number(of: evidence.endpoint), try numbers.number(of: evidence.method.rawValue),
                try numbers.number(of: evidence.value), recording, evidence.isContradiction,
                Int64(clamping: evidence.count), evidence.firstSeen.nanoseconds, evidence.lastSeen.nanoseconds,
            ])
    }

    /// Where the server is, is what was said the latest.
    private static let destination =
        "INSERT INTO destination VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        + Upsert.larger(
            Tally.columns, and: Upsert.seen + ["place = iif(excluded.last_seen >= last_seen, excluded.place, place)"],
            or: Upsert.isSeenBeyond + ["excluded.last_seen = last_seen AND excluded.place <> place"])

    private mutating func write(_ destination: Destination, _ finding: Int64, _ recording: Int64) throws -> Int {
        try run(
            Self.destination,
            [finding, Data(destination.address.bytes), recording, try numbers.number(of: destination.place)]
                + StatementArguments(destination.tally.numbers)
                + [destination.firstSeen.nanoseconds, destination.lastSeen.nanoseconds])
    }

    /// Takes away what a recording has of a finding, and the finding where then nothing is left. One that was alerted to
    /// stays for its alerts, and without days nothing else tells of it.
    private mutating func remove(_ key: Finding.Key, _ recording: Int64) throws {
        guard let id = try numbers.finding(key),
            let row = try Row.fetchOne(
                database, sql: "SELECT first_seen, last_seen FROM finding WHERE id = ?", arguments: [id])
        else { return }
        for table in ["evidence", "destination"] {
            try run("DELETE FROM \(table) WHERE finding = ? AND recording = ?", [id, recording])
        }
        var isUsed =
            try Int.fetchOne(database, sql: "SELECT 1 FROM alert WHERE finding = ? LIMIT 1", arguments: [id]) != nil
        let days =
            Timestamp(nanoseconds: row[0])
            .day...max(Timestamp(nanoseconds: row[0]).day, Timestamp(nanoseconds: row[1]).day)
        for day in days {
            try run("DELETE FROM day WHERE number = ? AND finding = ? AND recording = ?", [day, id, recording])
            if isUsed { continue }
            isUsed =
                try Int.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT 1 FROM day WHERE number = ?1 AND finding = ?2
                            UNION ALL SELECT 1 FROM repeat WHERE day = ?1 AND finding = ?2 LIMIT 1
                            """), arguments: [day, id]) != nil
        }
        if !isUsed { try run("DELETE FROM finding WHERE id = ?", [id]) }
    }

    // MARK: Alerts and hours

    /// `active` comes once an hour for whoever goes on: of these the hours are kept, a bit each, and no texts.
    private mutating func write(_ alert: AlertEntry) throws {
        // Nobody follows one that has no days: it is as old as what was written before.
        let finding = try numbers.finding(ofAlert: alert, change: change - 1)
        guard alert.action == AlertEntry.repeating else {
            try run(
                "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [alert.id, alert.time.nanoseconds, alert.action, alert.severity.rank, finding, alert.reason])
            return
        }
        let start = Timestamp(day: alert.time.day)
        try run(
            """
            INSERT INTO repeat VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET hours = hours | excluded.hours
            WHERE hours <> hours | excluded.hours
            """,
            [alert.time.day, finding, alert.severity.rank, Int64(1) << (alert.time.seconds(since: start) / 3_600)])
    }

    private static let hour: String = {
        let columns = HourColumns.names
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        let names = (["number", "recording"] + columns).joined(separator: ", ")
        return "INSERT INTO hour (\(names)) VALUES (\(marks)) " + Upsert.larger(columns)
    }()

    private func write(_ hour: CoverageHour, _ recording: Int64) throws {
        try run(Self.hour, [hour.number, recording] + StatementArguments(HourColumns.values(hour)))
    }
}

extension AlertEntry {
    /// The action of alerts that are counted by the hour.
    static let repeating = "active"
}
