import Decoding
import struct Foundation.Data
import GRDB
package import Monitoring

/// What the tables say, as findings.
extension Ledger {
    /// Days of a finding that a sensor goes on with: today, and yesterday for what is told of late.
    private static let daysToGoOn = 2

    /// A finding that a sensor goes on with after it was started anew: when it was seen, how bad it was, and the counts
    /// that this recording has of it, of the latest days only; nil where there is none.
    package func finding(_ key: Finding.Key, recording: String) throws(LedgerError) -> Finding? {
        try read { database -> Finding? in
            guard let id = try Numbers(database).finding(key) else { return nil }
            var reader = Reader(database)
            guard let row = try reader.findings("WHERE finding.id = \(id)").first else { return nil }
            let number = try Int64.fetchOne(
                database, sql: "SELECT id FROM recording WHERE key = ?", arguments: [recording])
            let only = "finding = \(id) AND recording = \(number ?? 0)"
            return Finding(
                key: row.key, host: row.host, vendor: row.vendor, firstSeen: row.firstSeen, lastSeen: row.lastSeen,
                severity: row.severity, evidence: try reader.evidence(only)[id] ?? [],
                destinations: try reader.destinations(only)[id] ?? [],
                days: try reader.latestDays(of: row, recording: number ?? 0, count: Self.daysToGoOn), rhythm: row.rhythm
            )
        }
    }
}

/// Reads rows, and makes each endpoint, place and text once.
struct Reader {
    struct FindingRow {
        let id: Int64
        let key: Finding.Key
        let host: Host
        let vendor: Vendor
        let approvedBy, until: String?
        let firstSeen, lastSeen: Timestamp
        let severity: Severity
        let rhythm: Rhythm
    }

    let database: Database
    private var endpoints: [Int64: Endpoint] = [:]
    private var places: [Int64: Place] = [:]
    private var texts: [Int64: String] = [:]

    init(_ database: Database) { self.database = database }

    // MARK: Findings

    /// - Parameter condition: a clause from `WHERE` on.
    func findings(_ condition: String, _ arguments: StatementArguments = []) throws -> [FindingRow] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding.id, product, country, exception, approved_by, until, first_seen, finding.last_seen, severity,
                contacts, starts, host.key, identity, address, mac, host.name, name_source, owner, site, vendor.key,
                vendor.name, aliases, headquarters, version FROM finding JOIN host ON host.id = finding.host
                JOIN vendor ON vendor.id = finding.vendor \(condition)
                """, arguments: arguments)
        var vendors: [String: Vendor] = [:]
        var result: [FindingRow] = []
        while let row = try rows.next() {
            let host = Host(
                id: row[11], identity: Host.Identity(rawValue: row[12]) ?? .address,
                address: IPAddress(row[13] as String) ?? IPAddress(bits: 0),
                mac: (row[14] as String?).flatMap { MACAddress($0) }, name: row[15],
                nameSource: (row[16] as String?).flatMap { Host.NameSource(rawValue: $0) }, owner: row[17],
                site: row[18])
            let vendorID: String = row[19]
            let vendor =
                vendors[vendorID]
                ?? Vendor(
                    id: vendorID, name: row[20], aliases: Lines.split(row[21]), headquarters: row[22], version: row[23])
            vendors[vendorID] = vendor
            let exception: String = row[3]
            result.append(
                FindingRow(
                    id: row[0],
                    key: Finding.Key(
                        host: host.id, vendor: vendorID, product: row[1],
                        destination: Destination.Country(text: row[2]), exception: exception.isEmpty ? nil : exception),
                    host: host, vendor: vendor, approvedBy: row[4], until: row[5],
                    firstSeen: Timestamp(nanoseconds: row[6]), lastSeen: Timestamp(nanoseconds: row[7]),
                    severity: Severity(rank: row[8]),
                    rhythm: Rhythm(contacts: UInt64(clamping: row[9] as Int64), starts: Moments.starts(row[10]))))
        }
        return result
    }

    // MARK: Days

    private static let dayColumns = (["number", "finding", "recording", "severity", "lookups"] + Tally.columns)
        .joined(separator: ", ")

    /// Of the findings that are asked for, in the order of time; those of several recordings added up.
    ///
    /// - Parameters:
    ///   - places: by finding, where its days go in the result.
    ///   - recordings: those that the days came from are added.
    func days(
        _ span: ClosedRange<Int32>, of places: [Int64: Int], recordings: inout Set<Int64>
    ) throws -> [[Day]] {
        var result = Array(repeating: [Day](), count: places.values.max().map { $0 + 1 } ?? 0)
        guard !places.isEmpty else { return result }
        let rows = try Row.fetchCursor(
            database,
            sql:
                "SELECT \(Self.dayColumns) FROM day WHERE \(Self.condition(span, places)) ORDER BY number, finding, recording"
        )
        while let row = try rows.next() {
            guard let place = places[row[1]] else { continue }
            recordings.insert(row[2])
            result[place].add(Self.day(row))
        }
        return result
    }

    /// Few findings are searched day by day, many picked out of all days.
    private static func condition(_ span: ClosedRange<Int32>, _ places: [Int64: Int]) -> String {
        let (first, last) = (span.lowerBound, span.upperBound)
        guard places.count <= 500, Int64(last) - Int64(first) < 4_000 else {
            return "number BETWEEN \(first) AND \(last)"
        }
        return """
            number IN (WITH RECURSIVE span (n) AS (SELECT \(first) UNION ALL SELECT n + 1 FROM span WHERE n < \(last))
            SELECT n FROM span) AND finding IN (\(places.keys.sorted().map { "\($0)" }.joined(separator: ",")))
            """
    }

    /// Of one recording, by finding, in order.
    func days(_ span: ClosedRange<Int32>, recording: Int64) throws -> [Int64: [Day]] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(Self.dayColumns) FROM day WHERE number BETWEEN \(span.lowerBound) AND \(span.upperBound)
                AND recording = \(recording) ORDER BY number, finding
                """)
        var result: [Int64: [Day]] = [:]
        while let row = try rows.next() { result[row[1], default: []].append(Self.day(row)) }
        return result
    }

    /// - Parameter row: of `dayColumns`.
    private static func day(_ row: Row) -> Day {
        Day(
            number: Int32(clamping: row[0] as Int64), tally: Tally(row, first: 5, lookups: row[4]),
            severity: Severity(rank: row[3]))
    }

    /// The days of one recording on which a finding was seen the latest, in order.
    func latestDays(of row: FindingRow, recording: Int64, count: Int) throws -> [Day] {
        let statement = try database.cachedStatement(
            sql: "SELECT \(Self.dayColumns) FROM day WHERE number = ? AND finding = ? AND recording = ?")
        var days: [Day] = []
        for number in (row.firstSeen.day...max(row.firstSeen.day, row.lastSeen.day)).reversed() {
            guard let found = try Row.fetchOne(statement, arguments: [number, row.id, recording]) else { continue }
            days.append(Self.day(found))
            if days.count == count { break }
        }
        return days.reversed()
    }

    // MARK: Evidence and destinations

    /// By finding, the first seen first; that of several recordings, and of several versions of an entry, added up.
    mutating func evidence(_ condition: String) throws -> [Int64: [Evidence]] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding, endpoint, method, value, contradicts, count, first_seen, last_seen FROM evidence
                WHERE \(condition) ORDER BY finding, endpoint, method, value, recording
                """)
        var result: [Int64: [Evidence]] = [:]
        var current: Int64 = 0
        var list: [Evidence] = []
        while let row = try rows.next() {
            let finding: Int64 = row[0]
            if finding != current {
                if !list.isEmpty { result[current] = list.sorted(by: Evidence.isEarlier) }
                (current, list) = (finding, [])
            }
            guard let endpoint = try endpoint(row[1]), let method = Method(rawValue: try text(row[2])) else { continue }
            list.add(
                Evidence(
                    method: method, value: try text(row[3]), endpoint: endpoint, isContradiction: row[4],
                    count: UInt64(clamping: row[5] as Int64), firstSeen: Timestamp(nanoseconds: row[6]),
                    lastSeen: Timestamp(nanoseconds: row[7])))
        }
        if !list.isEmpty { result[current] = list.sorted(by: Evidence.isEarlier) }
        return result
    }

    /// By finding, the one that most was sent to first; where it is, is what was said the latest.
    mutating func destinations(_ condition: String) throws -> [Int64: [Destination]] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding, address, place, first_seen, last_seen, \(Tally.columns.joined(separator: ", "))
                FROM destination WHERE \(condition) ORDER BY finding, address, recording
                """)
        var result: [Int64: [Destination]] = [:]
        var current: Int64 = 0
        var list: [Destination] = []
        while let row = try rows.next() {
            let finding: Int64 = row[0]
            if finding != current {
                if !list.isEmpty { result[current] = list.sorted(by: Destination.isLarger) }
                (current, list) = (finding, [])
            }
            guard let address = IPAddress(bytes: row[1] as Data) else { continue }
            list.add(
                Destination(
                    address: address, place: try place(row[2]), tally: Tally(row, first: 5),
                    firstSeen: Timestamp(nanoseconds: row[3]), lastSeen: Timestamp(nanoseconds: row[4])))
        }
        if !list.isEmpty { result[current] = list.sorted(by: Destination.isLarger) }
        return result
    }

    // MARK: What numbers stand for

    private mutating func text(_ number: Int64) throws -> String {
        if let known = texts[number] { return known }
        let text = try String.fetchOne(
            database.cachedStatement(sql: "SELECT value FROM text WHERE id = ?"), arguments: [number])
        texts[number] = text ?? ""
        return text ?? ""
    }

    private mutating func place(_ number: Int64) throws -> Place {
        if let known = places[number] { return known }
        let row = try Row.fetchOne(
            database,
            sql: "SELECT country, system, organization, uncertain, operator, basis FROM place WHERE id = ?",
            arguments: [number])
        let system: Int64? = row?[1]
        let place = Place(
            country: row?[0],
            autonomousSystem: system.map { AutonomousSystem(number: UInt32(clamping: $0), organisation: row?[2]) },
            isUncertain: row?[3] ?? false, operator: row?[4], basis: row?[5])
        places[number] = place
        return place
    }

    private mutating func endpoint(_ number: Int64) throws -> Endpoint? {
        if let known = endpoints[number] { return known }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT label, kind, subject, product, category, confidence, ports, region, sources, note, shared,
                endpoint.version, vendor.key, vendor.name, aliases, headquarters FROM endpoint
                JOIN vendor ON vendor.id = endpoint.vendor WHERE endpoint.id = ?
                """, arguments: [number])
        guard let row, let subject = Endpoint.Subject(word: row[1], text: row[2]),
            let category = Category(rawValue: row[4]), let confidence = Confidence(rawValue: row[5])
        else { return nil }
        let endpoint = Endpoint(
            subject: subject, label: row[0],
            vendor: Vendor(
                id: row[12], name: row[13], aliases: Lines.split(row[14]), headquarters: row[15], version: row[11]),
            product: row[3], category: category, confidence: confidence,
            ports: Lines.split(row[6]).compactMap { UInt16($0) }, region: row[7], sources: Lines.split(row[8]),
            note: row[9], isShared: row[10])
        endpoints[number] = endpoint
        return endpoint
    }
}
