import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 2131 and RFC 2132.
@Suite struct DHCPv4Tests {
    private static let card = "00:0c:29:aa:bb:cc"

    private static func read(_ message: [UInt8]) throws(DecodingError) -> DHCPv4Message {
        var bytes = message.span
        return try DHCPv4Message(reading: &bytes)
    }

    private static func name(_ options: [UInt8]...) throws -> String? {
        try read(HostBytes.dhcp(hardware: card, options)).name.map { "\($0)" }
    }

    @Test func `a request tells who the client is and what it wants`() throws {
        let message = try Self.read(
            HostBytes.dhcp(
                hardware: Self.card,
                [
                    HostBytes.option(53, [3]), [0, 0], HostBytes.option(12, "Reception-PC"),
                    HostBytes.option(50, [10, 0, 0, 5]), HostBytes.option(60, "MSFT 5.0"),
                ]))
        #expect(!message.isReply && message.kind == .request && message.identifier == 0x1234_5678)
        #expect(message.hardware == HostBytes.mac(Self.card) && message.requestedAddress == ip("10.0.0.5"))
        #expect(message.name == HostName("reception-pc") && message.vendorClass == "MSFT 5.0")
        #expect(message.fault == nil && message.leaseTime == nil)
    }

    @Test func `an answer tells the address and for how long, also through a relay`() throws {
        let message = try Self.read(
            HostBytes.dhcp(
                reply: true, your: "10.0.0.5", relay: "10.9.0.1", hardware: Self.card,
                [HostBytes.option(53, [5]), HostBytes.option(51, u32(3_600))]))
        #expect(message.isReply && message.kind == .acknowledge && message.yourAddress == ip("10.0.0.5"))
        #expect(message.leaseTime == 3_600 && message.relayAddress == ip("10.9.0.1"))
    }

    @Test func `the longer of both names counts, in labels or as text`() throws {
        let short = HostBytes.option(12, "pc")
        let inLabels = HostBytes.option(81, [4, 0, 0] + HostBytes.labels("pc.example.org"))
        let partial = HostBytes.option(81, [4, 0, 0, 2] + Array("pc".utf8))
        let asText = HostBytes.option(81, [0, 0, 0] + Array("PC.Example.org".utf8))
        #expect(try Self.name(short, inLabels) == "pc.example.org")
        #expect(try Self.name(asText, short) == "pc.example.org")
        #expect(try Self.name(partial) == "pc")
        #expect(try Self.name(HostBytes.option(12, "pc\0")) == "pc")
        #expect(try Self.name(HostBytes.option(12, [0x1b, 0x5b, 0x32, 0x4a])) == "\\027[2j")
        #expect(try Self.name(HostBytes.option(12, "")) == nil)
    }

    @Test func `options go on in the fields for the file and the server`() throws {
        let message = try Self.read(
            HostBytes.dhcp(
                hardware: Self.card, serverName: HostBytes.option(12, "from-sname") + [255],
                file: HostBytes.option(60, "from-file") + [255], [HostBytes.option(52, [3])]))
        #expect(message.name == HostName("from-sname") && message.vendorClass == "from-file")
        let plain = try Self.read(
            HostBytes.dhcp(hardware: Self.card, serverName: HostBytes.option(12, "a-boot-server"), []))
        #expect(plain.name == nil)
    }

    @Test func `what is no message of DHCP is refused`() {
        var message = HostBytes.dhcp(hardware: Self.card, [])
        message[236] = 0
        #expect(throws: DecodingError.anomaly(.dhcpMalformed)) { try Self.read(message) }
        message[0] = 3
        #expect(throws: DecodingError.anomaly(.dhcpMalformed)) { try Self.read(message) }
    }

    @Test func `another network than Ethernet has no hardware address`() throws {
        var message = HostBytes.dhcp(hardware: Self.card, [])
        message[1] = 32  // InfiniBand
        #expect(try Self.read(message).hardware == nil)
    }

    @Test func `a cut leaves what stands in front of it`() throws {
        let message = HostBytes.dhcp(
            hardware: Self.card, [HostBytes.option(53, [3]), HostBytes.option(12, "reception-pc")])
        for count in 0..<240 {
            #expect(throws: DecodingError.truncated) { try Self.read(Array(message.prefix(count))) }
        }
        for count in 244..<message.count - 1 {
            let cut = try Self.read(Array(message.prefix(count)))
            #expect(cut.kind == .request && cut.name == nil)
            #expect((cut.fault == .truncated) == (count > 243), "\(count)")
        }
    }
}
