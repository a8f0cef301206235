import Decoding
import GRDB
package import Monitoring

/// What the tables say, as findings.
extension Ledger {
    /// A finding that a sensor goes on with after it was started anew: when it was seen, how bad it was, and the counts
    /// that this recording has of it; nil where there is none.
    package func finding(_ key: Finding.Key, recording: String) throws(LedgerError) -> Finding? {
        try read { database in
            guard let id = try Self.number(of: key, database) else { return nil }
            var reader = Reader(database)
            guard let row = try reader.findings("WHERE finding.id = \(id)").first else { return nil }
            let counted = "AND recording = (SELECT id FROM recording WHERE key = ?)"
            return Finding(
                key: row.key, host: row.host, vendor: row.vendor, firstSeen: row.firstSeen, lastSeen: row.lastSeen,
                severity: row.severity,
                evidence: try reader.evidence("finding = \(id) \(counted)", [recording])[id] ?? [],
                destinations: try reader.destinations("finding = \(id) \(counted)", [recording])[id] ?? [],
                days: try reader.days("finding = \(id) \(counted)", [recording])[id] ?? [], rhythm: row.rhythm)
        }
    }
}

/// Reads rows, and makes each endpoint and vendor once.
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
        let change: Int64
    }

    let database: Database
    private var endpoints: [Int64: Endpoint] = [:]

    init(_ database: Database) { self.database = database }

    /// - Parameter condition: a clause from `WHERE` on.
    func findings(_ condition: String, _ arguments: StatementArguments = []) throws -> [FindingRow] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding.id, product, country, exception, approved_by, until, first_seen, finding.last_seen, severity,
                contacts, starts, change, host.key, identity, address, mac, host.name, name_source, owner, site, vendor.key,
                vendor.name, aliases, headquarters, version FROM finding JOIN host ON host.id = finding.host
                JOIN vendor ON vendor.id = finding.vendor \(condition)
                """, arguments: arguments)
        var result: [FindingRow] = []
        while let row = try rows.next() {
            let address: String = row[14]
            let host = Host(
                id: row[12], identity: Host.Identity(rawValue: row[13]) ?? .address,
                address: IPAddress(address) ?? IPAddress(bits: 0), mac: (row[15] as String?).flatMap { MACAddress($0) },
                name: row[16],
                nameSource: (row[17] as String?).flatMap { Host.NameSource(rawValue: $0) },
                owner: row[18], site: row[19])
            let vendor = Vendor(
                id: row[20], name: row[21], aliases: Lines.split(row[22]), headquarters: row[23], version: row[24])
            let exception: String = row[3]
            let contacts: Int64 = row[9]
            result.append(
                FindingRow(
                    id: row[0],
                    key: Finding.Key(
                        host: host.id, vendor: vendor.id, product: row[1],
                        destination: Destination.Country(text: row[2]), exception: exception.isEmpty ? nil : exception),
                    host: host, vendor: vendor, approvedBy: row[4], until: row[5],
                    firstSeen: Timestamp(nanoseconds: row[6]), lastSeen: Timestamp(nanoseconds: row[7]),
                    severity: Severity(rank: row[8]),
                    rhythm: Rhythm(
                        contacts: UInt64(clamping: contacts), starts: Lines.split(row[10]).compactMap { Int64($0) }),
                    change: row[11]))
        }
        return result
    }

    /// By finding, in order; those of several recordings added up.
    func days(_ condition: String, _ arguments: StatementArguments = []) throws -> [Int64: [Day]] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding, number, max(severity), sum(lookups), sum(flows), sum(bytes_out), sum(bytes_in),
                sum(packets_out), sum(packets_in), sum(application_out) FROM day WHERE \(condition)
                GROUP BY finding, number ORDER BY finding, number
                """, arguments: arguments)
        var result: [Int64: [Day]] = [:]
        while let row = try rows.next() {
            let day = Day(
                number: Int32(clamping: row[1] as Int64),
                tally: Tally(lookups: row[3], columns: (4...9).map { row[$0] }),
                severity: Severity(rank: row[2]))
            result[row[0], default: []].append(day)
        }
        return result
    }

    /// By finding, the first seen first.
    mutating func evidence(_ condition: String, _ arguments: StatementArguments = []) throws -> [Int64: [Evidence]] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding, endpoint, method, value, max(contradicts), sum(count), min(first_seen), max(last_seen)
                FROM evidence WHERE \(condition) GROUP BY finding, endpoint, method, value
                ORDER BY finding, min(first_seen), method, value, (SELECT key FROM endpoint WHERE id = endpoint)
                """, arguments: arguments)
        var found: [(Int64, Int64, Method, String, Bool, Int64, Int64, Int64)] = []
        while let row = try rows.next() {
            guard let method = Method(rawValue: row[2]) else { continue }
            found.append((row[0], row[1], method, row[3], row[4], row[5], row[6], row[7]))
        }
        var result: [Int64: [Evidence]] = [:]
        for (finding, number, method, value, contradicts, count, first, last) in found {
            guard let endpoint = try endpoint(number) else { continue }
            result[finding, default: []].append(
                Evidence(
                    method: method, value: value, endpoint: endpoint, isContradiction: contradicts,
                    count: UInt64(clamping: count), firstSeen: Timestamp(nanoseconds: first),
                    lastSeen: Timestamp(nanoseconds: last)))
        }
        return result
    }

    /// By finding, the one that most was sent to first.
    func destinations(_ condition: String, _ arguments: StatementArguments = []) throws -> [Int64: [Destination]] {
        // Of the columns that are no sums SQLite takes those of the row with the latest time.
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT finding, address, country, system, organization, uncertain, shared_by, basis, sum(flows),
                sum(bytes_out), sum(bytes_in), sum(packets_out), sum(packets_in), sum(application_out), min(first_seen),
                max(last_seen) FROM destination WHERE \(condition) GROUP BY finding, address
                ORDER BY finding, sum(bytes_out) DESC, address
                """, arguments: arguments)
        var result: [Int64: [Destination]] = [:]
        while let row = try rows.next() {
            guard let address = IPAddress(row[1] as String) else { continue }
            let system: Int64? = row[3]
            let place = Place(
                country: row[2],
                autonomousSystem: system.map { AutonomousSystem(number: UInt32(clamping: $0), organisation: row[4]) },
                isUncertain: row[5], operator: row[6], basis: row[7])
            result[row[0], default: []].append(
                Destination(
                    address: address, place: place, tally: Tally(lookups: 0, columns: (8...13).map { row[$0] }),
                    firstSeen: Timestamp(nanoseconds: row[14]), lastSeen: Timestamp(nanoseconds: row[15])))
        }
        return result
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
