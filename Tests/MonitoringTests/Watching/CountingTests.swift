import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Traffic is counted from IP lengths: not from sequence numbers, not from what the capture kept, once for each packet.
@Suite struct CountingTests {
    static func flow(_ sensor: Sensor) -> Flow? { sensor.monitor.table.flows.first }

    @Test func `bytes are counted both ways by IP length`() throws {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Array(repeating: 1, count: 100), at: 0)])
        sensor.see(connection.down(Array(repeating: 2, count: 1_000), at: 0))
        let flow = try #require(Self.flow(sensor))
        #expect(flow.sentUp.bytes == 40 + 40 + 140 && flow.sentUp.packets == 3)
        #expect(flow.sentDown.bytes == 40 + 1_040 && flow.sentDown.packets == 2)
        #expect(sensor.counters.bytes == 14 * 5 + 40 * 5 + 1_100)
    }

    @Test func `a snap length takes no bytes away`() throws {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.up(Array(repeating: 1, count: 1_400), at: 0), snapLength: 60)
        #expect(Self.flow(sensor)?.sentUp.bytes == 1_440 && sensor.counters.bytes == 1_454)
    }

    @Test func `sequence numbers far apart are no bytes`() throws {
        let sensor = Sensor(), connection = Connection()
        sensor.see([connection.syn, Connection(number: 1_600_001_000).syn, connection.up([], at: 1_600_000_000)])
        #expect(Self.flow(sensor)?.sentUp.bytes == 120)
    }

    @Test func `padding behind the packet is no traffic`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.up([], at: 0) + [0, 0, 0, 0, 0, 0])
        #expect(Self.flow(sensor)?.sentUp.bytes == 40)
    }

    @Test func `a later fragment counts although it has no ports`() {
        let sensor = Sensor()
        let fragment = Wire.ipv4(
            ip("10.0.0.5"), ip("203.0.113.9"), protocol: 17, fragment: 185, Array(repeating: 0, count: 80))
        sensor.see(Wire.ethernet(Wire.ipv4, fragment))
        sensor.finish()
        #expect(Self.flow(sensor)?.sentUp.bytes == 100 && sensor.counters[.fragment] == 1)
    }

    @Test func `what cannot be read is counted under its name`() {
        let sensor = Sensor()
        sensor.see(Wire.ethernet(Wire.ipv4, [0x45, 0]))
        sensor.see(Wire.ethernet(0x0806, []))
        sensor.see([1, 2, 3])
        #expect(sensor.counters.packets == 3 && sensor.counters.ipPackets == 0 && sensor.counters.flows == 0)
        #expect(sensor.counters[.ipv4Truncated] == 1 && sensor.counters[.linkTruncated] == 1)
    }

    /// The frame's headers take 54 bytes; the name comes whole with the byte behind which it ends, and never in part.
    @Test func `every snap length gives the whole name or none`() {
        let connection = Connection(), hello = HelloBytes.hello("up.vendor.example")
        let frame = connection.up(hello, at: 0)
        let name = Array("up.vendor.example".utf8)
        let end = frame.indices.first { frame[$0...].starts(with: name) }! + name.count
        for snapLength in 0...frame.count {
            let sensor = Sensor()
            sensor.see(connection.handshake)
            sensor.see(frame, snapLength: snapLength)
            sensor.finish()
            #expect(sensor.names == (snapLength >= end ? ["up.vendor.example"] : []), "of \(snapLength) bytes")
            #expect(sensor.partial == (snapLength >= end ? [snapLength < frame.count] : []), "of \(snapLength) bytes")
        }
    }

    @Test func `the addresses of one name are bounded`() {
        var list = NameList()
        let sensor = Sensor(everyName: true)
        for number in 0..<NameList.addressLimit + 50 {
            let answer = DNSBytes.answer("www.example.com", address: u16(0xc000) + u16(number))
            sensor.see(Wire.udpFrame(End("10.0.0.1", 53), End("10.0.0.5", 40_000), answer))
        }
        for sighting in sensor.monitor.sightings { list.add(sighting) }
        #expect(list.records.map(\.addresses.count) == [NameList.addressLimit] && list.dropped == 0)
    }

    @Test func `the same packets give the same sightings whatever the seed`() {
        func texts(_ seed: UInt64) -> [String] {
            let sensor = Sensor(seed: seed, flowLimit: 7)
            var random = SeededRandom(seed: 5)
            for _ in 0..<300 {
                let connection = Connection(client: End("10.0.0.\(Int.random(in: 1...40, using: &random))", 50_000))
                let hello = HelloBytes.hello("h\(Int.random(in: 0...9, using: &random)).vendor.example")
                sensor.see(connection.segments(of: hello, cuts: [70]).shuffled(using: &random))
            }
            sensor.finish()
            return sensor.monitor.sightings.map { "\($0.client) \($0.name) \($0.time)" }
        }
        #expect(texts(1) == texts(2) && !texts(1).isEmpty)
    }
}
