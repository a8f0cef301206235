import GRDB
import Monitoring

/// The ledgers of several gateways in one.
extension Ledger {
    /// Of one recording, in one transaction: some 200,000 rows of a large house.
    private static let daysAtOnce: Int32 = 7
    private static let findingsAtOnce: Int64 = 2_000

    /// Takes in all that another ledger holds, piece by piece. A recording that both have counts once: of its counts the
    /// larger ones hold. Merging again changes nothing, and ends what was interrupted.
    package func merge(from other: Ledger) throws(LedgerError) {
        let (recordings, bounds, latest) = try other.read { database in
            (
                try Self.recordings(database, "1"), try Self.bounds(database),
                try Int64.fetchOne(database, sql: "SELECT max(id) FROM finding") ?? 0
            )
        }
        for recording in recordings {
            for first in stride(from: Int64(0), through: latest, by: Int64.Stride(Self.findingsAtOnce)) {
                try write(try other.findings(of: recording, first...first + Self.findingsAtOnce - 1))
            }
            for first in stride(from: bounds.first, through: bounds.last, by: Int32.Stride(Self.daysAtOnce)) {
                try write(try other.days(of: recording, first...first + Self.daysAtOnce - 1))
            }
        }
        if let recording = recordings.first {
            for first in stride(from: bounds.first, through: bounds.last, by: Int32.Stride(Self.daysAtOnce)) {
                try write(try other.alerts(first...first + Self.daysAtOnce - 1, recording))
            }
        }
    }

    /// Days of findings on which several recordings counted: where they saw the same packets, these count several times.
    package func overlappingDays() throws(LedgerError) -> Int {
        try read { database in
            let sql = "SELECT count(*) FROM (SELECT 1 FROM day GROUP BY number, finding HAVING count(*) > 1)"
            return try Int.fetchOne(database, sql: sql) ?? 0
        }
    }

    /// What a recording has of some findings, without their days.
    private func findings(of recording: Recording, _ ids: ClosedRange<Int64>) throws(LedgerError) -> Batch {
        try read { database in
            var batch = Batch(recording: recording)
            guard let number = try Self.number(of: recording, database) else { return batch }
            var reader = Reader(database)
            let only = "finding BETWEEN \(ids.lowerBound) AND \(ids.upperBound) AND recording = \(number)"
            let evidence = try reader.evidence(only)
            let destinations = try reader.destinations(only)
            let rows = try reader.findings(
                "WHERE finding.id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) ORDER BY finding.id")
            batch.findings = rows.compactMap { row in
                guard evidence[row.id] != nil || destinations[row.id] != nil else { return nil }
                return row.finding(evidence[row.id] ?? [], destinations[row.id] ?? [], days: [])
            }
            return batch
        }
    }

    /// What a recording has of some days.
    private func days(of recording: Recording, _ span: ClosedRange<Int32>) throws(LedgerError) -> Batch {
        try read { database in
            var batch = Batch(recording: recording)
            guard let number = try Self.number(of: recording, database) else { return batch }
            let reader = Reader(database)
            let days = try reader.days(span, recording: number)
            let rows = try reader.findings(
                """
                WHERE finding.id IN (SELECT finding FROM day WHERE number BETWEEN \(span.lowerBound)
                AND \(span.upperBound) AND recording = \(number)) ORDER BY finding.id
                """)
            batch.findings = rows.map { $0.finding([], [], days: days[$0.id] ?? []) }
            let hours = try Row.fetchCursor(
                database,
                sql: """
                    SELECT number, \(HourColumns.names.joined(separator: ", ")) FROM hour WHERE number BETWEEN
                    \(Int64(span.lowerBound) * 24) AND \(Int64(span.upperBound) * 24 + 23) AND recording = \(number)
                    ORDER BY number
                    """)
            while let row = try hours.next() {
                batch.hours.append(HourColumns.hour(row[0], (1...HourColumns.names.count).map { row[$0] }))
            }
            return batch
        }
    }

    /// Alerts are of no recording.
    private func alerts(_ span: ClosedRange<Int32>, _ recording: Recording) throws(LedgerError) -> Batch {
        try read { database in
            var batch = Batch(recording: recording)
            var keys: [Int64: Finding.Key] = [:]
            for row in try Reader(database).findings(
                """
                WHERE finding.id IN (SELECT finding FROM alert UNION SELECT finding FROM repeat WHERE day BETWEEN
                \(span.lowerBound) AND \(span.upperBound))
                """)
            { keys[row.id] = row.key }
            let alerts = try Row.fetchCursor(
                database,
                sql: """
                    SELECT key, time, action, severity, finding, reason FROM alert WHERE time BETWEEN
                    \(Timestamp(day: span.lowerBound).nanoseconds) AND
                    \(Timestamp(day: span.upperBound).nanoseconds + 86_399_999_999_999) ORDER BY key
                    """)
            while let row = try alerts.next() {
                guard let key = keys[row[4]] else { continue }
                batch.alerts.append(
                    AlertEntry(
                        id: row[0], time: Timestamp(nanoseconds: row[1]), action: row[2],
                        severity: Severity(rank: row[3]), finding: key, reason: row[5]))
            }
            let repeated = try Row.fetchCursor(
                database,
                sql: """
                    SELECT day, finding, severity, hours FROM repeat WHERE day BETWEEN \(span.lowerBound)
                    AND \(span.upperBound) ORDER BY day, finding, severity
                    """)
            while let row = try repeated.next() {
                guard let key = keys[row[1]] else { continue }
                let start = Timestamp(day: Int32(clamping: row[0] as Int64))
                for hour in Int64(0)..<24 where (row[3] as Int64) >> hour & 1 == 1 {
                    batch.alerts.append(
                        AlertEntry(
                            id: "", time: Timestamp(nanoseconds: start.nanoseconds + hour * 3_600_000_000_000),
                            action: AlertEntry.repeating, severity: Severity(rank: row[2]), finding: key, reason: ""))
                }
            }
            return batch
        }
    }

    private static func number(of recording: Recording, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM recording WHERE key = ?", arguments: [recording.id])
    }
}

extension Reader.FindingRow {
    /// With what was agreed to, without whom it was for.
    fileprivate func finding(_ evidence: [Evidence], _ destinations: [Destination], days: [Day]) -> Finding {
        let exception = key.exception.map { reason in
            Exception(
                client: nil, vendor: nil, product: nil, domain: nil, reason: reason, approvedBy: approvedBy,
                until: until.map { (Timestamp(nanoseconds: .max), $0) })
        }
        return Finding(
            key: key, host: host, vendor: vendor, exception: exception, firstSeen: firstSeen, lastSeen: lastSeen,
            severity: severity, evidence: evidence, destinations: destinations, days: days, rhythm: rhythm)
    }
}
