import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// The innermost flow counts; what is around it is kept, and networks with the same addresses stay apart.
@Suite struct TunnelledFlowTests {
    private static let client = End("10.0.0.5", 50_000), server = End("203.0.113.9", 443)
    private static let near = ip("192.0.2.1"), far = ip("192.0.2.2")

    private static func wrap(_ frame: [UInt8], network: Int, from: IPAddress = near, to: IPAddress = far) -> [UInt8] {
        let vxlan: [UInt8] = [8, 0, 0, 0] + u24(network) + [0]
        return Wire.ethernet(Wire.ipv4, Wire.ipv4(from, to, protocol: 17, Wire.udp(7_000, 4_789, vxlan + frame)))
    }

    private static func geneve(_ frame: [UInt8], network: Int) -> [UInt8] {
        let header: [UInt8] = [0, 0, 0x65, 0x58] + u24(network) + [0]
        return Wire.ethernet(Wire.ipv4, Wire.ipv4(near, far, protocol: 17, Wire.udp(7_000, 6_081, header + frame)))
    }

    /// GRE around the IP packet of a frame.
    private static func gre(_ frame: [UInt8]) -> [UInt8] {
        Wire.ethernet(Wire.ipv4, Wire.ipv4(near, far, protocol: 47, [0, 0, 8, 0] + frame.dropFirst(14)))
    }

    /// GTP-U with another endpoint identifier for each direction, as its ends choose them.
    private static func gtp(_ frame: [UInt8], endpoint: UInt32) -> [UInt8] {
        let packet = Array(frame.dropFirst(14))
        let header: [UInt8] = [0x30, 0xff] + u16(packet.count) + u32(endpoint)
        return Wire.ethernet(Wire.ipv4, Wire.ipv4(near, far, protocol: 17, Wire.udp(2_152, 2_152, header + packet)))
    }

    private static let connection = Connection()
    private static let hello = connection.up(HelloBytes.hello("a.vendor.example"), at: 0)

    @Test func `a sighting tells the outer addresses, the client's side first`() throws {
        for opensFlow in [true, false] {
            let sensor = Sensor()
            if opensFlow {
                sensor.see(Self.connection.handshake.prefix(1).map { Self.wrap($0, network: 5_001) })
            } else {
                // The first packet that is seen comes from the server.
                sensor.see(Self.wrap(Self.connection.synAck, network: 5_001, from: Self.far, to: Self.near))
            }
            sensor.see(Self.wrap(Self.hello, network: 5_001))
            let sighting = try #require(sensor.monitor.sightings.first)
            #expect(sighting.tunnel == Tunnel(client: Self.near, server: Self.far, virtualNetwork: 5_001))
            #expect(sighting.client == Self.client.address && sighting.vlan == 0 && sensor.counters.flows == 1)
        }
    }

    @Test func `of an answer the outer sender is the server's side`() throws {
        let answer = Wire.udpFrame(
            End("203.0.113.53", 53), Self.client, DNSBytes.answer("a.vendor.example", address: [192, 0, 2, 9]))
        let sensor = Sensor()
        sensor.see(Self.wrap(answer, network: 1, from: Self.far, to: Self.near))
        let tunnel = try #require(sensor.monitor.sightings.first?.tunnel)
        #expect(tunnel.client == Self.near && tunnel.server == Self.far)
    }

    @Test func `without a tunnel there is none`() throws {
        let sensor = Sensor()
        sensor.see(Self.hello)
        #expect(try #require(sensor.monitor.sightings.first).tunnel == nil)
    }

    @Test func `two tenants with the same addresses are two flows`() {
        for wrap in [{ Self.wrap($0, network: $1) }, Self.geneve] as [([UInt8], Int) -> [UInt8]] {
            let sensor = Sensor()
            for network in [0, 1, 0xff_0000] { sensor.see(wrap(Self.hello, network)) }
            #expect(sensor.names.count == 3 && sensor.counters.flows == 3)
            #expect(sensor.monitor.sightings.map(\.tunnel?.virtualNetwork) == [0, 1, 0xff_0000])
            // Not the network without a tunnel, nor one of tags, nor the tunnel without networks.
            sensor.see(Self.hello)
            sensor.see(Wire.ethernet(0x8100, [0, 1, 8, 0] + Self.hello.dropFirst(14)))
            #expect(sensor.counters.flows == 5)
        }
    }

    @Test func `tags inside of a virtual network are told`() throws {
        let tagged = Wire.ethernet(0x8100, [0, 7, 8, 0] + Self.hello.dropFirst(14))
        let sensor = Sensor()
        sensor.see(Self.wrap(tagged, network: 9))
        let sighting = try #require(sensor.monitor.sightings.first)
        #expect(sighting.vlan == 7 && sighting.tunnel?.virtualNetwork == 9)
    }

    @Test func `the numbers of GTP-U part no flow`() {
        let sensor = Sensor()
        sensor.see(Self.gtp(Self.connection.syn, endpoint: 1))
        sensor.see(Self.gtp(Self.connection.synAck, endpoint: 2))
        sensor.see(Self.gtp(Self.hello, endpoint: 1))
        #expect(sensor.counters.flows == 1 && sensor.names == ["a.vendor.example"])
        #expect(sensor.monitor.sightings.first?.tunnel?.virtualNetwork == nil)
    }

    @Test func `an overlay on a tunnel keeps its network`() throws {
        let sensor = Sensor()
        sensor.see(Self.wrap(Self.gre(Self.hello), network: 77))
        let tunnel = try #require(sensor.monitor.sightings.first?.tunnel)
        #expect(tunnel.virtualNetwork == 77 && tunnel.client == Self.near)
    }

    @Test func `a flow that is forgotten takes its tunnel along`() {
        let sensor = Sensor(everyName: true, flowLimit: 1)
        sensor.see(Self.wrap(Self.hello, network: 3))
        let other = Connection(client: End("10.0.0.6", 50_000))
        sensor.see(other.up(HelloBytes.hello("b.example"), at: 0))
        #expect(sensor.monitor.sightings.map { $0.tunnel == nil } == [false, true])
        #expect(sensor.counters.flowsEvicted == 1)
    }

    @Test func `names of two tenants are two records`() {
        let sensor = Sensor(everyName: true)
        for network in [1, 2, 1] { sensor.see(Self.wrap(Self.hello, network: network)) }
        var list = NameList()
        sensor.monitor.sightings.forEach { list.add($0) }
        #expect(list.records.count == 2)
    }
}
