import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct NameListTests {
    static func list(_ sensor: Sensor) -> NameList {
        var list = NameList()
        for sighting in sensor.monitor.sightings { list.add(sighting) }
        return list
    }

    static let client = End("10.0.0.5", 40_000), resolver = End("10.0.0.1", 53)

    @Test func `a query and its answer are one record that counts once`() throws {
        let sensor = Sensor(everyName: true)
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, DNSBytes.query("www.example.com")))
        sensor.see(
            Wire.udpFrame(Self.resolver, Self.client, DNSBytes.answer("www.example.com", address: [192, 0, 2, 1])),
            at: 1)
        let records = Self.list(sensor).records
        #expect(records.count == 1)
        let record = try #require(records.first)
        #expect(
            record.count == 1 && record.addresses == [ip("192.0.2.1")]
                && record.lastSeen.seconds(since: record.firstSeen) == 1)
    }

    @Test func `an answer without its query counts`() {
        let sensor = Sensor(everyName: true)
        sensor.see(
            Wire.udpFrame(Self.resolver, Self.client, DNSBytes.answer("www.example.com", address: [192, 0, 2, 1])))
        #expect(Self.list(sensor).records.map(\.count) == [1])
    }

    @Test func `the same name from another client, server, port or method is another record`() {
        let sensor = Sensor(everyName: true)
        sensor.see(Wire.udpFrame(Self.client, Self.resolver, DNSBytes.query("www.example.com")))
        sensor.see(Wire.udpFrame(End("10.0.0.6", 40_000), Self.resolver, DNSBytes.query("www.example.com")))
        sensor.see(Wire.udpFrame(Self.client, End("10.0.0.2", 53), DNSBytes.query("www.example.com")))
        sensor.see(Wire.udpFrame(Self.client, End("10.0.0.1", 5_300), DNSBytes.query("www.example.com")))
        let hello = HelloBytes.hello("www.example.com")
        for port in [443, 8_443] {
            let connection = Connection(server: End("203.0.113.9", port))
            sensor.see(connection.handshake + [connection.up(hello, at: 0)])
        }
        sensor.see(Wire.udpFrame(End("10.0.0.5", 40_001), Self.resolver, DNSBytes.query("WWW.example.COM")))
        #expect(Self.list(sensor).records.map(\.count) == [2, 1, 1, 1, 1, 1])
    }

    @Test func `addresses are kept once and in order of appearance`() {
        let sensor = Sensor(everyName: true)
        for last in [3, 1, 3, 2] as [UInt8] {
            sensor.see(
                Wire.udpFrame(
                    Self.resolver, Self.client, DNSBytes.answer("www.example.com", address: [192, 0, 2, last])))
        }
        #expect(Self.list(sensor).records.first?.addresses == [ip("192.0.2.3"), ip("192.0.2.1"), ip("192.0.2.2")])
    }

    @Test func `times that go backwards widen the span`() throws {
        let sensor = Sensor(everyName: true)
        for (port, second) in [(1, 10.0), (2, 3.0), (3, 7.0)] {
            sensor.see(
                Wire.udpFrame(End("10.0.0.5", 40_000 + port), Self.resolver, DNSBytes.query("www.example.com")),
                at: second)
        }
        let record = try #require(Self.list(sensor).records.first)
        #expect(record.count == 3 && record.lastSeen.seconds(since: record.firstSeen) == 7)
    }
}
