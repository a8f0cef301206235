import GRDB
import Monitoring

/// What a report tells, read at once.
extension Ledger {
    /// - Parameter quietDays: days of silence at the end of the period after which a finding has gone quiet.
    package func extract(_ selection: Selection, quietDays: Int32 = 7) throws(LedgerError) -> Extract {
        try read { database in
            let bounds = try Self.bounds(database)
            let from = selection.from ?? min(bounds.first, selection.to ?? bounds.first)
            let to = max(selection.to ?? bounds.last, from)
            let filter = Filter(selection)
            var gathering = Gathering(database)
            try gathering.read(
                "WHERE \(filter.condition)", filter.arguments, from...to, quietDays: quietDays, first: bounds.first)
            let period = gathering.entries(isPeriod: true, lookups: filter.countries.isEmpty)
            let quiet = gathering.entries(isPeriod: false, lookups: filter.countries.isEmpty)
            return Extract(
                from: from, to: to,
                findings: period.filter { $0.severity >= selection.severity }.sorted(by: Self.isWorse),
                quiet: quiet.filter { $0.severity >= selection.severity }.sorted(by: Self.isLater),
                alerts: try Self.alerts(database, from, to, filter), hours: try Self.hours(database, from, to),
                recordings: try Self.recordings(database, from, to, seen: gathering.recordings), latestDay: bounds.last)
        }
    }

    /// Findings as they are now that were written behind a change, and the latest change. Nothing is behind `.max`.
    package func changes(after change: Int64, _ selection: Selection) throws(LedgerError) -> ([Extract.Entry], Int64) {
        try read { database in
            let latest = try Int64.fetchOne(database, sql: "SELECT change FROM state") ?? 0
            guard latest > change else { return ([], latest) }
            let bounds = try Self.bounds(database)
            let filter = Filter(selection)
            // What belongs together is told together: a look-up that is new is part of the contacts.
            let changed = """
                WHERE \(filter.condition) AND EXISTS (SELECT 1 FROM finding AS other WHERE other.change > \(change)
                AND other.host = finding.host AND other.vendor = finding.vendor AND other.product = finding.product
                AND other.exception = finding.exception AND (other.id = finding.id OR other.country = ''
                OR finding.country = ''))
                """
            var gathering = Gathering(database)
            try gathering.read(
                changed, filter.arguments, bounds.first...bounds.last, quietDays: nil, first: bounds.first)
            let entries = gathering.entries(isPeriod: true, lookups: filter.countries.isEmpty)
            return (entries.filter { $0.severity >= selection.severity }.sorted(by: Self.isWorse), latest)
        }
    }

    private static func isWorse(_ left: Extract.Entry, _ right: Extract.Entry) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.tally.bytesOut != right.tally.bytesOut { return left.tally.bytesOut > right.tally.bytesOut }
        return left.key.sortKey < right.key.sortKey
    }

    private static func isLater(_ left: Extract.Entry, _ right: Extract.Entry) -> Bool {
        left.lastSeen != right.lastSeen ? left.lastSeen > right.lastSeen : left.key.sortKey < right.key.sortKey
    }

    /// The first and the last day that anything is known of; both 0 in an empty ledger.
    static func bounds(_ database: Database) throws -> (first: Int32, last: Int32) {
        // One question each: so each is answered by the end of a table, and not by all of it.
        func numbers(_ end: String) throws -> [Int64] {
            try ["SELECT \(end)(number) FROM day", "SELECT \(end)(number) / 24 FROM hour"].compactMap {
                try Int64.fetchOne(database, sql: $0)
            }
        }
        let first = Int32(clamping: try numbers("min").min() ?? 0)
        return (first, max(Int32(clamping: try numbers("max").max() ?? 0), first))
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
                let columns = ["host.address", "host.name", "host.key", "host.mac"].map { "\($0) IN (\(list))" }
                condition += " AND (\(columns.joined(separator: " OR ")))"
                for _ in columns { arguments += StatementArguments(selection.clients) }
            }
            if !countries.isEmpty {
                condition += " AND (finding.country IN (\(marks(countries.count))) OR finding.country = '')"
                arguments += StatementArguments(countries)
            }
        }
    }

    // MARK: Alerts, hours and recordings

    private static func alerts(
        _ database: Database, _ from: Int32, _ to: Int32, _ filter: Filter
    ) throws -> [Extract.AlertCount] {
        let selected = """
            JOIN finding ON finding.id = told.finding JOIN host ON host.id = finding.host
            JOIN vendor ON vendor.id = finding.vendor WHERE \(filter.condition)
            """
        let single = try Row.fetchAll(
            database,
            sql: """
                SELECT action, told.severity, count(*) FROM (SELECT * FROM alert WHERE time BETWEEN
                \(Timestamp(day: from).nanoseconds) AND \(Timestamp(day: to).nanoseconds + 86_399_999_999_999)) AS told
                \(selected) GROUP BY action, told.severity
                """, arguments: filter.arguments
        ).map {
            Extract.AlertCount(action: $0[0], severity: Severity(rank: $0[1]), count: UInt64(clamping: $0[2] as Int64))
        }
        let masks = try Row.fetchCursor(
            database,
            sql: """
                SELECT told.severity, told.hours, count(*) FROM (SELECT * FROM repeat WHERE day BETWEEN \(from) AND \(to)) AS told
                \(selected) GROUP BY told.severity, told.hours
                """, arguments: filter.arguments)
        var repeated: [Severity: UInt64] = [:]
        while let row = try masks.next() {
            let hours = UInt64((row[1] as Int64).nonzeroBitCount)
            repeated[Severity(rank: row[0]), default: 0] &+= hours &* UInt64(clamping: row[2] as Int64)
        }
        let all = single + repeated.map { Extract.AlertCount(action: AlertEntry.repeating, severity: $0, count: $1) }
        return all.sorted { ($1.severity, $0.action) < ($0.severity, $1.action) }
    }

    /// Seconds in which several recordings watched count once, as far as an hour can hold them.
    private static func hours(_ database: Database, _ from: Int32, _ to: Int32) throws -> [CoverageHour] {
        let sums = HourColumns.names.map { $0 == "seconds_up" ? "min(sum(seconds_up), 3600)" : "sum(\($0))" }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT number, \(sums.joined(separator: ", ")) FROM hour WHERE number BETWEEN ? AND ? GROUP BY number
                ORDER BY number
                """, arguments: [Int64(from) * 24, Int64(to) * 24 + 23])
        var result: [CoverageHour] = []
        while let row = try rows.next() {
            result.append(HourColumns.hour(row[0], (1...HourColumns.names.count).map { row[$0] }))
        }
        return result
    }

    /// - Parameter seen: recordings that are known to have counted in the period.
    private static func recordings(
        _ database: Database, _ from: Int32, _ to: Int32, seen: Set<Int64>
    ) throws -> [Recording] {
        let start = Timestamp(day: from).nanoseconds
        return try recordings(
            database,
            """
            id IN (\(seen.sorted().map { "\($0)" }.joined(separator: ", ")))
            OR id IN (SELECT recording FROM hour WHERE number BETWEEN \(Int64(from) * 24) AND \(Int64(to) * 24 + 23))
            OR first_packet <= \(Timestamp(day: to).nanoseconds + 86_399_999_999_999) AND last_packet >= \(start)
            """)
    }

    static func recordings(_ database: Database, _ condition: String) throws -> [Recording] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT key, kind, name, program, packs, digest, geography, first_packet, last_packet FROM recording
                WHERE \(condition) ORDER BY first_packet, key
                """)
        return rows.map { row in
            let packs = Lines.split(row[4]).compactMap { pack in
                pack.firstIndex(of: "=").map { (String(pack[..<$0]), String(pack[pack.index(after: $0)...])) }
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
