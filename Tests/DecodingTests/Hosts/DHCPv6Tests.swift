import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 8415.
@Suite struct DHCPv6Tests {
    private static let card = "00:0c:29:aa:bb:cc"

    private static func read(_ message: [UInt8]) throws(DecodingError) -> DHCPv6Message {
        var bytes = message.span
        return try DHCPv6Message(reading: &bytes)
    }

    private static let reply = HostBytes.dhcp6(
        7,
        [
            HostBytes.identifier(card), HostBytes.association([("fd20::5", 7_200), ("fd20::6", 0)]),
            HostBytes.option6(39, [1] + HostBytes.labels("PC.example.org")),
        ])

    @Test func `an answer tells the addresses, the name and the card of its client`() throws {
        let message = try Self.read(Self.reply)
        #expect(message.kind == .reply && message.identifier == 0x12_3456 && message.fault == nil)
        #expect(message.hardware == HostBytes.mac(Self.card) && message.name == HostName("pc.example.org"))
        #expect(message.leases.map { "\($0.address) \($0.lifetime)" } == ["fd20::5 7200", "fd20::6 0"])
    }

    @Test func `it is found behind relays, whose word on the card counts`() throws {
        let linkLayer = HostBytes.option6(79, u16(1) + HostBytes.bytes(HostBytes.mac("00:0c:29:00:00:01")))
        let message = try Self.read(
            HostBytes.relayed(HostBytes.relayed(Self.reply, kind: 13, before: [linkLayer]), kind: 13))
        #expect(message.kind == .reply && message.leases.count == 2)
        #expect(message.hardware == HostBytes.mac("00:0c:29:00:00:01"))
    }

    @Test func `relays without end are refused`() throws {
        var message = Self.reply
        for _ in 0..<8 { message = HostBytes.relayed(message) }
        #expect(try Self.read(message).kind == .reply)
        #expect(throws: DecodingError.anomaly(.dhcpv6Malformed)) { try Self.read(HostBytes.relayed(message)) }
    }

    @Test func `a client that is known by other means than its card has none`() throws {
        // DUID-EN and DUID-UUID (RFC 6355), and a DUID-LL of InfiniBand.
        let identifiers: [[UInt8]] = [
            [0, 2, 0, 0, 0, 9, 1, 2, 3], [0, 4] + [UInt8](repeating: 7, count: 16), [0, 3, 0, 32, 1],
        ]
        for identifier in identifiers {
            let message = try Self.read(HostBytes.dhcp6(7, [HostBytes.option6(1, identifier)]))
            #expect(message.hardware == nil && message.fault == nil)
        }
        let linkLayer = HostBytes.option6(1, [0, 3, 0, 1] + HostBytes.bytes(HostBytes.mac(Self.card)))
        #expect(try Self.read(HostBytes.dhcp6(3, [linkLayer])).hardware == HostBytes.mac(Self.card))
    }

    @Test func `no message fills the memory with addresses`() throws {
        let many = (0..<200).map { ("fd20::\(String($0, radix: 16))", UInt32(60)) }
        #expect(try Self.read(HostBytes.dhcp6(7, [HostBytes.association(many)])).leases.count == 16)
    }

    @Test func `a cut leaves what stands in front of it`() throws {
        for count in 0..<4 {
            #expect(throws: DecodingError.truncated) { try Self.read(Array(Self.reply.prefix(count))) }
        }
        let first = 4 + HostBytes.identifier(Self.card).count
        for count in first + 1..<Self.reply.count {
            let cut = try Self.read(Array(Self.reply.prefix(count)))
            #expect(cut.hardware == HostBytes.mac(Self.card))
            #expect(cut.fault == .truncated || cut.name == nil, "\(count)")
        }
    }
}
