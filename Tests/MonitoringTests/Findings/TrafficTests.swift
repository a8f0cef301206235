import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Bytes of matched flows: told while they flow, each once, whatever the handshake.
@Suite struct TrafficTests {
    private let connection = Connection()
    private static let hello = HelloBytes.hello("up.vendor.example")

    private func watching() -> Sensor {
        let sensor = Sensor(tellsTraffic: true)
        sensor.see(connection.handshake + [connection.up(Self.hello, at: 0)])
        return sensor
    }

    /// One TLS record of a type with a body of that many bytes.
    private func record(_ type: UInt8, _ length: Int, first: UInt8 = 0xaa) -> [UInt8] {
        [type, 3, 3] + u16(length) + [first] + Array(repeating: 0x55, count: length - 1)
    }

    private func sum(_ sensor: Sensor) -> Tally {
        sensor.monitor.observations.traffic.reduce(into: Tally()) { $0.add($1.tally) }
    }

    @Test func `bytes are told while the flow is open, and all of them in the end`() throws {
        let sensor = watching()
        #expect(sensor.monitor.observations.traffic.isEmpty)
        sensor.wait(until: 10)
        let first = try #require(sensor.monitor.observations.traffic.first)
        #expect(first.tally.flows == 1 && first.tally.packetsOut == 3 && !first.isLast)
        #expect(first.contact == sensor.monitor.sightings.first?.contact && first.contact != 0)
        sensor.see(connection.up(record(23, 500), at: Self.hello.count), at: 12)
        sensor.finish()
        #expect(sum(sensor).flows == 1 && sum(sensor).packetsOut == 4 && sum(sensor).packetsIn == 1)
        #expect(sum(sensor).bytesOut == UInt64(40 * 4 + Self.hello.count + 505) && sum(sensor).bytesIn == 40)
        #expect(sensor.monitor.observations.traffic.last?.isLast == true)
    }

    @Test func `a large upload does not wait`() {
        let sensor = watching()
        for number in 0..<50 {
            sensor.see(
                connection.up(Array(repeating: 0x55, count: 1_400), at: Self.hello.count + number * 1_400), at: 0.1)
        }
        #expect(sum(sensor).bytesOut > 65_536)
    }

    @Test func `a flow that nothing matches tells nothing`() {
        let sensor = Sensor(tellsTraffic: true)
        sensor.see(connection.handshake + [connection.up(HelloBytes.hello("www.example.org"), at: 0)])
        sensor.finish()
        #expect(sensor.monitor.observations.traffic.isEmpty)
    }

    @Test func `a handshake of TLS 1.3 and its end are no application data, what comes between is`() {
        let sensor = watching()
        var offset = Self.hello.count
        for (type, length) in [(UInt8(20), 1), (23, 53), (23, 300), (23, 1_200), (23, 19)] {
            sensor.see(connection.up(record(type, length), at: offset), at: 1)
            offset += 5 + length
        }
        sensor.finish()
        #expect(sum(sensor).applicationBytesOut == 1_500)
    }

    @Test func `in TLS 1.2 the first data record is data already`() {
        let sensor = watching()
        var offset = Self.hello.count
        for (type, length) in [(UInt8(22), 70), (20, 1), (22, 40), (23, 300)] {
            sensor.see(connection.up(record(type, length, first: 0x10), at: offset), at: 1)
            offset += 5 + length
        }
        sensor.finish()
        #expect(sum(sensor).applicationBytesOut == 300)
    }

    @Test(arguments: [[100], [3, 700], [1, 2, 3, 4, 5, 6, 7], Array(stride(from: 50, to: 2_000, by: 50))])
    func `data is counted once however records are cut and sent again`(_ cuts: [Int]) {
        let sensor = watching()
        let stream = record(23, 53) + record(23, 2_000)
        let pieces = zip([0] + cuts, cuts + [stream.count]).map { ($0, stream[$0..<$1]) }
        for (offset, piece) in pieces + pieces {
            sensor.see(connection.up(piece, at: Self.hello.count + offset), at: 1)
        }
        sensor.finish()
        // A header cut in two costs what follows it in its segment, never more.
        #expect(sum(sensor).applicationBytesOut <= 2_000)
        if cuts.allSatisfy({ !(59...62).contains($0) && $0 > 5 }) { #expect(sum(sensor).applicationBytesOut == 2_000) }
    }

    @Test func `sequence numbers far apart are no bytes`() {
        let sensor = watching()
        sensor.see(connection.up(record(23, 53) + record(23, 200), at: Self.hello.count), at: 1)
        sensor.see(connection.up(record(23, 100), at: 1_600_000_000), at: 1)
        sensor.finish()
        #expect(sum(sensor).applicationBytesOut <= 300 && sum(sensor).bytesOut < 2_000)
    }
}
