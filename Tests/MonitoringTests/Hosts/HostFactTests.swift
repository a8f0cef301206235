import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// What the monitor tells of hosts.
@Suite struct HostFactTests {
    static let card = "00:0c:29:aa:bb:cc", other = "00:0c:29:00:00:02"
    private static let device: Endpoint = {
        guard let prefix = MACPrefix("00:09:0f") else { preconditionFailure("00:09:0f is no prefix") }
        return Endpoint(
            subject: .mac(prefix), vendor: vendor, product: "Box", category: .management, confidence: .high, ports: [],
            region: nil, sources: ["https://vendor.example/macs"], note: nil)
    }()

    private static func sensor(readsHosts: Bool = true, interval: Int64 = 600) -> Sensor {
        let sensor = Sensor()
        sensor.monitor = Monitor(
            endpoints: EndpointTable([device]),
            settings: Monitor.Settings(readsHosts: readsHosts, hostInterval: interval, seed: 1))
        return sensor
    }

    private static func text(_ fact: HostFact) -> String {
        "\(fact.source.rawValue) \(fact.address) \(fact.hardware.map { "\($0)" } ?? "-") \(fact.name.map { "\($0)" } ?? "-")"
    }

    private static func facts(_ sensor: Sensor) -> [String] { sensor.monitor.hostFacts.map(text) }

    private static func dhcpFrame(_ message: [UInt8], reply: Bool = false) -> [UInt8] {
        reply
            ? Wire.udpFrame(End("10.0.0.1", 67), End("255.255.255.255", 68), message)
            : Wire.udpFrame(End("0.0.0.0", 68), End("255.255.255.255", 67), message)
    }

    private static func request(_ options: [[UInt8]] = [], client: String = "0.0.0.0") -> [UInt8] {
        dhcpFrame(HostBytes.dhcp(client: client, hardware: card, [HostBytes.option(53, [3])] + options))
    }

    private static func acknowledgement(_ address: String, identifier: UInt32 = 0x1234_5678) -> [UInt8] {
        dhcpFrame(
            HostBytes.dhcp(
                reply: true, identifier: identifier, your: address, hardware: card,
                [HostBytes.option(53, [5]), HostBytes.option(51, u32(3_600))]), reply: true)
    }

    // MARK: What is told, and when

    @Test func `who did not ask for hosts is told none`() {
        let sensor = Self.sensor(readsHosts: false)
        sensor.see(HostBytes.arpFrame("00:09:0f:00:00:01", "10.0.0.5"))
        sensor.see(Self.acknowledgement("10.0.0.5"))
        #expect(sensor.monitor.hostFacts.isEmpty && sensor.monitor.sightings.isEmpty)
    }

    @Test func `ARP tells once where an address is, again after ten minutes, and at once when it moves`() {
        let sensor = Self.sensor()
        let frame = HostBytes.arpFrame(Self.card, "10.0.0.5")
        for second in [0.0, 1, 599] { sensor.see(frame, at: second) }
        #expect(Self.facts(sensor) == ["arp 10.0.0.5 \(Self.card) -"])
        sensor.see(frame, at: 600)
        #expect(sensor.monitor.hostFacts.count == 2)
        sensor.see(HostBytes.arpFrame(Self.other, "10.0.0.5", operation: 2), at: 601)
        #expect(Self.facts(sensor).last == "arp 10.0.0.5 \(Self.other) -")
        sensor.monitor.removeObservations()
        #expect(sensor.monitor.hostFacts.isEmpty && sensor.counters.hostFacts == 3)
    }

    @Test func `hosts outside, probes and broken packets are told nowhere`() {
        let sensor = Self.sensor()
        sensor.see(HostBytes.arpFrame(Self.card, "203.0.113.9"))
        sensor.see(HostBytes.arpFrame(Self.card, "0.0.0.0"))
        let frame = HostBytes.arpFrame(Self.card, "10.0.0.5")
        sensor.see(Array(frame.prefix(30)))
        sensor.see(frame, snapLength: 30)
        #expect(sensor.monitor.hostFacts.isEmpty)
        #expect(sensor.counters[.arpMalformed] == 1 && sensor.counters[.cutBySnapLength] == 1)
    }

    @Test func `a lease is told with what its client had said of itself`() {
        let sensor = Self.sensor()
        sensor.see(Self.request([HostBytes.option(12, "reception-pc"), HostBytes.option(60, "MSFT 5.0")]), at: 1)
        #expect(sensor.monitor.hostFacts.isEmpty)
        sensor.see(Self.acknowledgement("10.0.0.5"), at: 2)
        #expect(Self.facts(sensor) == ["dhcp 10.0.0.5 \(Self.card) reception-pc"])
        let fact = sensor.monitor.hostFacts[0]
        #expect(fact.vendorClass == "MSFT 5.0" && fact.leaseEnd?.seconds(since: fact.time) == 3_600)
        // Another exchange of the same card does not inherit the name.
        sensor.see(Self.acknowledgement("10.0.0.6", identifier: 9), at: 3)
        #expect(Self.facts(sensor).last == "dhcp 10.0.0.6 \(Self.card) -")
    }

    @Test func `a client that renews its lease tells by itself where it is`() {
        let sensor = Self.sensor()
        sensor.see(Self.request([HostBytes.option(12, "reception-pc")], client: "10.0.0.5"))
        #expect(Self.facts(sensor) == ["dhcp 10.0.0.5 \(Self.card) reception-pc"])
        // What it merely asks for it may not get.
        sensor.see(Self.request([HostBytes.option(50, [10, 0, 0, 7])]))
        #expect(sensor.monitor.hostFacts.count == 1)
    }

    @Test func `DHCPv6 and neighbour discovery tell the same of IPv6`() {
        let sensor = Self.sensor()
        let name = HostBytes.option6(39, [1] + HostBytes.labels("pc.example.org"))
        let (client, server) = (End("fe80::5", 546), End("fe80::1", 547))
        sensor.see(
            Wire.udpFrame(client, End("ff02::1:2", 547), HostBytes.dhcp6(3, [HostBytes.identifier(Self.card), name])))
        sensor.see(
            Wire.udpFrame(
                server, client,
                HostBytes.dhcp6(7, [HostBytes.identifier(Self.card), HostBytes.association([("fd20::5", 7_200)])])))
        sensor.see(HostBytes.neighborFrame(136, from: "fe80::5", target: "fd20::77", hardware: Self.card))
        sensor.see(HostBytes.neighborFrame(135, from: "::", target: "fd20::78"))
        #expect(
            Self.facts(sensor) == [
                "dhcpv6 fd20::5 \(Self.card) pc.example.org", "nd fd20::77 \(Self.card) -",
            ])
    }

    @Test func `mDNS and NetBIOS tell names without a card`() {
        let sensor = Self.sensor()
        let records =
            DNSBytes.record(DNSBytes.name("printer.local"), type: 1, class: 0x8001, [10, 0, 0, 7])
            + DNSBytes.record(DNSBytes.pointer(12), type: 28, class: 0x8001, ip("fd20::7").bytes)
            + DNSBytes.record(DNSBytes.name("gone.local"), type: 1, ttl: 0, [10, 0, 0, 8])
            + DNSBytes.record(DNSBytes.name("www.example.com"), type: 1, [10, 0, 0, 9])
        let answer = DNSBytes.header(flags: 0x8400, questions: 0, answers: 2, additional: 2) + records
        sensor.see(Wire.udpFrame(End("10.0.0.7", 5353), End("224.0.0.251", 5353), answer))
        sensor.see(
            Wire.udpFrame(
                End("10.0.0.5", 137), End("10.0.0.255", 137),
                HostBytes.netbios("RECEPTION", addresses: ["10.0.0.5"])))
        #expect(
            Self.facts(sensor) == [
                "mdns 10.0.0.7 - printer.local", "mdns fd20::7 - printer.local", "netbios 10.0.0.5 - reception",
            ])
        #expect(sensor.names.isEmpty)
    }

    // MARK: Bounds

    @Test func `a flood of forged addresses is bounded and counted`() {
        let sensor = Self.sensor()
        let count = 70_000
        for number in 0..<count {
            let address = "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"
            sensor.see(HostBytes.arpFrame(Self.card, address))
        }
        #expect(sensor.monitor.hostFacts.count == Monitor.factLimit)
        #expect(sensor.counters.hostFactsDropped == UInt64(count - Monitor.factLimit))
        #expect(sensor.counters.toldHostsEvicted == UInt64(count - ToldHosts.limit))
    }

    // MARK: Devices of vendors

    @Test func `a vendor's hardware address is a sighting of a device, once for each address`() throws {
        let sensor = Self.sensor()
        let box = "00:09:0f:12:34:56"
        sensor.see(HostBytes.arpFrame(box, "10.0.0.1"), at: 0)
        sensor.see(HostBytes.arpFrame(box, "10.0.0.1"), at: 700)
        sensor.see(HostBytes.arpFrame(Self.card, "10.0.0.5"), at: 701)
        sensor.see(HostBytes.neighborFrame(136, from: "fe80::1", target: "fd20::1", hardware: box), at: 702)
        #expect(sensor.monitor.sightings.map { "\($0.client) \($0.value)" } == ["10.0.0.1 \(box)", "fd20::1 \(box)"])
        let sighting = try #require(sensor.monitor.sightings.first)
        #expect(sighting.method == .mac && sighting.server == sighting.client && sighting.name.isEmpty)
        #expect(sighting.clientPort == 0 && sighting.serverPort == 0 && sighting.endpoint === Self.device)
        #expect(sensor.counters.matches == 2)
    }

    @Test func `a vendor's device that sends traffic of others makes no device of them`() {
        let sensor = Self.sensor()
        // The frame comes from the box; the packet does not.
        var frame = Wire.udpFrame(End("10.0.0.5", 40_000), End("203.0.113.9", 9), [1, 2, 3])
        frame.replaceSubrange(6..<12, with: HostBytes.bytes(HostBytes.mac("00:09:0f:12:34:56")))
        sensor.see(frame)
        #expect(sensor.monitor.sightings.isEmpty && sensor.monitor.hostFacts.isEmpty)
    }

    @Test func `a vendor's router that answers ARP for others is not at all their addresses`() {
        let sensor = Self.sensor()
        for host in 1...50 {
            sensor.see(HostBytes.arpFrame("00:09:0f:12:34:56", "10.0.1.\(host)", operation: 2), at: Double(host))
        }
        #expect(sensor.monitor.sightings.count == AddressClaims.hostLimit)
    }
}
