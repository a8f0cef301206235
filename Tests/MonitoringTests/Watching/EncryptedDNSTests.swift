import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Flows in which look-ups are hidden, and those that only look like them.
@Suite struct EncryptedDNSTests {
    private static let resolvers = ResolverTable([
        resolver("Known", names: ["dns.known.example"], addresses: ["203.0.113.53", "2001:db8::53"], ports: [5443]),
        resolver("Apple", kind: .relay, names: ["mask.relay.example"]),
    ])
    private static let client = End("10.0.0.5", 50_000)
    private static let known = "203.0.113.53", other = "203.0.113.9"
    /// A record of TLS in the middle of a session: no hello, no name.
    private static let data: [UInt8] = [0x17, 3, 3, 0, 2, 1, 2]
    private static let nameless = HelloBytes.records(HelloBytes.message(HelloBytes.body(extensions: [])))

    /// What became of the flows: "client server:port/transport operator evidence flows" of each record.
    private static func list(
        _ frames: [[UInt8]], everyName: Bool = true, snapLength: Int = 262_144
    ) -> (records: [String], coverage: Coverage) {
        let sensor = Sensor(everyName: everyName, resolvers: resolvers)
        for (number, frame) in frames.enumerated() { sensor.see(frame, at: Double(number), snapLength: snapLength) }
        sensor.finish()
        let coverage = sensor.counters.coverage
        return (coverage.encryptedDNS.records.map { "\(text(of: $0)) \($0.flows)" }, coverage)
    }

    private static func text(of record: EncryptedDNSList.Record) -> String {
        "\(record.client) \(record.server):\(record.port)/\(record.transport) "
            + "\(record.resolver?.operator ?? "-") \(record.evidence.rawValue)"
    }

    private static func connection(to server: String, _ port: Int, carrying bytes: [UInt8]) -> [[UInt8]] {
        let connection = Connection(client: client, server: End(server, port))
        return connection.handshake + [connection.up(bytes, at: 0)]
    }

    private static func datagram(to server: String, _ port: Int, _ bytes: [UInt8]) -> [[UInt8]] {
        [Wire.udpFrame(client, End(server, port), bytes)]
    }

    // MARK: By name

    @Test(arguments: [443, 853, 9_999])
    func `a hello to a resolver's name tells on any port, and names the flow as ever`(_ port: Int) {
        let (records, coverage) = Self.list(
            Self.connection(to: Self.other, port, carrying: HelloBytes.hello("DNS.known.example")))
        #expect(records == ["10.0.0.5 \(Self.other):\(port)/tcp Known name 1"])
        #expect(coverage.encryptedDNSFlows == 1 && coverage[.tlsSNI] == 1 && coverage[.encryptedDNS] == 0)
    }

    @Test func `QUIC and DTLS hellos tell as well`() {
        let initial = QUICBytes.initial(
            QUICBytes.crypto(QUICBytes.hello("dns.known.example"), at: 0), destination: Array(1...8))
        let (overQUIC, quic) = Self.list(Self.datagram(to: Self.other, 443, initial))
        #expect(overQUIC == ["10.0.0.5 \(Self.other):443/udp Known name 1"] && quic[.quicSNI] == 1)
        let body = HelloBytes.body(version: 0xfefd, extensions: HelloBytes.serverName("dns.known.example"))
        let hello = DTLSBytes.hello(Array(body[0..<35]) + [0] + Array(body[35...]))
        let (overDTLS, dtls) = Self.list(Self.datagram(to: Self.other, 4_433, hello))
        #expect(overDTLS == ["10.0.0.5 \(Self.other):4433/udp Known name 1"] && dtls[.dtlsSNI] == 1)
    }

    @Test func `names beside the resolver's are nobody's`() {
        for name in ["known.example", "a.dns.known.example", "dns.known.example.org"] {
            let (records, coverage) = Self.list(
                Self.connection(to: Self.other, 443, carrying: HelloBytes.hello(name)))
            #expect(records == [] && coverage.encryptedDNSFlows == 0, "\(name)")
        }
    }

    @Test(arguments: [true, false])
    func `what the client had resolved to the address tells, where the port fits`(_ everyName: Bool) {
        let answer = Wire.udpFrame(
            End("10.0.0.1", 53), End("10.0.0.5", 40_000),
            DNSBytes.answer("dns.known.example", address: ip(Self.other).bytes))
        for (port, count) in [(443, 1), (853, 1), (5_443, 1), (8_080, 0), (53, 0)] {
            let (records, coverage) = Self.list(
                [answer] + Self.connection(to: Self.other, port, carrying: Self.nameless), everyName: everyName)
            let expected = "10.0.0.5 \(Self.other):\(port)/tcp Known name 1"
            #expect(records == (count == 1 ? [expected] : []), "\(port)")
            #expect(coverage.encryptedDNSFlows == UInt64(count) && coverage[.resolved] == 1, "\(port)")
        }
    }

    @Test func `what was bound for the resolver's sake is reported to nobody`() {
        let sensor = Sensor(resolvers: Self.resolvers)
        let answer = DNSBytes.answer("dns.known.example", address: ip(Self.other).bytes)
        sensor.see(Wire.udpFrame(End("10.0.0.1", 53), End("10.0.0.5", 40_000), answer))
        sensor.see(Self.connection(to: Self.other, 443, carrying: Self.nameless), at: 1)
        sensor.finish()
        #expect(sensor.names == [] && sensor.counters.matches == 0)
    }

    @Test func `a relay is counted apart`() {
        let (records, coverage) = Self.list(
            Self.connection(to: Self.other, 443, carrying: HelloBytes.hello("mask.relay.example")))
        #expect(records == ["10.0.0.5 \(Self.other):443/tcp Apple name 1"])
        #expect(coverage.relayFlows == 1 && coverage.encryptedDNSFlows == 0 && coverage[.tlsSNI] == 1)
    }

    // MARK: By address

    @Test func `a resolver's address tells on the ports of encrypted DNS`() {
        for (port, tcp, udp) in [
            (443, true, true), (853, true, true), (784, false, true), (8_853, false, true), (5_443, true, true),
            (80, false, false), (8_443, false, false),
        ] {
            let (overTCP, stream) = Self.list(Self.connection(to: Self.known, port, carrying: Self.data))
            #expect(overTCP == (tcp ? ["10.0.0.5 \(Self.known):\(port)/tcp Known address 1"] : []), "\(port)")
            #expect(stream[.encryptedDNS] == (tcp ? 1 : 0) && stream[.otherProtocol] == (tcp ? 0 : 1), "\(port)")
            let (overUDP, datagrams) = Self.list(Self.datagram(to: Self.known, port, Self.data))
            #expect(overUDP == (udp ? ["10.0.0.5 \(Self.known):\(port)/udp Known address 1"] : []), "\(port)")
            #expect(datagrams.encryptedDNSFlows == (udp ? 1 : 0), "\(port)")
        }
    }

    @Test func `a resolver's address tells where the hello has a name that nobody knows, and over IPv6`() {
        let hello = HelloBytes.hello("my-profile.known.example")
        let (records, coverage) = Self.list(Self.connection(to: Self.known, 443, carrying: hello))
        #expect(records == ["10.0.0.5 \(Self.known):443/tcp Known address 1"] && coverage[.tlsSNI] == 1)
        let six = Connection(client: End("fd00::5", 50_000), server: End("2001:db8::53", 853))
        #expect(
            Self.list(six.handshake + [six.up(Self.data, at: 0)]).records == [
                "fd00::5 2001:db8::53:853/tcp Known address 1"
            ])
    }

    @Test func `a connection that began before the capture tells by its address`() {
        let late = Connection(client: Self.client, server: End(Self.known, 443)).up(Self.data, at: 9_000)
        #expect(Self.list([late]).records == ["10.0.0.5 \(Self.known):443/tcp Known address 1"])
    }

    // MARK: By port

    @Test func `port 853 tells whatever the server, by a hello or by data`() {
        for bytes in [Self.data, Self.nameless, HelloBytes.hello("a.example")] {
            let (records, _) = Self.list(Self.connection(to: Self.other, 853, carrying: bytes))
            #expect(records == ["10.0.0.5 \(Self.other):853/tcp - port 1"])
        }
        let (records, _) = Self.list(Self.datagram(to: Self.other, 853, Self.data))
        #expect(records == ["10.0.0.5 \(Self.other):853/udp - port 1"])
    }

    @Test func `what the snap length cut off is data as well`() {
        let frames = Self.connection(to: Self.other, 853, carrying: Self.nameless)
        #expect(Self.list(frames, snapLength: 54).records == ["10.0.0.5 \(Self.other):853/tcp - port 1"])
    }

    @Test func `the client's own port 853 tells nothing`() {
        let connection = Connection(client: End("10.0.0.5", 853), server: End(Self.other, 8_080))
        #expect(Self.list(connection.handshake + [connection.up(Self.data, at: 0)]).records == [])
    }

    // MARK: What hides nothing

    @Test(arguments: [53, 853, 443, 5_443])
    func `DNS in the clear to a known resolver is no secret, on whatever port`(_ port: Int) {
        let query = DNSBytes.query("a.example")
        let (overUDP, datagrams) = Self.list(Self.datagram(to: Self.known, port, query))
        #expect(overUDP == [] && datagrams.encryptedDNSFlows == 0 && datagrams[.dns] == 1)
        let (overTCP, stream) = Self.list(Self.connection(to: Self.known, port, carrying: u16(query.count) + query))
        #expect(overTCP == [] && stream.encryptedDNSFlows == 0 && stream[.dns] == 1)
    }

    @Test func `a connection that carried nothing hides nothing, nor does a ping`() {
        let connection = Connection(client: Self.client, server: End(Self.known, 853))
        #expect(Self.list([connection.syn]).records == [] && Self.list(connection.handshake).records == [])
        let ping = Wire.packet(Self.client.address, ip(Self.known), protocol: 1, [8, 0, 0, 0, 0, 1, 0, 1])
        #expect(Self.list([Wire.ethernet(Wire.ipv4, ping)]).records == [])
    }

    @Test func `who comes from outside to a resolver of ours is not listed, but where every name is`() {
        let inbound = Connection(client: End("203.0.113.9", 50_000), server: End("10.0.0.5", 853))
        let frames = inbound.handshake + [inbound.up(Self.data, at: 0)]
        #expect(Self.list(frames, everyName: false).records == [])
        #expect(Self.list(frames).records == ["203.0.113.9 10.0.0.5:853/tcp - port 1"])
        // A client of ours hides its look-ups behind an inside resolver, too.
        let inside = Connection(client: Self.client, server: End("10.0.0.1", 853))
        #expect(
            Self.list(inside.handshake + [inside.up(Self.data, at: 0)], everyName: false).records
                == ["10.0.0.5 10.0.0.1:853/tcp - port 1"])
    }

    // MARK: The list

    @Test func `a flow counts once, and flows of one client to one resolver stand in one record`() {
        let hello = HelloBytes.hello("dns.known.example")
        let frames = (0..<3).flatMap { number in
            let connection = Connection(
                client: End("10.0.0.5", 50_000 + number), server: End(Self.known, 853))
            return connection.handshake + [connection.up(hello, at: 0), connection.up(Self.data, at: hello.count)]
        }
        let (records, coverage) = Self.list(frames)
        #expect(records == ["10.0.0.5 \(Self.known):853/tcp Known name 3"] && coverage.encryptedDNSFlows == 3)
    }

    @Test func `a full list counts what it cannot take`() {
        var list = EncryptedDNSList(limit: 2)
        for host in [1, 2, 3, 1, 3] as [UInt32] {
            list.add(
                client: IPAddress(v4: host), server: ip(Self.known), port: 853, transport: .tcp, resolver: nil,
                evidence: .port)
        }
        #expect(list.records.map(\.flows) == [2, 1] && list.flows == 5 && list.unlistedFlows == 2)
        #expect(list.clientCount == 2)
    }
}
