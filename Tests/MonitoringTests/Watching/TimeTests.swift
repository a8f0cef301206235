import Decoding
import Monitoring
import TestSupport
import Testing

/// Time comes with the packets, and packets of several interfaces, or a clock that was set, step back.
@Suite struct TimeTests {
    static let hello = HelloBytes.hello("up.vendor.example", padding: 100)

    @Test(arguments: [-0.5, -29, -31, -125, -3_700, -90_000_000])
    func `the second piece of a hello may be older than the first`(step: Double) {
        let sensor = Sensor(), connection = Connection()
        sensor.see(connection.handshake, at: 100)
        let segments = connection.segments(of: Self.hello, cuts: [80])
        sensor.see(segments[0], at: 100)
        sensor.see(segments[1], at: 100 + step)
        #expect(sensor.names == ["up.vendor.example"] && sensor.partial == [false])
    }

    @Test(arguments: [-125.0, -3_700, -90_000_000])
    func `a clock that was set back loses no hello`(step: Double) {
        let sensor = Sensor()
        sensor.see(Connection(client: End("10.0.0.9", 9)).syn, at: 0)
        for host in 0..<20 {
            let connection = Connection(client: End("10.0.1.\(host)", 50_000))
            let segments = connection.segments(of: HelloBytes.hello("h\(host).vendor.example"), cuts: [80])
            sensor.see(connection.handshake + [segments[0]], at: step + Double(host))
            sensor.wait(until: step + Double(host))
            sensor.see(segments[1], at: step + Double(host))
        }
        #expect(sensor.names == (0..<20).map { "h\($0).vendor.example" })
        #expect(!sensor.partial.contains(true) && sensor.counters.flows == 21)
    }

    @Test func `a flow that was silent too long is a new flow`() {
        let sensor = Sensor()
        let query = Wire.udpFrame(End("10.0.0.5", 1), End("10.0.0.1", 53), DNSBytes.query("www.example.com"))
        sensor.see(query)
        sensor.wait(until: 100)
        sensor.see(query, at: 100)
        sensor.wait(until: 219)
        #expect(sensor.counters.flows == 1 && sensor.monitor.openFlows == 1)
        sensor.wait(until: 222)
        #expect(sensor.monitor.openFlows == 0)
        sensor.see(query, at: 222)
        #expect(sensor.counters.flows == 2 && sensor.monitor.openFlows == 1)
    }

    @Test func `times before 1970 and at the end of time do not stop the monitor`() {
        let sensor = Sensor(), connection = Connection()
        for nanoseconds in [Int64.min, -1, 0, Int64.max, Int64.min] {
            for frame in connection.handshake + [connection.up(Self.hello, at: 0)] {
                sensor.monitor.observe(
                    frame.span, wireLength: frame.count, linkType: .ethernet, time: Timestamp(nanoseconds: nanoseconds),
                    interface: 0)
            }
        }
        sensor.finish()
        #expect(sensor.names.first == "up.vendor.example")
    }
}
