import GRDB
import Monitoring

/// What a report tells, read at once.
extension Ledger {
    /// - Parameter quietDays: days of silence at the end of the period after which a finding has gone quiet.
    package func extract(_ selection: Selection, quietDays: Int32 = 7) throws(LedgerError) -> Extract {
        try read { database in
            let bounds = try Self.bounds(database)
            let from = selection.from ?? bounds.first
            let to = selection.to ?? bounds.last
            var reader = Reader(database)
            let filter = Filter(selection)
            let rows = try reader.findings("WHERE \(filter.condition)", filter.arguments)
            let all = try Self.entries(of: rows, &reader, from: from, to: to, filter: filter)
            let findings = all.filter { $0.isInPeriod && $0.entry.severity >= selection.severity }.map(\.entry)
            let silentSince = Timestamp(day: to - quietDays + 1)
            return Extract(
                from: from, to: to, findings: findings.sorted(by: Self.isWorse),
                quiet: all.filter { $0.entry.lastSeen < silentSince && $0.entry.severity >= selection.severity }
                    .map(\.entry).sorted { ($1.lastSeen, $0.key.sortKey) < ($0.lastSeen, $1.key.sortKey) },
                alerts: try Self.alerts(database, from, to, filter), hours: try Self.hours(database, from, to),
                recordings: try Self.recordings(database, from, to), latestDay: bounds.last)
        }
    }

    /// Findings that were written behind a change, and the latest change.
    package func changes(after change: Int64, _ selection: Selection) throws(LedgerError) -> ([Extract.Entry], Int64) {
        try read { database in
            let latest = try Int64.fetchOne(database, sql: "SELECT max(change) FROM finding") ?? change
            guard latest > change else { return ([], latest) }
            let filter = Filter(selection)
            var reader = Reader(database)
            let rows = try reader.findings("WHERE \(filter.condition) AND change > \(change)", filter.arguments)
            let all = try Self.entries(of: rows, &reader, from: .min, to: .max, filter: filter)
            return (all.map(\.entry).filter { $0.severity >= selection.severity }.sorted(by: Self.isWorse), latest)
        }
    }

    private static func isWorse(_ left: Extract.Entry, _ right: Extract.Entry) -> Bool {
        (right.severity, right.tally.bytesOut, left.key.sortKey) < (
            left.severity, left.tally.bytesOut, right.key.sortKey
        )
    }

    /// The first and the last day that anything is known of; today's are unknown to a file.
    private static func bounds(_ database: Database) throws -> (first: Int32, last: Int32) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT min(low), max(high) FROM (SELECT min(number) AS low, max(number) AS high FROM day
                UNION ALL SELECT min(number) / 24, max(number) / 24 FROM hour)
                """)
        let first: Int64? = row?[0]
        let last: Int64? = row?[1]
        return (Int32(clamping: first ?? 0), Int32(clamping: last ?? 0))
    }

    /// Which findings are meant, as a condition on `finding`, `host` and `vendor`.
    struct Filter {
        private(set) var condition = "1"
        private(set) var arguments = StatementArguments()
        /// Countries, when some are asked for: they are told of contacts alone.
        let countries: [String]

        init(_ selection: Selection) {
            countries = selection.countries
            func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
            if !selection.vendors.isEmpty {
                condition += " AND vendor.key IN (\(marks(selection.vendors.count)))"
                arguments += StatementArguments(selection.vendors)
            }
            if !selection.clients.isEmpty {
                let list = marks(selection.clients.count)
                condition +=
                    " AND (host.address IN (\(list)) OR host.name IN (\(list)) OR host.key IN (\(list)) OR host.mac IN (\(list)))"
                for _ in 0..<4 { arguments += StatementArguments(selection.clients) }
            }
            if !countries.isEmpty {
                condition += " AND (country IN (\(marks(countries.count))) OR country = '')"
                arguments += StatementArguments(countries)
            }
        }
    }

    /// Joins look-ups to the contacts that they belong to.
    private static func entries(
        of rows: [Reader.FindingRow], _ reader: inout Reader, from: Int32, to: Int32, filter: Filter
    ) throws -> [(entry: Extract.Entry, isInPeriod: Bool)] {
        let ids = rows.map(\.id)
        // Few are asked for one by one, many all at once.
        let some = ids.count > 500 ? "1" : "finding IN (\(ids.map { "\($0)" }.joined(separator: ",")))"
        let days = try reader.days(some)
        let evidence = try reader.evidence(some)
        let destinations = try reader.destinations(some)
        var lookups: [Finding.Key: Reader.FindingRow] = [:]
        var contacted: Set<Finding.Key> = []
        for row in rows {
            if row.key.destination == .none {
                lookups[row.key] = row
            } else {
                contacted.insert(row.key.withoutContact)
            }
        }
        var result: [(Extract.Entry, Bool)] = []
        for row in rows {
            if row.key.destination == .none, contacted.contains(row.key) || !filter.countries.isEmpty { continue }
            let own = days[row.id] ?? []
            let joined = row.key.destination == .none ? nil : lookups[row.key.withoutContact]
            let inside = own.filter { (from...to).contains($0.number) }
            let counted = inside.isEmpty ? own : inside
            let proof = (evidence[row.id] ?? []) + (joined.flatMap { evidence[$0.id] } ?? [])
            var tally = counted.reduce(into: Tally()) { $0.add($1.tally) }
            for day in joined.flatMap({ days[$0.id] }) ?? [] where inside.isEmpty || (from...to).contains(day.number) {
                tally.lookups += day.tally.lookups
            }
            let entry = Extract.Entry(
                key: row.key, host: row.host, vendor: row.vendor,
                exception: row.key.exception.map {
                    Extract.ExceptionText(reason: $0, approvedBy: row.approvedBy, until: row.until)
                },
                firstSeen: min(row.firstSeen, joined?.firstSeen ?? row.firstSeen), lastSeen: row.lastSeen,
                severity: counted.map(\.severity).max() ?? row.severity, tally: tally, days: counted, evidence: proof,
                confidence: Confidence(fusing: proof), destinations: destinations[row.id] ?? [],
                beat: row.rhythm.beat.map { Extract.Beat(interval: $0.interval, jitter: $0.jitter) })
            result.append((entry, !inside.isEmpty))
        }
        return result
    }

    private static func alerts(
        _ database: Database, _ from: Int32, _ to: Int32, _ filter: Filter
    ) throws -> [Extract.AlertCount] {
        let times: StatementArguments = [
            Timestamp(day: from).nanoseconds, Timestamp(day: to).nanoseconds + 86_399_999_999_999,
        ]
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT action, alert.severity, count(*) FROM alert JOIN finding ON finding.id = alert.finding
                JOIN host ON host.id = finding.host JOIN vendor ON vendor.id = finding.vendor
                WHERE time BETWEEN ? AND ? AND \(filter.condition) GROUP BY action, alert.severity
                ORDER BY alert.severity DESC, action
                """, arguments: times + filter.arguments)
        return rows.map { row in
            Extract.AlertCount(
                action: row[0], severity: Severity(rank: row[1]), count: UInt64(clamping: row[2] as Int64))
        }
    }

    /// Seconds in which several recordings watched count once, as far as an hour can hold them.
    private static func hours(_ database: Database, _ from: Int32, _ to: Int32) throws -> [CoverageHour] {
        let sums = HourColumns.names.map { $0 == "seconds_up" ? "min(sum(seconds_up), 3600)" : "sum(\($0))" }
        let rows = try Row.fetchCursor(
            database,
            sql:
                "SELECT number, \(sums.joined(separator: ", ")) FROM hour WHERE number BETWEEN ? AND ? GROUP BY number ORDER BY number",
            arguments: [Int64(from) * 24, Int64(to) * 24 + 23])
        var result: [CoverageHour] = []
        while let row = try rows.next() {
            result.append(HourColumns.hour(row[0], (1...HourColumns.names.count).map { row[$0] }))
        }
        return result
    }

    static func recordings(_ database: Database, _ from: Int32, _ to: Int32) throws -> [Recording] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT key, kind, name, program, packs, digest, geography, first_packet, last_packet FROM recording
                WHERE id IN (SELECT recording FROM hour WHERE number BETWEEN ? AND ?
                UNION SELECT recording FROM day WHERE number BETWEEN ? AND ?) ORDER BY first_packet, key
                """, arguments: [Int64(from) * 24, Int64(to) * 24 + 23, from, to])
        return rows.map { row in
            let packs = (row[4] as String).split(separator: " ").compactMap { pack -> (String, String)? in
                let parts = pack.split(separator: "=")
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }
            let first: Int64? = row[7]
            let last: Int64? = row[8]
            return Recording(
                id: row[0], kind: Recording.Kind(rawValue: row[1]) ?? .file, name: row[2], program: row[3],
                packs: Dictionary(packs) { $1 }, packsDigest: row[5], geography: row[6],
                firstPacket: first.map { Timestamp(nanoseconds: $0) },
                lastPacket: last.map { Timestamp(nanoseconds: $0) })
        }
    }
}
