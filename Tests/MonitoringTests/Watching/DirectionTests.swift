import Decoding
import Monitoring
import TestSupport
import Testing

/// Only what goes from a home network outward is reported.
@Suite struct DirectionTests {
    static let hello = HelloBytes.hello("up.vendor.example")

    static func sensor(from client: String, to server: String, everyName: Bool = false) -> Sensor {
        let sensor = Sensor(everyName: everyName)
        let connection = Connection(client: End(client, 50_000), server: End(server, 443))
        sensor.see(connection.handshake + [connection.up(hello, at: 0)])
        return sensor
    }

    @Test(arguments: [
        ("10.0.0.5", "192.168.1.1"), ("203.0.113.9", "10.0.0.5"), ("203.0.113.9", "198.51.100.1"),
        ("fd20::5", "fe80::1"),
    ])
    func `home to home, inbound and passing traffic are counted apart`(client: String, server: String) {
        let sensor = Self.sensor(from: client, to: server)
        #expect(sensor.names == [] && sensor.counters.matchesNotOutbound == 1 && sensor.counters.matches == 0)
    }

    @Test func `every name is reported where every name is wanted`() {
        let sensor = Self.sensor(from: "203.0.113.9", to: "10.0.0.5", everyName: true)
        #expect(sensor.names == ["up.vendor.example"] && sensor.counters.matchesNotOutbound == 0)
    }

    @Test func `a name that no pack explains is no match`() {
        let sensor = Sensor(everyName: true), connection = Connection()
        sensor.see(connection.handshake + [connection.up(HelloBytes.hello("www.example.com"), at: 0)])
        #expect(sensor.names == ["www.example.com"] && sensor.counters.matches == 0)
        sensor.see(Wire.udpFrame(End("10.0.0.5", 1), End("10.0.0.1", 53), DNSBytes.query("up.vendor.example")))
        #expect(sensor.counters.matches == 1)
    }

    @Test func `a look-up counts wherever the resolver is`() {
        for resolver in ["10.0.0.1", "203.0.113.53"] {
            let sensor = Sensor()
            sensor.see(Wire.udpFrame(End("10.0.0.5", 1), End(resolver, 53), DNSBytes.query("up.vendor.example")))
            #expect(sensor.names == ["up.vendor.example"])
        }
    }

    @Test func `a look-up from outside is nobody's of ours`() {
        let sensor = Sensor()
        sensor.see(Wire.udpFrame(End("203.0.113.9", 1), End("10.0.0.1", 53), DNSBytes.query("up.vendor.example")))
        #expect(sensor.names == [] && sensor.counters.matchesNotOutbound == 1)
    }

    @Test(arguments: [("224.0.0.251", 5_353), ("224.0.0.252", 5_355), ("10.0.0.255", 137), ("ff02::fb", 5_353)])
    func `names of the local link are not outbound`(destination: String, port: Int) {
        let sensor = Sensor(everyName: true)
        let source = destination.contains(":") ? "fe80::5" : "10.0.0.5"
        sensor.see(Wire.udpFrame(End(source, port), End(destination, port), DNSBytes.query("up.vendor.example")))
        #expect(sensor.names == [])
    }

    @Test func `a query to everybody is nobody's transmission`() {
        let sensor = Sensor()
        sensor.see(Wire.udpFrame(End("10.0.0.5", 1), End("255.255.255.255", 53), DNSBytes.query("up.vendor.example")))
        #expect(sensor.names == [] && sensor.counters.matchesNotOutbound == 1)
    }
}
