import GRDB
import Monitoring

/// The numbers that stand for texts, hosts, vendors and so on; what has none gets one. Lives as long as a transaction.
struct Numbers {
    private let database: Database
    private var texts: [String: Int64] = [:]
    private var vendors: [Vendor: Int64] = [:]
    private var endpoints: [ObjectIdentifier: (number: Int64, endpoint: Endpoint)] = [:]
    private var places: [Place: Int64] = [:]

    init(_ database: Database) { self.database = database }

    private func run(_ sql: String, _ values: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: values)
    }

    private func number(_ sql: String, _ values: StatementArguments) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: values)
    }

    /// Of a row that was just written.
    private func known(_ question: String, _ values: StatementArguments) throws -> Int64 {
        guard let number = try number(question, values) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return number
    }

    /// What is there already, or what the insertion makes.
    private func number(
        _ question: String, _ values: StatementArguments, else insert: () throws -> Void
    ) throws -> Int64 {
        if let number = try number(question, values) { return number }
        try insert()
        return database.lastInsertedRowID
    }

    mutating func number(of text: String) throws -> Int64 {
        if let number = texts[text] { return number }
        let number = try number("SELECT id FROM text WHERE value = ?", [text]) {
            try run("INSERT INTO text (value) VALUES (?)", [text])
        }
        texts[text] = number
        return number
    }

    func number(of recording: Recording) throws -> Int64 {
        try run(
            """
            INSERT INTO recording (key, kind, name, program, packs, digest, geography, first_packet, last_packet)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET program = excluded.program,
            packs = excluded.packs, digest = excluded.digest, geography = excluded.geography,
            first_packet = min(ifnull(first_packet, excluded.first_packet), ifnull(excluded.first_packet, first_packet)),
            last_packet = max(ifnull(last_packet, excluded.last_packet), ifnull(excluded.last_packet, last_packet))
            """,
            [
                recording.id, recording.kind.rawValue, recording.name, recording.program,
                Lines.joined(recording.packs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }),
                recording.packsDigest, recording.geography, recording.firstPacket?.nanoseconds,
                recording.lastPacket?.nanoseconds,
            ])
        return try known("SELECT id FROM recording WHERE key = ?", [recording.id])
    }

    func number(of host: Host, at time: Timestamp) throws -> Int64 {
        try run(
            """
            INSERT INTO host (key, identity, address, mac, name, name_source, owner, site, last_seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET identity = excluded.identity,
            address = excluded.address, mac = ifnull(excluded.mac, mac), name = ifnull(excluded.name, name),
            name_source = ifnull(excluded.name_source, name_source), owner = ifnull(excluded.owner, owner),
            site = ifnull(excluded.site, site), last_seen = excluded.last_seen WHERE excluded.last_seen >= last_seen
            """,
            [
                host.id, host.identity.rawValue, "\(host.address)", host.mac.map { "\($0)" }, host.name,
                host.nameSource?.rawValue, host.owner, host.site, time.nanoseconds,
            ])
        return try known("SELECT id FROM host WHERE key = ?", [host.id])
    }

    mutating func number(of vendor: Vendor) throws -> Int64 {
        if let number = vendors[vendor] { return number }
        try run(
            """
            INSERT INTO vendor (key, name, aliases, headquarters, version) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO
            UPDATE SET name = excluded.name, aliases = excluded.aliases, headquarters = excluded.headquarters,
            version = excluded.version WHERE excluded.version >= version
            """,
            [vendor.id, vendor.name, Lines.joined(vendor.aliases), vendor.headquarters, vendor.version])
        let number = try known("SELECT id FROM vendor WHERE key = ?", [vendor.id])
        vendors[vendor] = number
        return number
    }

    mutating func number(of endpoint: Endpoint) throws -> Int64 {
        if let known = endpoints[ObjectIdentifier(endpoint)] { return known.number }
        let version = endpoint.vendor.version
        let vendor = try number(of: endpoint.vendor)
        let number = try number("SELECT id FROM endpoint WHERE key = ? AND version = ?", [endpoint.id, version]) {
            try run(
                """
                INSERT INTO endpoint (key, version, vendor, label, kind, subject, product, category, confidence, ports,
                region, sources, note, shared) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    endpoint.id, version, vendor, endpoint.label, endpoint.subject.word, endpoint.subject.text,
                    endpoint.product, endpoint.category.rawValue, endpoint.confidence.rawValue,
                    Lines.joined(endpoint.ports.map { "\($0)" }), endpoint.region, Lines.joined(endpoint.sources),
                    endpoint.note, endpoint.isShared,
                ])
        }
        // The endpoint is kept as well: another one must not get its address in memory meanwhile.
        endpoints[ObjectIdentifier(endpoint)] = (number, endpoint)
        return number
    }

    mutating func number(of place: Place) throws -> Int64 {
        if let number = places[place] { return number }
        let system = place.autonomousSystem
        let values: StatementArguments = [
            place.country, system.map { Int64($0.number) }, system?.organisation, place.isUncertain, place.operator,
            place.basis,
        ]
        let number = try number(
            """
            SELECT id FROM place WHERE country IS ? AND system IS ? AND organization IS ? AND uncertain = ?
            AND operator IS ? AND basis IS ?
            """, values
        ) {
            try run(
                "INSERT INTO place (country, system, organization, uncertain, operator, basis) VALUES (?, ?, ?, ?, ?, ?)",
                values)
        }
        places[place] = number
        return number
    }

    // MARK: Findings

    /// - Parameter texts: product, country and exception.
    func finding(host: Int64, vendor: Int64, _ texts: StatementArguments) throws -> Int64? {
        try number(
            "SELECT id FROM finding WHERE host = ? AND vendor = ? AND product = ? AND country = ? AND exception = ?",
            [host, vendor] + texts)
    }

    func finding(_ key: Finding.Key) throws -> Int64? {
        guard let host = try number("SELECT id FROM host WHERE key = ?", [key.host]),
            let vendor = try number("SELECT id FROM vendor WHERE key = ?", [key.vendor])
        else { return nil }
        return try finding(host: host, vendor: vendor, [key.product, key.destination.text, key.exception ?? ""])
    }

    /// The finding that an alert is about. One that became another before it was written is put down by its key alone,
    /// so that no alert is lost.
    func finding(ofAlert alert: AlertEntry, change: Int64) throws -> Int64 {
        let key = alert.finding
        if let known = try finding(key) { return known }
        try run(
            "INSERT INTO host (key, identity, address, last_seen) VALUES (?, 'address', '', ?) ON CONFLICT DO NOTHING",
            [key.host, Int64.min])
        try run(
            """
            INSERT INTO vendor (key, name, aliases, headquarters, version) VALUES (?1, ?1, '', '', '')
            ON CONFLICT DO NOTHING
            """, [key.vendor])
        try run(
            """
            INSERT INTO finding (host, vendor, product, country, exception, first_seen, last_seen, severity, contacts,
            starts, change) VALUES ((SELECT id FROM host WHERE key = ?), (SELECT id FROM vendor WHERE key = ?), ?, ?, ?,
            ?6, ?6, ?, 0, x'', ?)
            """,
            [
                key.host, key.vendor, key.product, key.destination.text, key.exception ?? "", alert.time.nanoseconds,
                alert.severity.rank, change,
            ])
        return database.lastInsertedRowID
    }
}
