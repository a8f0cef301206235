import GRDB

/// Whether a ledger is sound.
extension Ledger {
    /// What must hold, and a question that counts the rows for which it does not.
    private static let rules: [(String, String)] = [
        ("findings end before they begin", "SELECT count(*) FROM finding WHERE last_seen < first_seen"),
        (
            "days are of a finding that is not there",
            "SELECT count(*) FROM day WHERE finding NOT IN (SELECT id FROM finding)"
        ),
        (
            "days are of a recording that is not there",
            "SELECT count(*) FROM day WHERE recording NOT IN (SELECT id FROM recording)"
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
        ("severities are none", "SELECT count(*) FROM day WHERE severity NOT BETWEEN 0 AND 3"),
        (
            "counts are negative",
            """
            SELECT count(*) FROM day WHERE min(lookups, flows, bytes_out, bytes_in, packets_out, packets_in, application_out) < 0
            """
        ),
        ("days send more data than bytes", "SELECT count(*) FROM day WHERE application_out > bytes_out"),
        ("evidence ends before it begins", "SELECT count(*) FROM evidence WHERE last_seen < first_seen"),
        ("destinations end before they begin", "SELECT count(*) FROM destination WHERE last_seen < first_seen"),
        (
            "rows of evidence refer to texts, entries or recordings that are not there",
            """
            SELECT count(*) FROM evidence WHERE method NOT IN (SELECT id FROM text) OR value NOT IN (SELECT id FROM text)
            OR endpoint NOT IN (SELECT id FROM endpoint) OR recording NOT IN (SELECT id FROM recording)
            """
        ),
        (
            "destinations refer to places or recordings that are not there",
            """
            SELECT count(*) FROM destination WHERE place NOT IN (SELECT id FROM place)
            OR recording NOT IN (SELECT id FROM recording)
            """
        ),
        (
            "destinations have another address than 4 or 16 bytes",
            "SELECT count(*) FROM destination WHERE length(address) NOT IN (4, 16)"
        ),
        (
            "alerts are worse than their finding",
            "SELECT count(*) FROM alert JOIN finding ON finding.id = alert.finding WHERE alert.severity > finding.severity"
        ),
        (
            "repeated alerts are of a finding that is not there",
            "SELECT count(*) FROM repeat WHERE finding NOT IN (SELECT id FROM finding)"
        ),
        ("changes are newer than the ledger", "SELECT count(*) FROM finding WHERE change > (SELECT change FROM state)"),
        ("hours are longer than an hour", "SELECT count(*) FROM hour WHERE seconds_up > 3600"),
    ]

    /// Everything that is wrong, a line each; empty for a sound ledger.
    package func check() throws(LedgerError) -> [String] {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            // What SQLite itself cannot follow gives no answer to questions.
            guard problems.isEmpty else { return problems }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if orphans > 0 { problems.append("\(orphans) rows refer to others that are not there") }
            for (rule, question) in Self.rules {
                let count = try Int.fetchOne(database, sql: question) ?? 0
                if count > 0 { problems.append("\(count) \(rule)") }
            }
            return problems
        }
    }
}
