import Monitoring

/// What the sensor was able to see, for the end of `names --coverage`.
struct CoverageAccount: Encodable {
    let flows: UInt64
    /// Flows by the surest method that named them; those that named none are left out.
    let named: [String: UInt64]
    /// Flows without a name, by why.
    let without_name: [String: UInt64]
    let one_way_flows: UInt64
    /// Flows whose hello has the ECH extension: another name may be behind the one that is shown.
    let encrypted_client_hello_flows: UInt64
    let encrypted_dns_flows: UInt64
    /// Flows to relays that hide look-ups and contacts alike.
    let relay_flows: UInt64
    /// Whose flows to encrypted DNS and relays these are, by client and server.
    let encrypted_dns: [HiddenLookups]
    /// Of them, those that found the list full.
    let encrypted_dns_flows_not_listed: UInt64
    let sequence_gaps: UInt64
    /// Packets that were seen before.
    let copies: UInt64
    /// Flows, waiting names, datagrams and what DNS had told: what was let go for want of memory.
    let limits_reached: UInt64

    /// What one client asks one resolver in secret.
    struct HiddenLookups: Encodable {
        let client, server: String
        let port: UInt16
        let transport: String
        /// Left out where the port alone tells.
        let `operator`: String?
        let kind: String
        let country: String?
        let by: String
        let flows: UInt64

        init(_ record: EncryptedDNSList.Record) {
            client = "\(record.client)"
            server = "\(record.server)"
            port = record.port
            transport = "\(record.transport)"
            `operator` = record.resolver?.operator
            kind = (record.resolver?.kind ?? .resolver).rawValue
            country = record.resolver?.country
            by = record.evidence.rawValue
            flows = record.flows
        }
    }

    init(_ counters: Counters) {
        let coverage = counters.coverage
        flows = coverage.flows
        named = Dictionary(uniqueKeysWithValues: Method.allCases.map { ($0.rawValue, coverage[$0]) })
            .filter { $0.value > 0 }
        without_name = Dictionary(uniqueKeysWithValues: Coverage.Blank.allCases.map { ($0.rawValue, coverage[$0]) })
            .filter { $0.value > 0 }
        one_way_flows = coverage.oneWayFlows
        encrypted_client_hello_flows = coverage.encryptedNameFlows
        encrypted_dns_flows = coverage.encryptedDNSFlows
        relay_flows = coverage.relayFlows
        encrypted_dns = coverage.encryptedDNS.records
            .sorted { ($0.client, $0.server, $0.port) < ($1.client, $1.server, $1.port) }
            .map(HiddenLookups.init)
        encrypted_dns_flows_not_listed = coverage.encryptedDNS.unlistedFlows
        sequence_gaps = counters.sequenceGaps
        copies = counters.copies
        limits_reached = counters.limitsReached
    }

    /// The account as people read it.
    var table: TextTable {
        var table = TextTable(["COVERAGE", "COUNT"])
        func add(_ what: String, _ count: UInt64) { table.add([what, "\(count)"]) }
        func addEach(_ counts: [String: UInt64]) {
            for (word, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                add("    \(word)", count)
            }
        }
        add("flows", flows)
        add("  with a name", named.values.reduce(0, +))
        addEach(named)
        add("  without a name", without_name.values.reduce(0, +))
        addEach(without_name)
        add("  seen one way only", one_way_flows)
        add("  with Encrypted Client Hello", encrypted_client_hello_flows)
        add("  to encrypted DNS", encrypted_dns_flows)
        if relay_flows > 0 { add("  to relays that hide names", relay_flows) }
        if encrypted_dns_flows_not_listed > 0 {
            add("  of these two, beyond the list of clients", encrypted_dns_flows_not_listed)
        }
        add("gaps in TCP streams", sequence_gaps)
        add("packets seen twice", copies)
        add("let go at a limit", limits_reached)
        return table
    }

    /// The clients that ask in secret, as people read them.
    var clients: TextTable {
        var table = TextTable(["HIDES LOOK-UPS", "SERVER", "PORT", "KIND", "OPERATOR", "KNOWN BY", "FLOWS"])
        for entry in encrypted_dns {
            table.add([
                entry.client, entry.server, "\(entry.port)/\(entry.transport)", entry.kind, entry.operator ?? "unknown",
                entry.by, "\(entry.flows)",
            ])
        }
        return table
    }
}
