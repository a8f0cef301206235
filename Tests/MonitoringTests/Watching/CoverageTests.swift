import Decoding
@testable import Monitoring
import TestSupport
import Testing

@Suite struct CoverageTests {
    private static let client = End("10.0.0.5", 50_000), server = End("203.0.113.9", 443)

    private static func coverage(_ frames: [[UInt8]], snapLength: Int = 262_144) -> Coverage {
        let sensor = Sensor(everyName: true)
        for frame in frames { sensor.see(frame, snapLength: snapLength) }
        sensor.finish()
        return sensor.counters.coverage
    }

    /// The one flow of `coverage` is blank for `reason`.
    private static func isBlank(_ coverage: Coverage, _ reason: Coverage.Blank) -> Bool {
        coverage.flows == 1 && coverage.namedFlows == 0
            && Coverage.Blank.allCases.allSatisfy { coverage[$0] == ($0 == reason ? 1 : 0) }
    }

    @Test func `a flow counts under the surest method that named it`() {
        let connection = Connection()
        let hello = HelloBytes.hello("a.example")
        let request = Array("CONNECT a.example:443 HTTP/1.1\r\n\r\n".utf8)
        let coverage = Self.coverage(
            connection.handshake + [connection.up(request, at: 0), connection.up(hello, at: request.count)])
        #expect(coverage.flows == 1 && coverage.namedFlows == 1 && coverage[.tlsSNI] == 1 && coverage[.connect] == 0)
    }

    @Test func `a look-up is a flow named by DNS, one-way without its answer`() {
        let query = Wire.udpFrame(Self.client, End("10.0.0.1", 53), DNSBytes.query("a.example"))
        let coverage = Self.coverage([query])
        #expect(coverage[.dns] == 1 && coverage.oneWayFlows == 1)
    }

    @Test func `a hello that names nobody is told from a protocol that does not`() {
        let connection = Connection()
        let nameless = HelloBytes.records(HelloBytes.message(HelloBytes.body(extensions: [])))
        #expect(
            Self.isBlank(
                Self.coverage(connection.handshake + [connection.up(nameless, at: 0)]), .helloWithoutName))
        let other = connection.up(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), at: 0)
        #expect(Self.isBlank(Self.coverage(connection.handshake + [other]), .otherProtocol))
    }

    @Test func `a connection that began before the capture, and one that carried nothing`() {
        let connection = Connection()
        #expect(Self.isBlank(Self.coverage([connection.up([0x17, 3, 3, 0, 1, 0], at: 9_000)]), .startedBefore))
        #expect(Self.isBlank(Self.coverage([connection.syn]), .noData))
    }

    @Test func `what the snap length cut may have been a name`() {
        let connection = Connection()
        let hello = HelloBytes.hello("a.example")
        let coverage = Self.coverage(connection.handshake + [connection.up(hello, at: 0)], snapLength: 60)
        #expect(Self.isBlank(coverage, .cutBySnapLength))
    }

    @Test func `names of the local link and protocols without ports are no blind spot`() {
        let group = Wire.udpFrame(End("10.0.0.5", 5_353), End("224.0.0.251", 5_353), DNSBytes.query("printer.local"))
        #expect(Self.isBlank(Self.coverage([group]), .local))
        let ping = Wire.packet(Self.client.address, Self.server.address, protocol: 1, [8, 0, 0, 0, 0, 1, 0, 1])
        #expect(Self.isBlank(Self.coverage([Wire.ethernet(Wire.ipv4, ping)]), .noPorts))
    }

    @Test func `a flow that was let go counts like one that is open at the end`() {
        let sensor = Sensor(everyName: true, flowLimit: 4)
        for port in 0..<10 {
            sensor.see(Wire.tcpFrame(End("10.0.0.5", 50_000 + port), Self.server, flags: Connection.syn))
        }
        sensor.finish()
        #expect(sensor.counters.coverage.flows == 10 && sensor.counters.coverage[.noData] == 10)
    }
}
