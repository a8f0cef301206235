import GRDB
import Monitoring

/// The ledgers of several gateways in one.
extension Ledger {
    /// Takes in all that another ledger holds. A recording that both have counts once: of its counts the larger ones
    /// hold. Merging again changes nothing.
    package func merge(from other: Ledger) throws(LedgerError) {
        for recording in try other.read({ try Self.allRecordings($0) }) { try write(try other.batch(of: recording)) }
    }

    static func allRecordings(_ database: Database) throws -> [Recording] {
        try recordings(database, Int32.min / 48, Int32.max / 48)
    }

    /// All that a ledger has of one recording, as it was written.
    private func batch(of recording: Recording) throws(LedgerError) -> Batch {
        try read { database in
            let number = try Int64.fetchOne(
                database, sql: "SELECT id FROM recording WHERE key = ?", arguments: [recording.id])
            guard let number else { return Batch(recording: recording) }
            let only = "recording = \(number)"
            var reader = Reader(database)
            var batch = Batch(recording: recording)
            let rows = try reader.findings("WHERE finding.id IN (SELECT finding FROM day WHERE \(only))")
            let days = try reader.days(only)
            let evidence = try reader.evidence(only)
            let destinations = try reader.destinations(only)
            var keys: [Int64: Finding.Key] = [:]
            for row in rows {
                keys[row.id] = row.key
                batch.findings.append(
                    Finding(
                        key: row.key, host: row.host, vendor: row.vendor, exception: row.exception,
                        firstSeen: row.firstSeen, lastSeen: row.lastSeen, severity: row.severity,
                        evidence: evidence[row.id] ?? [], destinations: destinations[row.id] ?? [],
                        days: days[row.id] ?? [], rhythm: row.rhythm))
            }
            let alerts = try Row.fetchCursor(
                database, sql: "SELECT key, time, action, severity, finding, reason FROM alert ORDER BY key")
            while let row = try alerts.next() {
                guard let key = keys[row[4]] else { continue }
                batch.alerts.append(
                    AlertEntry(
                        id: row[0], time: Timestamp(nanoseconds: row[1]), action: row[2],
                        severity: Severity(rank: row[3]), finding: key, reason: row[5]))
            }
            let hours = try Row.fetchCursor(
                database,
                sql:
                    "SELECT number, \(HourColumns.names.joined(separator: ", ")) FROM hour WHERE \(only) ORDER BY number"
            )
            while let row = try hours.next() {
                batch.hours.append(HourColumns.hour(row[0], (1...HourColumns.names.count).map { row[$0] }))
            }
            return batch
        }
    }
}

extension Reader.FindingRow {
    /// What was agreed to, without whom it was for.
    fileprivate var exception: Exception? {
        key.exception.map { reason in
            Exception(
                client: nil, vendor: nil, product: nil, domain: nil, reason: reason, approvedBy: approvedBy,
                until: until.map { (Timestamp(nanoseconds: .max), $0) })
        }
    }
}
