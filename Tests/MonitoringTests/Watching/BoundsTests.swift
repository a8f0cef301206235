import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Under a flood memory stays flat and established findings live.
@Suite struct BoundsTests {
    static func client(_ number: Int) -> End {
        End("10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)", 50_000)
    }

    @Test func `a flood of flows keeps the table at its limit and the matched flows in it`() {
        let sensor = Sensor(flowLimit: 1_000)
        let matched = (0..<50).map { Connection(client: End("192.168.0.\($0)", 40_000)) }
        for connection in matched {
            sensor.see(connection.handshake + [connection.up(HelloBytes.hello("up.vendor.example"), at: 0)])
        }
        let flows = 200_000
        for number in 0..<flows {
            let connection = Connection(client: Self.client(number))
            sensor.see(number % 2 == 0 ? connection.syn : connection.up([1, 2, 3], at: 0), at: Double(number) / 10_000)
        }
        #expect(sensor.monitor.openFlows == 1_000)
        #expect(
            sensor.counters.flows == UInt64(flows + 50) && sensor.counters.flowsEvicted == UInt64(flows + 50 - 1_000))
        for connection in matched { sensor.see(connection.up([1], at: 5_000), at: 20) }
        #expect(sensor.counters.flows == UInt64(flows + 50), "a matched flow was evicted")
    }

    @Test func `a matched flow stays matched whatever follows`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(HelloBytes.hello("up.vendor.example"), at: 0)])
        sensor.see([
            connection.synAck, connection.down([1, 2, 3], at: 0), connection.up([], at: 1_000, flags: Connection.fin),
        ])
        sensor.see([connection.down([], at: 3, flags: Connection.reset)])
        #expect(sensor.monitor.table.flows.map(\.standing) == [.matched])
    }

    @Test func `a name that nobody wants promotes no flow`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(HelloBytes.hello("www.example.com"), at: 0)])
        #expect(sensor.monitor.table.flows.map(\.standing) == [.open])
    }

    @Test func `a flood of half hellos keeps the pool inside its bound of slots`() {
        let sensor = Sensor()
        let half = Array(HelloBytes.hello("up.vendor.example").prefix(6))
        let count = PrefixPool.slotLimit + 5_000
        for number in 0..<count { sensor.see(Connection(client: Self.client(number)).up(half, at: 0)) }
        #expect(!sensor.monitor.pool.isOverLimit && sensor.monitor.pool.entries.count <= PrefixPool.slotLimit + 1)
        #expect(sensor.counters.prefixesEvicted == 5_000)
    }

    @Test func `a flood of large half hellos keeps the pool inside its bound of bytes`() {
        let sensor = Sensor()
        let half = HelloBytes.records(HelloBytes.message(Array(repeating: 3, count: 60_000))).prefix(60_000)
        for number in 0..<1_200 { sensor.see(Connection(client: Self.client(number)).up(half, at: 0)) }
        #expect(sensor.monitor.pool.byteCount <= PrefixPool.byteLimit)
        #expect(sensor.counters.prefixesEvicted == 1_200 - UInt64(PrefixPool.byteLimit / 60_000))
    }

    @Test func `a flood of segments without a SYN keeps the pool inside its bound of slots`() {
        let sensor = Sensor()
        let count = PrefixPool.slotLimit + 5_000
        for number in 0..<count { sensor.see(Connection(client: Self.client(number)).up([23, 3, 3, 0, 9], at: 0)) }
        #expect(!sensor.monitor.pool.isOverLimit && sensor.monitor.pool.entries.count <= PrefixPool.slotLimit + 1)
        #expect(sensor.counters.prefixesEvicted == 5_000)
    }

    @Test func `the evicted half of a hello tells the name that it holds`() {
        let sensor = Sensor(flowLimit: 1)
        let connection = Connection()
        sensor.see(connection.up(HelloBytes.hello("up.vendor.example", padding: 500).prefix(300), at: 0))
        sensor.see(Connection(client: Self.client(1)).syn)
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true] && sensor.monitor.openFlows == 1)
    }
}
