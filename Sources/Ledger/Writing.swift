import GRDB
import Monitoring

/// How a batch gets into the tables: of counts the larger, of times the earliest and the latest. So the same batch may
/// come again and again.
extension Ledger {
    package func write(_ batch: Batch) throws(LedgerError) {
        try write { database in
            let recording = try Self.number(of: batch.recording, database)
            let change = try (Int64.fetchOne(database, sql: "SELECT max(change) FROM finding") ?? 0) + 1
            for key in batch.removed { try Self.remove(key, recording, database) }
            for finding in batch.findings { try Self.write(finding, recording, change, database) }
            for alert in batch.alerts { try Self.write(alert, database) }
            for hour in batch.hours { try Self.write(hour, recording, database) }
        }
    }

    private static func run(_ sql: String, _ values: StatementArguments, _ database: Database) throws {
        try database.cachedStatement(sql: sql).execute(arguments: values)
    }

    private static func number(_ sql: String, _ values: StatementArguments, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: values)
    }

    static func number(of recording: Recording, _ database: Database) throws -> Int64 {
        let packs = recording.packs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        try run(
            """
            INSERT INTO recording (key, kind, name, program, packs, digest, geography, first_packet, last_packet)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET program = excluded.program,
            packs = excluded.packs, digest = excluded.digest, geography = excluded.geography,
            first_packet = min(ifnull(first_packet, excluded.first_packet), ifnull(excluded.first_packet, first_packet)),
            last_packet = max(ifnull(last_packet, excluded.last_packet), ifnull(excluded.last_packet, last_packet))
            """,
            [
                recording.id, recording.kind.rawValue, recording.name, recording.program, packs, recording.packsDigest,
                recording.geography, recording.firstPacket?.nanoseconds, recording.lastPacket?.nanoseconds,
            ], database)
        return try number("SELECT id FROM recording WHERE key = ?", [recording.id], database) ?? 0
    }

    private static func number(of host: Host, at time: Timestamp, _ database: Database) throws -> Int64 {
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
                host.nameSource?.rawValue, host.owner,
                host.site, time.nanoseconds,
            ], database)
        return try number("SELECT id FROM host WHERE key = ?", [host.id], database) ?? 0
    }

    private static func number(of vendor: Vendor, _ database: Database) throws -> Int64 {
        try run(
            """
            INSERT INTO vendor (key, name, aliases, headquarters, version) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO
            UPDATE SET name = excluded.name, aliases = excluded.aliases, headquarters = excluded.headquarters,
            version = excluded.version WHERE excluded.version >= version
            """,
            [vendor.id, vendor.name, Lines.joined(vendor.aliases), vendor.headquarters, vendor.version], database)
        return try number("SELECT id FROM vendor WHERE key = ?", [vendor.id], database) ?? 0
    }

    private static func number(of endpoint: Endpoint, _ database: Database) throws -> Int64 {
        let version = endpoint.vendor.version
        let known = "SELECT id FROM endpoint WHERE key = ? AND version = ?"
        if let id = try number(known, [endpoint.id, version], database) { return id }
        let vendor = try number(of: endpoint.vendor, database)
        try run(
            """
            INSERT INTO endpoint (key, version, vendor, label, kind, subject, product, category, confidence, ports, region,
            sources, note, shared) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                endpoint.id, version, vendor, endpoint.label, endpoint.subject.word, endpoint.subject.text,
                endpoint.product, endpoint.category.rawValue, endpoint.confidence.rawValue,
                Lines.joined(endpoint.ports.map { "\($0)" }), endpoint.region, Lines.joined(endpoint.sources),
                endpoint.note, endpoint.isShared,
            ], database)
        return database.lastInsertedRowID
    }

    private static let finding = """
        SELECT finding.id FROM finding JOIN host ON host.id = finding.host JOIN vendor ON vendor.id = finding.vendor
        WHERE host.key = ? AND vendor.key = ? AND product = ? AND country = ? AND exception = ?
        """

    static func number(of key: Finding.Key, _ database: Database) throws -> Int64? {
        try number(
            finding, [key.host, key.vendor, key.product, key.destination.text, key.exception ?? ""], database)
    }

    private static func remove(_ key: Finding.Key, _ recording: Int64, _ database: Database) throws {
        guard let id = try number(of: key, database) else { return }
        for table in ["day", "evidence", "destination"] {
            try run("DELETE FROM \(table) WHERE finding = ? AND recording = ?", [id, recording], database)
        }
        guard try number("SELECT 1 FROM day WHERE finding = ? LIMIT 1", [id], database) == nil else { return }
        try run("DELETE FROM finding WHERE id = ?", [id], database)
    }

    private static func write(
        _ finding: Finding, _ recording: Int64, _ change: Int64, _ database: Database
    ) throws {
        let key = finding.key
        let host = try number(of: finding.host, at: finding.lastSeen, database)
        let vendor = try number(of: finding.vendor, database)
        let starts = Lines.joined(finding.rhythm.memory.map { "\($0)" })
        try run(
            """
            INSERT INTO finding (host, vendor, product, country, exception, approved_by, until, first_seen, last_seen,
            severity, contacts, starts, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen),
            last_seen = max(last_seen, excluded.last_seen), severity = max(severity, excluded.severity),
            starts = iif(excluded.contacts >= contacts, excluded.starts, starts),
            contacts = max(contacts, excluded.contacts), approved_by = excluded.approved_by, until = excluded.until,
            change = excluded.change
            """,
            [
                host, vendor, key.product, key.destination.text, key.exception ?? "", finding.exception?.approvedBy,
                finding.exception?.until?.day, finding.firstSeen.nanoseconds, finding.lastSeen.nanoseconds,
                finding.severity.rank, Int64(clamping: finding.rhythm.contacts), starts, change,
            ], database)
        guard let id = try number(of: key, database) else { return }
        for day in finding.days { try write(day, id, recording, database) }
        for evidence in finding.evidence { try write(evidence, id, recording, database) }
        for destination in finding.destinations { try write(destination, id, recording, database) }
    }

    private static func write(_ day: Day, _ finding: Int64, _ recording: Int64, _ database: Database) throws {
        try run(
            """
            INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
            severity = max(severity, excluded.severity), lookups = max(lookups, excluded.lookups),
            flows = max(flows, excluded.flows), bytes_out = max(bytes_out, excluded.bytes_out),
            bytes_in = max(bytes_in, excluded.bytes_in), packets_out = max(packets_out, excluded.packets_out),
            packets_in = max(packets_in, excluded.packets_in),
            application_out = max(application_out, excluded.application_out)
            """,
            [finding, day.number, recording, day.severity.rank, Int64(clamping: day.tally.lookups)]
                + StatementArguments(day.tally.columns), database)
    }

    private static func write(
        _ evidence: Evidence, _ finding: Int64, _ recording: Int64, _ database: Database
    ) throws {
        // Known from another recording, and not seen in this one.
        guard evidence.count > 0 else { return }
        let endpoint = try number(of: evidence.endpoint, database)
        try run(
            """
            INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
            count = max(count, excluded.count), first_seen = min(first_seen, excluded.first_seen),
            last_seen = max(last_seen, excluded.last_seen)
            """,
            [
                finding, endpoint, evidence.method.rawValue, evidence.value, recording, evidence.isContradiction,
                Int64(clamping: evidence.count), evidence.firstSeen.nanoseconds, evidence.lastSeen.nanoseconds,
            ], database)
    }

    private static func write(
        _ destination: Destination, _ finding: Int64, _ recording: Int64, _ database: Database
    ) throws {
        let place = destination.place
        try run(
            """
            INSERT INTO destination VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
            country = excluded.country, system = excluded.system, organization = excluded.organization,
            uncertain = excluded.uncertain, shared_by = excluded.shared_by, basis = excluded.basis,
            flows = max(flows, excluded.flows), bytes_out = max(bytes_out, excluded.bytes_out),
            bytes_in = max(bytes_in, excluded.bytes_in), packets_out = max(packets_out, excluded.packets_out),
            packets_in = max(packets_in, excluded.packets_in),
            application_out = max(application_out, excluded.application_out),
            first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
            """,
            [
                finding, "\(destination.address)", recording, place.country,
                place.autonomousSystem.map { Int64($0.number) },
                place.autonomousSystem?.organisation, place.isUncertain, place.operator, place.basis,
            ] + StatementArguments(destination.tally.columns)
                + [destination.firstSeen.nanoseconds, destination.lastSeen.nanoseconds], database)
    }

    private static func write(_ alert: AlertEntry, _ database: Database) throws {
        guard let finding = try number(of: alert.finding, database) else { return }
        try run(
            "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [alert.id, alert.time.nanoseconds, alert.action, alert.severity.rank, finding, alert.reason], database)
    }

    private static let hour: String = {
        let names = HourColumns.names
        let marks = Array(repeating: "?", count: names.count + 2).joined(separator: ", ")
        let larger = names.map { "\($0) = max(\($0), excluded.\($0))" }.joined(separator: ", ")
        return "INSERT INTO hour VALUES (\(marks)) ON CONFLICT DO UPDATE SET \(larger)"
    }()

    private static func write(_ hour: CoverageHour, _ recording: Int64, _ database: Database) throws {
        try run(
            Self.hour, [hour.number, recording] + StatementArguments(HourColumns.values(hour)), database)
    }
}

extension Tally {
    /// Without look-ups, in the order of the tables.
    var columns: [Int64] {
        [flows, bytesOut, bytesIn, packetsOut, packetsIn, applicationBytesOut].map { Int64(clamping: $0) }
    }

    init(lookups: Int64, columns: [Int64]) {
        self.init()
        self.lookups = UInt64(clamping: lookups)
        (flows, bytesOut, bytesIn) = (
            UInt64(clamping: columns[0]), UInt64(clamping: columns[1]), UInt64(clamping: columns[2])
        )
        (packetsOut, packetsIn) = (UInt64(clamping: columns[3]), UInt64(clamping: columns[4]))
        applicationBytesOut = UInt64(clamping: columns[5])
    }
}

extension Severity {
    /// The worse the higher, from 0: what the tables keep.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    init(rank: Int) { self = Self.allCases.indices.contains(rank) ? Self.allCases[rank] : .info }
}

/// Short texts that hold no line end, in one column.
enum Lines {
    static func joined(_ texts: [String]) -> String { texts.joined(separator: "\n") }
    static func split(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
