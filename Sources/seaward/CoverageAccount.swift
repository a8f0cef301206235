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
    let sequence_gaps: UInt64
    /// Packets that were seen before.
    let copies: UInt64
    /// Flows, waiting names and datagrams that were let go for want of memory.
    let limits_reached: UInt64

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
        sequence_gaps = counters.sequenceGaps
        copies = counters.copies
        limits_reached = counters.flowsEvicted + counters.prefixesEvicted + counters.datagramsEvicted
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
        add("gaps in TCP streams", sequence_gaps)
        add("packets seen twice", copies)
        add("let go at a limit", limits_reached)
        return table
    }
}
