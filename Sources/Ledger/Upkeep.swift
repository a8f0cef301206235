import Foundation
import GRDB
import Monitoring

/// Looking after a ledger: is it sound, how large is it, what may go.
extension Ledger {
    /// What a ledger holds.
    package struct Info: Sendable {
        package let bytes: Int64
        package let version: String
        package let hosts, findings, days, alerts, recordings: Int
        /// Days since 1970; nil in an empty ledger.
        package let firstDay, lastDay: Int32?
    }

    package func info() throws(LedgerError) -> Info {
        try read { database in
            func number(_ sql: String) throws -> Int64? { try Int64.fetchOne(database, sql: sql) }
            func count(_ table: String) throws -> Int { Int(try number("SELECT count(*) FROM \(table)") ?? 0) }
            return Info(
                bytes: (try number("PRAGMA page_count") ?? 0) * (try number("PRAGMA page_size") ?? 0),
                version: try Schema.migrator.appliedIdentifiers(database).sorted().last ?? "",
                hosts: try count("host"), findings: try count("finding"), days: try count("day"),
                alerts: try count("alert"), recordings: try count("recording"),
                firstDay: try number("SELECT min(number) FROM day").map { Int32(clamping: $0) },
                lastDay: try number("SELECT max(number) FROM day").map { Int32(clamping: $0) })
        }
    }

    /// What must hold, and a question that counts the rows for which it does not.
    private static let rules: [(String, String)] = [
        ("findings end before they begin", "SELECT count(*) FROM finding WHERE last_seen < first_seen"),
        (
            "findings have no day",
            "SELECT count(*) FROM finding WHERE NOT EXISTS (SELECT 1 FROM day WHERE finding = finding.id)"
        ),
        (
            "days lie outside of the times of their finding",
            """
            SELECT count(*) FROM day JOIN finding ON finding.id = day.finding
            WHERE number * 86400000000000 > last_seen OR (number + 1) * 86400000000000 <= first_seen
            """
        ),
        (
            "days are worse than their finding",
            "SELECT count(*) FROM day JOIN finding ON finding.id = day.finding WHERE day.severity > finding.severity"
        ),
        (
            "counts are negative",
            """
            SELECT count(*) FROM day WHERE min(lookups, flows, bytes_out, bytes_in, packets_out, packets_in, application_out) < 0
            """
        ),
        ("days send more data than bytes", "SELECT count(*) FROM day WHERE application_out > bytes_out"),
        ("evidence ends before it begins", "SELECT count(*) FROM evidence WHERE last_seen < first_seen"),
        (
            "alerts are about a finding that is not as bad",
            "SELECT count(*) FROM alert JOIN finding ON finding.id = alert.finding WHERE alert.severity > finding.severity"
        ),
        ("hours are longer than an hour", "SELECT count(*) FROM hour WHERE seconds_up > 3600"),
    ]

    /// Everything that is wrong, a line each; empty for a sound ledger.
    package func check() throws(LedgerError) -> [String] {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if orphans > 0 { problems.append("\(orphans) rows refer to others that are not there") }
            for (rule, question) in Self.rules {
                let count = try Int.fetchOne(database, sql: question) ?? 0
                if count > 0 { problems.append("\(count) \(rule)") }
            }
            return problems
        }
    }

    /// Lets days before `day` go, and what then nothing speaks of any more.
    ///
    /// - Returns: days of findings, and findings.
    @discardableResult
    package func prune(before day: Int32) throws(LedgerError) -> (days: Int, findings: Int) {
        let start = Timestamp(day: day).nanoseconds
        let counts = try write { database in
            try database.execute(sql: "DELETE FROM day WHERE number < ?", arguments: [day])
            let days = database.changesCount
            try database.execute(sql: "DELETE FROM hour WHERE number < ?", arguments: [Int64(day) * 24])
            try database.execute(sql: "DELETE FROM alert WHERE time < ?", arguments: [start])
            try database.execute(sql: "DELETE FROM evidence WHERE last_seen < ?", arguments: [start])
            try database.execute(sql: "DELETE FROM destination WHERE last_seen < ?", arguments: [start])
            try database.execute(
                sql: "DELETE FROM finding WHERE NOT EXISTS (SELECT 1 FROM day WHERE finding = finding.id)")
            let findings = database.changesCount
            for (table, user) in [("host", "finding"), ("endpoint", "evidence")] {
                try database.execute(sql: "DELETE FROM \(table) WHERE id NOT IN (SELECT \(table) FROM \(user))")
            }
            try database.execute(
                sql: """
                    DELETE FROM recording WHERE id NOT IN (SELECT recording FROM day UNION SELECT recording FROM evidence
                    UNION SELECT recording FROM destination UNION SELECT recording FROM hour)
                    """)
            return (days, findings)
        }
        do {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA incremental_vacuum")
                try database.checkpoint(.truncate)
            }
        } catch {
            throw LedgerError(path, error)
        }
        return counts
    }

    /// Lets the oldest days go until the file has no more than so many bytes, but for the latest day.
    package func prune(toBytes limit: Int64) throws(LedgerError) -> (days: Int, findings: Int) {
        var total = (days: 0, findings: 0)
        while true {
            let info = try info()
            guard info.bytes > limit, let first = info.firstDay, let last = info.lastDay, first < last else {
                return total
            }
            // As many days as the surplus takes, were all alike.
            let share = Int32(Double(last - first + 1) * Double(info.bytes - limit) / Double(info.bytes))
            let gone = try prune(before: min(first + max(share, 1), last))
            total = (total.days + gone.days, total.findings + gone.findings)
        }
    }
}
