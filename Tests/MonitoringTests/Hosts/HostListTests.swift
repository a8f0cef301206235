import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct HostListTests {
    private static let card = HostBytes.mac("00:0c:29:00:00:01"), other = HostBytes.mac("00:0c:29:00:00:02")

    private static func fact(
        _ source: HostFact.Source, at hardware: MACAddress? = nil, named name: String? = nil, _ seconds: Int64
    ) -> HostFact {
        HostFact(
            time: Timestamp(nanoseconds: seconds * 1_000_000_000), source: source, address: ip("10.0.0.5"),
            hardware: hardware, name: name.map { HostName($0) })
    }

    @Test func `an address is one record for each card that it was at`() {
        var list = HostList()
        list.add(Self.fact(.mdns, named: "one.local", 1))
        list.add(Self.fact(.arp, at: Self.card, 2))
        list.add(Self.fact(.mdns, named: "one.local", 3))
        list.add(Self.fact(.dhcp, at: Self.other, named: "two", 4))
        list.add(Self.fact(.netbios, named: "two", 5))
        #expect(list.records.map(\.hardware) == [Self.card, Self.other])
        #expect(list.records[0].names.map(\.name) == ["one.local"] && list.records[0].sources == [.mdns, .arp])
        #expect(list.records[0].firstSeen.nanoseconds == 1_000_000_000)
        #expect(list.records[0].lastSeen.nanoseconds == 3_000_000_000)
        #expect(list.records[1].names.map(\.source) == [.dhcp, .netbios] && list.dropped == 0)
    }
}
