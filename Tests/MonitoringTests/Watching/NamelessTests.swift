import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Flows that show no name.
@Suite struct NamelessTests {
    private static let resolver = End("10.0.0.1", 53), client = End("10.0.0.5", 50_000)
    private static let server = End("203.0.113.9", 4_433)

    /// An answer that gives `name` to the server's address, for a query that was not seen.
    private static func answer(
        _ name: String, to client: End = client, ttl: UInt32 = 300, alias: String? = nil
    )
        -> [UInt8]
    {
        var records: [[UInt8]] = []
        if let alias { records.append(DNSBytes.record(DNSBytes.name(name), type: 5, DNSBytes.name(alias))) }
        records.append(DNSBytes.record(DNSBytes.name(alias ?? name), type: 1, ttl: ttl, server.address.bytes))
        let message =
            DNSBytes.header(flags: 0x8180, answers: records.count) + DNSBytes.question(DNSBytes.name(name))
            + records.flatMap { $0 }
        return Wire.udpFrame(resolver, End("\(client.address)", 40_000), message)
    }

    private static func connection(from client: End = client) -> Connection {
        Connection(client: client, server: server)
    }

    /// Method, name, client and server of what is no look-up.
    private static func contacts(_ sensor: Sensor) -> [String] {
        sensor.monitor.sightings.filter { $0.method != .dns }.map {
            "\($0.method.rawValue) \($0.value) \($0.client) \($0.server):\($0.serverPort)"
        }
    }

    private static let resolved = "resolved up.vendor.example 10.0.0.5 203.0.113.9:4433"

    @Test func `what a client resolved names its later connection that shows no name, at once`() {
        let sensor = Sensor()
        let connection = Self.connection()
        sensor.see(Self.answer("up.vendor.example"))
        sensor.see(connection.handshake, at: 1)
        sensor.see(connection.up(Array("no protocol that is known".utf8), at: 0), at: 1)
        #expect(Self.contacts(sensor) == [Self.resolved])
        sensor.see(connection.up(Array("more of it".utf8), at: 25), at: 2)
        sensor.finish()
        #expect(Self.contacts(sensor).count == 1 && sensor.counters.resolvedNames == 1)
    }

    @Test func `the name is the one that was asked, whatever it is an alias of`() {
        let sensor = Sensor()
        sensor.see(Self.answer("up.vendor.example", alias: "e1.cdn.example"))
        sensor.see(Wire.udpFrame(Self.client, Self.server, [1, 2, 3]), at: 1)
        sensor.finish()
        #expect(Self.contacts(sensor) == [Self.resolved])
    }

    @Test func `an answer names nothing for another client`() {
        let sensor = Sensor()
        sensor.see(Self.answer("up.vendor.example", to: End("10.0.0.6", 40_000)))
        sensor.see(Self.connection().handshake, at: 1)
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `an answer names nothing once its time to live and the grace are over`() {
        for (seconds, count) in [(350.0, 1), (361.0, 0)] {
            let sensor = Sensor()
            sensor.see(Self.answer("up.vendor.example", ttl: 60))
            sensor.see(Self.connection().handshake, at: seconds)
            sensor.finish()
            #expect(Self.contacts(sensor).count == count, "after \(seconds) s")
        }
    }

    @Test func `a flow that was open before the look-up is not explained by it`() {
        let sensor = Sensor()
        sensor.see(Self.connection().syn)
        sensor.see(Self.answer("up.vendor.example"), at: 1)
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `where the client was told later that another's name is there, nobody is blamed`() {
        let sensor = Sensor()
        sensor.see(Self.answer("up.vendor.example"))
        sensor.see(Self.answer("www.harmless.example"), at: 1)
        sensor.see(Self.connection().handshake, at: 2)
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `a hello that names somebody else wins over what was resolved`() {
        let sensor = Sensor()
        let connection = Self.connection()
        sensor.see(Self.answer("up.vendor.example"))
        sensor.see(connection.handshake, at: 1)
        sensor.see(connection.up(HelloBytes.hello("www.harmless.example"), at: 0), at: 1)
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `a connection that nobody answers was a contact all the same`() {
        let sensor = Sensor()
        sensor.see(Self.answer("up.vendor.example"))
        sensor.see(Self.connection().syn, at: 1)
        sensor.wait(until: 200)
        #expect(Self.contacts(sensor) == [Self.resolved])
    }

    @Test func `protocols without ports are explained by their first packet`() {
        let sensor = Sensor()
        sensor.see(Self.answer("up.vendor.example"))
        let packet = Wire.packet(Self.client.address, Self.server.address, protocol: 50, [0, 0, 0, 1, 0, 0, 0, 1])
        sensor.see(Wire.ethernet(Wire.ipv4, packet), at: 1)
        #expect(Self.contacts(sensor) == ["resolved up.vendor.example 10.0.0.5 203.0.113.9:0"])
    }

    @Test func `who comes from a vendor's address is no client of the vendor`() {
        let sensor = Sensor(["203.0.113.0/24"])
        let inbound = Connection(client: End("203.0.113.9", 50_000), server: End("10.0.0.5", 443))
        sensor.see(inbound.handshake)
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `a flow into a published range is told by its address, and the narrower range explains it`() {
        let sensor = Sensor(["203.0.113.0/24", "203.0.113.8/30"])
        sensor.see(Self.connection().handshake)
        sensor.finish()
        #expect(Self.contacts(sensor) == ["address 203.0.113.9 10.0.0.5 203.0.113.9:4433"])
        #expect(sensor.monitor.sightings.first?.endpoint?.id == "vendor/203.0.113.8/30")
    }

    @Test func `a name that no pack knows needs no help from the address`() {
        let sensor = Sensor(["203.0.113.0/24"])
        let connection = Self.connection()
        sensor.see(connection.handshake)
        sensor.see(connection.up(HelloBytes.hello("www.harmless.example"), at: 0))
        sensor.finish()
        #expect(Self.contacts(sensor) == [])
    }

    @Test func `a look-up at a vendor's resolver goes to the vendor`() {
        let sensor = Sensor(["203.0.113.0/24"])
        sensor.see(Wire.udpFrame(Self.client, End("203.0.113.9", 53), DNSBytes.query("www.harmless.example")))
        #expect(Self.contacts(sensor) == ["address 203.0.113.9 10.0.0.5 203.0.113.9:53"])
    }
}
