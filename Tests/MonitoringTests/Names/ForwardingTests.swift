import Decoding
import Monitoring
import TestSupport
import Testing

/// A client (10.0.0.5) asks a resolver inside (10.0.0.1), which asks one outside.
@Suite struct ForwardingTests {
    static let client = End("10.0.0.5", 40_000), resolver = End("10.0.0.1", 53), upstream = End("203.0.113.53", 53)

    static func query(_ from: End, _ to: End, type: Int = 1, name: String = "up.vendor.example") -> [UInt8] {
        Wire.udpFrame(from, to, DNSBytes.query(name, type: type))
    }

    /// The resolver's own query, from a port of its own.
    static func forwarded(type: Int = 1, port: Int = 50_000) -> [UInt8] {
        query(End("10.0.0.1", port), upstream, type: type)
    }

    static func clients(_ sensor: Sensor) -> [String] { sensor.monitor.sightings.map { "\($0.client)" } }

    @Test func `a resolver's query for its client is counted apart`() {
        let sensor = Sensor()
        sensor.see(Self.query(Self.client, Self.resolver))
        sensor.see(Self.forwarded(), at: 0.01)
        #expect(Self.clients(sensor) == ["10.0.0.5"])
        #expect(sensor.counters.forwardedQueries == 1)
    }

    @Test func `both address types that the client asks for are forwarded`() {
        let sensor = Sensor()
        sensor.see(Self.query(Self.client, Self.resolver, type: 1))
        sensor.see(Self.query(End("10.0.0.5", 40_001), Self.resolver, type: 28))
        sensor.see(Self.forwarded(type: 1), at: 0.01)
        sensor.see(Self.forwarded(type: 28, port: 50_001), at: 0.02)
        #expect(Self.clients(sensor) == ["10.0.0.5", "10.0.0.5"])
        #expect(sensor.counters.forwardedQueries == 2)
    }

    @Test func `a resolver that tries again upstream is still forwarding`() {
        let sensor = Sensor()
        sensor.see(Self.query(Self.client, Self.resolver))
        for step in 0..<5 { sensor.see(Self.forwarded(port: 50_000 + step), at: 0.1 + 1.5 * Double(step)) }
        #expect(Self.clients(sensor) == ["10.0.0.5"])
        #expect(sensor.counters.forwardedQueries == 5)
    }

    @Test func `a chain of resolvers inside is followed`() {
        let sensor = Sensor()
        let second = End("10.0.0.2", 53)
        sensor.see(Self.query(Self.client, Self.resolver))
        sensor.see(Self.query(End("10.0.0.1", 50_000), second), at: 0.01)
        sensor.see(Self.query(End("10.0.0.2", 50_000), Self.upstream), at: 0.02)
        #expect(Self.clients(sensor) == ["10.0.0.5"])
        #expect(sensor.counters.forwardedQueries == 2)
    }

    @Test func `each client that asks the resolver is named`() {
        let sensor = Sensor()
        sensor.see(Self.query(Self.client, Self.resolver))
        sensor.see(Self.forwarded(), at: 0.01)
        sensor.see(Self.query(End("10.0.0.6", 40_000), Self.resolver), at: 0.02)
        sensor.see(Self.query(End("10.0.0.7", 40_000), Self.upstream), at: 0.03)
        #expect(Self.clients(sensor) == ["10.0.0.5", "10.0.0.6", "10.0.0.7"])
    }

    @Test func `a resolver that asks on its own account is a client`() {
        let sensor = Sensor()
        sensor.see(Self.forwarded())
        #expect(Self.clients(sensor) == ["10.0.0.1"])
        sensor.see(Self.query(Self.client, Self.resolver), at: 20)
        sensor.see(Self.forwarded(port: 50_001), at: 31.5)
        #expect(Self.clients(sensor) == ["10.0.0.1", "10.0.0.5", "10.0.0.1"])
    }

    @Test func `another name is not forwarded`() {
        let sensor = Sensor()
        sensor.see(Self.query(Self.client, Self.resolver, name: "other.vendor.example"))
        sensor.see(Self.forwarded(), at: 0.01)
        #expect(sensor.names == ["other.vendor.example", "up.vendor.example"])
    }

    @Test func `a resolver on this machine may ask upstream from another of its addresses`() {
        let own: Set<IPAddress> = [ip("10.0.0.1"), ip("192.168.7.2")]
        let sensor = Sensor(own: own)
        sensor.see(Self.query(Self.client, Self.resolver))
        sensor.see(Self.query(End("192.168.7.2", 50_000), Self.upstream), at: 0.01)
        #expect(Self.clients(sensor) == ["10.0.0.5"])
        #expect(sensor.counters.forwardedQueries == 1)
    }
}
