import Decoding
import Monitoring
import TestSupport
import Testing

/// Hellos that never become whole: what they show is told, and that it was a part.
@Suite struct PartialHelloTests {
    static let hello = HelloBytes.hello("up.vendor.example", padding: 2_000)

    @Test func `the part is told after thirty seconds and not before`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.prefix(1_400), at: 0)])
        sensor.wait(until: 30.5)
        #expect(sensor.names == [])
        sensor.wait(until: 31.5)
        #expect(
            sensor.names == ["up.vendor.example"] && sensor.partial == [true] && sensor.counters[.helloIncomplete] == 1)
        sensor.see(connection.up(Self.hello.dropFirst(1_400), at: 1_400), at: 32)
        sensor.finish()
        #expect(sensor.names.count == 1)
    }

    @Test func `the part is told when the capture ends`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.prefix(1_400), at: 0)])
        sensor.finish()
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true])
        sensor.finish()
        #expect(sensor.names.count == 1)
    }

    @Test func `the part is told when the ports are used again`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.prefix(1_400), at: 0)])
        sensor.see(Connection(number: 77_777).syn)
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true])
    }

    @Test func `the part is told when the stream runs on beyond every hello`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.prefix(1_400), at: 0)])
        for offset in stride(from: 3_000, through: 80_000, by: 1_400) {
            sensor.see(connection.up(Array(repeating: 23, count: 1_400), at: offset))
        }
        sensor.finish()
        #expect(sensor.names == ["up.vendor.example"])
    }

    @Test func `a part without the name tells nothing`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.prefix(60), at: 0)])
        sensor.finish()
        #expect(sensor.names == [] && sensor.counters[.helloIncomplete] == 1)
    }

    /// Found by the fuzz target ClientHello: in single bytes the type was not looked at before the record was whole.
    @Test(arguments: [1, 2, 5, 6, 300])
    func `a part of another handshake message is no hello however it is cut`(size: Int) {
        let sensor = Sensor(), connection = Connection()
        var stream = Array(Self.hello.prefix(300))
        stream[5] = 0
        sensor.see(connection.handshake)
        for start in stride(from: 0, to: stream.count, by: size) {
            sensor.see(connection.up(stream[start..<min(start + size, stream.count)], at: start))
        }
        sensor.finish()
        #expect(sensor.names == [] && sensor.counters[.helloIncomplete] == 0)
    }

    @Test func `a part behind a gap tells nothing`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake + [connection.up(Self.hello.dropFirst(10), at: 10)])
        sensor.finish()
        #expect(sensor.names == [])
    }

    // MARK: Snap length

    @Test func `a snap length that keeps the name keeps it`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake)
        sensor.see(connection.up(Self.hello, at: 0), snapLength: 220)
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true])
        #expect(sensor.counters[.cutBySnapLength] == 1)
        #expect(sensor.counters[.clientHelloMalformed] == 0)
    }

    @Test func `a snap length that cuts the name off tells nothing`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake)
        sensor.see(connection.up(Self.hello, at: 0), snapLength: 96)
        sensor.finish()
        #expect(sensor.names == [] && sensor.counters[.cutBySnapLength] == 1)
    }

    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `with a snap length the pieces may come in any order`(order: [Int]) {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake)
        let segments = connection.segments(of: Self.hello, cuts: [100, 1_400])
        for index in order { sensor.see(segments[index], snapLength: 220) }
        sensor.finish()
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true])
    }

    @Test func `a first fragment shows its part of the hello`() {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake)
        let segment = Wire.tcp(50_000, 443, sequence: 1_001, Array(Self.hello.prefix(1_400)))
        sensor.see(
            Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(connection.client.address, connection.server.address, protocol: 6, fragment: 0x2000, segment))
        )
        sensor.finish()
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [true])
    }
}
