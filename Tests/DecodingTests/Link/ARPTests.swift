import Decoding
import TestSupport
import Testing

/// Packets are made by hand from RFC 826.
@Suite struct ARPTests {
    private static let card = "00:09:0f:12:34:56"

    private static func read(
        _ frame: [UInt8], _ linkType: LinkType = .ethernet, wireLength: Int? = nil
    ) throws(DecodingError) -> ARPPacket? {
        try ARPPacket(behindLink: frame.span, linkType: linkType, wireLength: wireLength ?? frame.count)
    }

    @Test func `a request claims its sender's address and no other`() throws {
        let packet = try #require(try Self.read(HostBytes.arpFrame(Self.card, "10.0.0.5", target: "10.0.0.9")))
        #expect(packet.operation == .request && packet.targetAddress == ip("10.0.0.9"))
        let claim = try #require(packet.claim)
        #expect(claim.address == ip("10.0.0.5") && claim.hardware == HostBytes.mac(Self.card))
    }

    @Test(arguments: [
        (LinkType.ethernet, Wire.ethernet(0x8100, Wire.tag(7, 0x0806, HostBytes.arp(card, "10.0.0.5")))),
        (.ethernet, Wire.ethernet(0x88a8, Wire.tag(7, 0x8100, Wire.tag(8, 0x0806, HostBytes.arp(card, "10.0.0.5"))))),
        (.linuxCooked, [UInt8](repeating: 0, count: 14) + u16(0x0806) + HostBytes.arp(card, "10.0.0.5")),
        (.linuxCooked2, u16(0x0806) + [UInt8](repeating: 0, count: 18) + HostBytes.arp(card, "10.0.0.5")),
    ])
    func `it is found behind tags and other link headers`(linkType: LinkType, frame: [UInt8]) throws {
        #expect(try Self.read(frame, linkType)?.claim?.address == ip("10.0.0.5"))
        #expect(try decode(frame, linkType) == nil)
    }

    @Test(arguments: [
        // A probe (RFC 5227), a broadcast as sender, a group's hardware address, RARP, nobody's card.
        HostBytes.arpFrame(card, "0.0.0.0"), HostBytes.arpFrame(card, "255.255.255.255"),
        HostBytes.arpFrame("01:00:5e:00:00:01", "10.0.0.5"), HostBytes.arpFrame(card, "10.0.0.5", operation: 3),
        HostBytes.arpFrame("00:00:00:00:00:00", "10.0.0.5"),
    ])
    func `who has no address of its own claims none`(_ frame: [UInt8]) throws {
        let packet = try #require(try Self.read(frame))
        #expect(packet.claim == nil)
    }

    @Test func `other networks and other frames hold none`() throws {
        var frame = HostBytes.arpFrame(Self.card, "10.0.0.5")
        frame[15] = 15  // Frame Relay
        #expect(try Self.read(frame) == nil)
        #expect(try Self.read(Wire.ethernet(0x88cc, HostBytes.arp(Self.card, "10.0.0.5"))) == nil)
        #expect(try Self.read([], .ethernet) == nil)
    }

    @Test func `every cut is told as what it is`() throws {
        let frame = HostBytes.arpFrame(Self.card, "10.0.0.5")
        for count in 14..<frame.count {
            let cut = Array(frame.prefix(count))
            #expect(throws: DecodingError.anomaly(.arpMalformed)) { try Self.read(cut) }
            #expect(throws: DecodingError.anomaly(.cutBySnapLength)) { try Self.read(cut, wireLength: frame.count) }
        }
        var odd = frame
        odd[18] = 8  // the length of a hardware address
        #expect(throws: DecodingError.anomaly(.arpMalformed)) { try Self.read(odd) }
    }
}
