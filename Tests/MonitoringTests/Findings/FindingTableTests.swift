import Decoding
@testable import Monitoring
import TestSupport
import Testing

@Suite struct FindingTableTests {
    private let us = Place(country: "US")

    private func sighting(
        _ detail: Sighting.Detail = .hello(HelloFacts(over: .tls, version: .tls13)), client: String = "10.0.0.5",
        server: String = "203.0.113.9", at seconds: Int64 = 0, category: Monitoring.Category = .telemetry,
        confidence: Confidence = .medium, contact: UInt64 = 0, shared: Bool = false
    ) -> Sighting {
        let endpoint = Endpoint(
            subject: .suffix(HostName("vendor.example")), vendor: vendor, product: "Agent", category: category,
            confidence: confidence, ports: [], region: nil, sources: ["https://vendor.example/ports"], note: nil,
            isShared: shared)
        var sighting = Sighting(
            time: Timestamp(nanoseconds: seconds * 1_000_000_000), name: HostName("up.vendor.example"), detail: detail,
            client: ip(client), server: ip(server), clientPort: 50_000, serverPort: 443, transport: .tcp, vlan: 0,
            interface: 0, endpoint: endpoint)
        sighting.contact = contact
        return sighting
    }

    private func traffic(_ out: UInt64, data: UInt64, of contact: UInt64 = 7, at seconds: Int64 = 1) -> Traffic {
        var tally = Tally()
        (tally.bytesOut, tally.applicationBytesOut) = (out, data)
        let time = Timestamp(nanoseconds: seconds * 1_000_000_000)
        return Traffic(contact: contact, start: time, time: time, tally: tally, isLast: false)
    }

    @discardableResult
    private func add(
        _ sighting: Sighting, to table: inout FindingTable, place: Place? = nil, host: Host? = nil,
        exception: Exception? = nil
    ) -> Finding? {
        table.add(
            sighting, of: host ?? Host(at: sighting.client), at: place, exceptedBy: exception, stored: { _ in nil }
        ).flatMap { table[$0] }
    }

    // The table of severities, through the whole path: product.md, Severity.
    @Test(arguments: [
        (nil, Monitoring.Category.telemetry, UInt64(5_000), UInt64(4_000), Severity.notice),
        ("CN", .telemetry, 5_000, 4_000, .notice), ("US", .telemetry, 5_000, 0, .warning),
        ("US", .telemetry, 5_000, 4_000, .critical), ("US", .update, 5_000, 4_000, .warning),
        ("US", .update, 1 << 20, 4_000, .warning), ("US", .update, 1 << 20 + 1, 0, .critical),
        ("US", .portal, 1 << 21, 4_000, .notice), ("HK", .support, 5_000, 1, .critical),
    ])
    func `where it goes, what for and how much make the severity`(
        _ country: String?, _ category: Monitoring.Category, _ bytes: UInt64, _ data: UInt64, _ expected: Severity
    ) {
        var table = FindingTable()
        add(sighting(category: category, contact: 7), to: &table, place: Place(country: country))
        let key = table.add(traffic(bytes, data: data))
        #expect(key.flatMap { table[$0] }?.severity == expected)
    }

    @Test func `territories that are domestic are not overseas`() {
        var table = FindingTable(settings: FindingTable.Settings(domestic: ["CN", "HK"]))
        #expect(add(sighting(), to: &table, place: Place(country: "HK"))?.severity == .notice)
        #expect(add(sighting(), to: &table, place: us)?.severity == .warning)
    }

    @Test func `bytes of the last day count together, older ones do not`() {
        var table = FindingTable()
        add(sighting(category: .update, contact: 7), to: &table, place: us)
        for hour in 0..<Int64(30) {
            let key = table.add(traffic(40_000, data: 0, at: hour * 3_600))
            // 24 hours of 40,000 bytes stay below a mebibyte.
            #expect(key.flatMap { table[$0] }?.severity == .warning)
        }
        let key = table.add(traffic(100_000, data: 0, at: 29 * 3_600))
        #expect(key.flatMap { table[$0] }?.severity == .critical)
    }

    @Test func `an address on a shared network never rises above notice`() {
        var table = FindingTable()
        let cloud = Place(country: "US", operator: "Example Cloud")
        add(sighting(.resolved, contact: 7), to: &table, place: cloud)
        let key = table.add(traffic(1 << 22, data: 1 << 22))
        #expect(key.flatMap { table[$0] }?.severity == .notice)
        add(sighting(.address, contact: 8, shared: true), to: &table, place: us)
        #expect(table.add(traffic(1 << 22, data: 1 << 22, of: 8)).flatMap { table[$0] }?.severity == .notice)
        // On an address of its own it does.
        add(sighting(.resolved, contact: 9), to: &table, place: us)
        #expect(table.add(traffic(1, data: 1, of: 9)).flatMap { table[$0] }?.severity == .critical)
    }

    @Test func `an excepted sighting makes a finding of its own`() {
        var table = FindingTable()
        let agreed = Exception(
            client: nil, vendor: nil, product: nil, domain: nil, reason: "agreed", approvedBy: nil, until: nil)
        let excepted = add(sighting(), to: &table, place: us, exception: agreed)
        let ordinary = add(sighting(), to: &table, place: us)
        #expect(excepted?.key.exception == "agreed" && ordinary?.key.exception == nil && table.count == 2)
    }

    @Test func `days part at midnight, and add up`() {
        var table = FindingTable()
        add(sighting(at: 86_399, contact: 7), to: &table, place: us)
        _ = table.add(traffic(10, data: 0, at: 86_399))
        let key = table.add(traffic(20, data: 0, at: 86_400))
        let finding = key.flatMap { table[$0] }
        #expect(finding?.days.map(\.number) == [0, 1] && finding?.days.map(\.tally.bytesOut) == [10, 20])
        #expect(finding?.tally.bytesOut == 30 && finding?.destinations.first?.tally.bytesOut == 30)
    }

    @Test func `evidence that agrees makes surer, a stranger's network less sure`() {
        func fused(_ neighbour: Endpoint?) -> (Confidence, Int) {
            var table = FindingTable()
            var seen = sighting()
            seen.neighbour = neighbour
            let evidence = add(seen, to: &table, place: us)?.evidence ?? []
            return (Confidence(fusing: evidence), evidence.count)
        }
        let other = Vendor(id: "other", name: "Other", aliases: [], headquarters: "US", version: "2026-11-23")
        #expect(fused(nil) == (.medium, 1))
        #expect(fused(endpoint("203.0.113.0/24")) == (.high, 2))
        #expect(fused(endpoint("203.0.113.0/24", of: other)) == (.low, 2))
    }

    @Test func `an address that turns out to be a host gives its findings over, once`() {
        var table = FindingTable()
        let address = ip("10.0.0.5")
        let host = Host(
            id: "mac:00:09:0f:00:00:01", identity: .mac, address: address, mac: MACAddress(bits: 0x00090f_000001))
        let before = add(sighting(contact: 7), to: &table, place: us)
        _ = table.add(traffic(100, data: 0))
        table.adopt(address, into: host, since: Timestamp(nanoseconds: 0))
        add(sighting(at: 5), to: &table, place: us, host: host)
        // The open flow goes on under the new name.
        _ = table.add(traffic(50, data: 0, at: 6))
        let changes = table.takeChanges()
        #expect(changes.findings.map(\.key.host) == [host.id] && changes.removed == [before?.key])
        #expect(changes.findings.first?.tally.bytesOut == 150 && changes.findings.first?.evidence.first?.count == 2)
        #expect(table.count == 1)
    }

    @Test func `a full table lets the longest unseen go`() {
        var table = FindingTable(settings: FindingTable.Settings(limit: 20))
        for number in 0..<20 { add(sighting(client: "10.0.1.\(number)", at: Int64(number)), to: &table) }
        _ = table.takeChanges()
        add(sighting(client: "10.0.2.1", at: 30), to: &table)
        #expect(table.evicted == 3 && table.count == 18)
    }

    @Test func `a flood of clients keeps to the limit also where nobody stores anything`() {
        var table = FindingTable(settings: FindingTable.Settings(limit: 20))
        for number in 0..<200 { add(sighting(client: "10.0.1.\(number)", at: Int64(number)), to: &table) }
        #expect(table.count <= 20 && table.evicted >= 180)
        #expect(table.takeChanges().findings.count == table.count)
    }

    @Test func `another recording begins to count anew and knows what was seen`() {
        var table = FindingTable()
        add(sighting(contact: 7), to: &table, place: us)
        _ = table.add(traffic(100, data: 0))
        table.startRecording()
        let key = table.add(traffic(5, data: 0))
        let finding = key.flatMap { table[$0] }
        #expect(finding?.tally.bytesOut == 5 && finding?.evidence.map(\.count) == [0] && finding?.severity == .warning)
    }
}
