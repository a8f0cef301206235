import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct DNSTests {
    static let client = End("10.0.0.5", 40_000), resolver = End("10.0.0.1", 53)

    static func addresses(_ sensor: Sensor) -> [[String]] {
        sensor.monitor.sightings.map { sighting in
            if case .dns(_, let addresses, _, _) = sighting.detail { addresses.map { "\($0)" } } else { [] }
        }
    }

    static func answer(_ records: [[UInt8]], to name: String = "up.vendor.example") -> [UInt8] {
        let message =
            DNSBytes.header(flags: 0x8180, answers: records.count) + DNSBytes.question(DNSBytes.name(name))
            + records.flatMap { $0 }
        return Wire.udpFrame(resolver, client, message)
    }

    static func alias(_ owner: String, _ target: String) -> [UInt8] {
        DNSBytes.record(DNSBytes.name(owner), type: 5, DNSBytes.name(target))
    }
    static func address(_ owner: String, _ last: UInt8) -> [UInt8] {
        DNSBytes.record(DNSBytes.name(owner), type: 1, [192, 0, 2, last])
    }

    @Test func `a query is told and its answer is no second sighting`() {
        let sensor = Sensor()
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, DNSBytes.query("up.vendor.example")))
        sensor.see(Self.answer([Self.address("up.vendor.example", 1)]))
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters.dnsNames == 1)
    }

    @Test func `an answer without its query names the client`() {
        let sensor = Sensor()
        sensor.see(Self.answer([Self.address("up.vendor.example", 1)]))
        let sighting = sensor.monitor.sightings.first
        #expect(sighting?.client == ip("10.0.0.5") && sighting?.server == ip("10.0.0.1") && sighting?.serverPort == 53)
        #expect(Self.addresses(sensor) == [["192.0.2.1"]])
    }

    @Test func `a chain of aliases is followed in every order of its records`() {
        let records = [
            Self.alias("up.vendor.example", "a.cdn.example"), Self.alias("a.cdn.example", "b.cdn.example"),
            Self.alias("b.cdn.example", "c.cdn.example"), Self.address("c.cdn.example", 1),
            Self.address("other.example", 9),
        ]
        for order in permutations(Array(records.indices)) {
            let sensor = Sensor()
            sensor.see(Self.answer(order.map { records[$0] }))
            #expect(Self.addresses(sensor) == [["192.0.2.1"]], "in the order \(order)")
        }
    }

    @Test func `an HTTPS record's target is followed, and its hints are no answers`() throws {
        func service(_ owner: String, _ data: [UInt8]) -> [UInt8] {
            DNSBytes.record(DNSBytes.name(owner), type: 65, data)
        }
        let records = [
            service("up.vendor.example", DNSBytes.service(0, "a.cdn.example", [])),
            service("a.cdn.example", DNSBytes.service(1, "b.cdn.example", [(4, [198, 51, 100, 7])])),
            Self.address("b.cdn.example", 1), service("other.example", DNSBytes.service(1, "", [(4, [9, 9, 9, 9])])),
        ]
        for order in permutations(Array(records.indices)) {
            let sensor = Sensor()
            sensor.see(Self.answer(order.map { records[$0] }))
            guard case .dns(_, let addresses, let hints, _) = try #require(sensor.monitor.sightings.first).detail else {
                Issue.record("no look-up")
                return
            }
            #expect(addresses.map { "\($0)" } == ["192.0.2.1"] && hints.map { "\($0)" } == ["198.51.100.7"])
        }
    }

    @Test func `an HTTPS record that contradicts itself is counted once, and the others are read`() {
        let broken = DNSBytes.service(1, "", [(4, [1, 2, 3])])
        let sensor = Sensor()
        sensor.see(
            Self.answer([
                Self.alias("up.vendor.example", "a.example"),
                DNSBytes.record(DNSBytes.name("a.example"), type: 65, broken),
                Self.address("a.example", 3),
            ]))
        #expect(Self.addresses(sensor) == [["192.0.2.3"]] && sensor.counters[.dnsServiceBinding] == 1)
    }

    /// RFC 2181, section 5.4.1.
    @Test func `an address in the additional section is no answer`() {
        let message =
            DNSBytes.header(flags: 0x8180, answers: 1, additional: 1)
            + DNSBytes.question(DNSBytes.name("up.vendor.example")) + Self.address("up.vendor.example", 1)
            + Self.address("up.vendor.example", 2)
        let sensor = Sensor()
        sensor.see(Wire.udpFrame(Self.resolver, Self.client, message))
        #expect(Self.addresses(sensor) == [["192.0.2.1"]])
    }

    @Test func `aliases that go in a circle end`() {
        let sensor = Sensor()
        sensor.see(
            Self.answer([
                Self.alias("up.vendor.example", "a.example"), Self.alias("a.example", "up.vendor.example"),
                Self.address("a.example", 2),
            ]))
        #expect(Self.addresses(sensor) == [["192.0.2.2"]])
    }

    @Test func `a chain of aliases too long to be honest is cut`() {
        let sensor = Sensor()
        let chain = (0..<40).map { Self.alias($0 == 0 ? "up.vendor.example" : "a\($0).example", "a\($0 + 1).example") }
        sensor.see(Self.answer(chain.reversed() + [Self.address("a40.example", 2)]))
        #expect(Self.addresses(sensor) == [[]])
    }

    @Test func `the answers before a defect hold and the defect is counted once`() {
        let sensor = Sensor()
        sensor.see(Self.answer([Self.address("up.vendor.example", 1), DNSBytes.pointer(0x3fff) + [0, 1]]))
        #expect(Self.addresses(sensor) == [["192.0.2.1"]] && sensor.counters[.dnsPointerForward] == 1)
    }

    @Test func `an answer cut by the snap length is not malformed`() {
        let sensor = Sensor()
        sensor.see(
            Self.answer([Self.address("up.vendor.example", 1), Self.address("up.vendor.example", 2)]), snapLength: 120)
        #expect(Self.addresses(sensor) == [["192.0.2.1"]])
        #expect(sensor.counters[.dnsTruncated] == 0 && sensor.counters[.cutBySnapLength] > 0)
    }

    @Test func `several questions are several sightings and the root is none`() {
        let sensor = Sensor()
        let message =
            DNSBytes.header(questions: 3) + DNSBytes.question(DNSBytes.name("a.vendor.example"))
            + DNSBytes.question([0])
            + DNSBytes.question(DNSBytes.name("b.vendor.example"))
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, message))
        #expect(sensor.names == ["a.vendor.example", "b.vendor.example"])
    }

    @Test func `the questions before a defect hold in queries and answers`() {
        for flags in [0x0100, 0x8180] {
            let sensor = Sensor()
            let message =
                DNSBytes.header(flags: flags, questions: 2) + DNSBytes.question(DNSBytes.name("a.vendor.example")) + [
                    0x40
                ]
            let isQuery = flags == 0x0100
            sensor.see(
                Wire.udpFrame(isQuery ? Self.client : Self.resolver, isQuery ? Self.resolver : Self.client, message))
            #expect(sensor.names == ["a.vendor.example"] && sensor.counters[.dnsLabelType] == 1)
        }
    }

    @Test func `what is not DNS on port 53 is counted and no name`() {
        let sensor = Sensor(everyName: true)
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, Array("FortiGuard rating query, not DNS".utf8)))
        #expect(sensor.names == [] && sensor.counters[.notDNSOnPort53] == 1)
    }

    @Test func `DNS on another port is found among the first datagrams`() {
        let sensor = Sensor(), port = End("203.0.113.9", 5_300)
        for _ in 0..<3 { sensor.see(Wire.udpFrame(Self.client, port, [1, 2, 3])) }
        sensor.see(Wire.udpFrame(Self.client, port, DNSBytes.query("up.vendor.example")))
        #expect(sensor.names == ["up.vendor.example"])
        let late = Sensor()
        for second in 0..<4 { late.see(Wire.udpFrame(Self.client, port, [1, 2, 3]), at: Double(second)) }
        late.see(Wire.udpFrame(Self.client, port, DNSBytes.query("up.vendor.example")))
        #expect(late.names == [])
    }

    @Test func `a copy of a frame is no second query`() {
        let sensor = Sensor()
        let query = Wire.udpFrame(Self.client, Self.resolver, DNSBytes.query("up.vendor.example"))
        sensor.see([query, query, query])
        #expect(sensor.names.count == 1)
        sensor.see(query, at: 2)
        #expect(sensor.names.count == 2)
    }
}

func permutations(_ items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(Array(items.dropFirst())).flatMap { rest in
        (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
}
