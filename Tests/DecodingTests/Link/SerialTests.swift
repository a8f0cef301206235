import Decoding
import TestSupport
import Testing

/// Frames are made by hand from the documents that the decoders name.
@Suite struct SerialTests {
    @Test(
        arguments: [
            (LinkType.ppp, [0xff, 0x03, 0x00, 0x21]), (.ppp, [0xff, 0x03, 0x21]), (.ppp, [0x00, 0x21]), (.ppp, [0x21]),
            (.pppHDLC, [0xff, 0x03, 0x00, 0x21]), (.pppHDLC, [0x0f, 0x00, 0x08, 0x00]),
            (.pppHDLC, [0x8f, 0x00, 0x08, 0x00]),
            (.pppWithDirection, [1, 0xff, 0x03, 0x00, 0x21]), (.ciscoHDLC, [0x0f, 0x00, 0x08, 0x00]),
            (.pppoe, [0x11, 0, 0, 7, 0, 37, 0x00, 0x21]),
            (.frameRelay, [0x18, 0x41, 0x03, 0xcc]), (.frameRelay, [0x18, 0x41, 0x03, 0x00, 0xcc]),
            (.frameRelay, [0x18, 0x40, 0x40, 0x41, 0x03, 0xcc]), (.frameRelay, [0x18, 0x41, 0x08, 0x00]),
            (.frameRelay, [0x18, 0x41, 0x03, 0x00, 0x80, 0, 0, 0, 0x08, 0x00]),
            (.frameRelay, [0x18, 0x41, 0x03, 0xcf, 0x00, 0x21]),
            (.atmRFC1483, [0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x00]), (.atmRFC1483InFiles, [0x06, 0x06, 0x03]),
        ] as [(LinkType, [UInt8])])
    func `every serial link leaves the same packet`(linkType: LinkType, header: [UInt8]) throws {
        let (packet, payload) = try #require(try decode(header + datagram(), linkType))
        #expect(packet.source == inside && packet.destinationPort == 53 && packet.ipLength == 35)
        #expect(payload == Array("payload".utf8) && packet.outerSource == nil && linkType.isSupported)
    }

    @Test(
        arguments: [
            (LinkType.ppp, [0x00, 0x57]), (.frameRelay, [0x18, 0x41, 0x03, 0x8e]), (.ciscoHDLC, [0x8f, 0, 0x86, 0xdd]),
        ]
            as [(LinkType, [UInt8])])
    func `and the same IPv6 packet`(linkType: LinkType, header: [UInt8]) throws {
        let inner = Wire.ipv6(inside6, outside6, next: 17, Wire.udp(4000, 53, [1, 2, 3]))
        #expect(try decode(header + inner, linkType)?.payload == [1, 2, 3])
    }

    @Test(
        arguments: [
            (LinkType.ppp, [0xff, 0x03, 0xc0, 0x21, 1, 1, 0, 4]), (.pppoe, [0x11, 9, 0, 0, 0, 0]),
            (.ciscoHDLC, [0x8f, 0, 0x80, 0x35]),
            (.frameRelay, [0x00, 0x01, 0x03, 0x08, 0, 0]), (.atmRFC1483, [0x42, 0x42, 0x03, 0, 0]),
            (.atmRFC1483, [0xaa, 0xaa, 0x43]),
        ] as [(LinkType, [UInt8])])
    func `what keeps a link alive is no packet and no error`(linkType: LinkType, frame: [UInt8]) throws {
        #expect(try decode(frame, linkType) == nil)
    }

    @Test func `PPPoE under two tags keeps the tags and cuts the padding off`() throws {
        let session = [0x11, 0, 0, 7] + u16(37) + [0x00, 0x21] + datagram() + [9, 9, 9]
        let frame = Wire.ethernet(0x88a8, Wire.tag(3, 0x8100, Wire.tag(4, 0x8864, session)))
        let (packet, payload) = try #require(try decode(frame))
        #expect(packet.vlan == 3 << 12 | 4 && packet.anomaly == nil && payload == Array("payload".utf8))
    }

    @Test func `a Frame Relay address without an end is an anomaly`() {
        #expect(throws: DecodingError.anomaly(.frameRelayAddress)) { try decode([0, 0, 0, 0, 0, 0, 0], .frameRelay) }
    }

    @Test func `an LLC frame on Ethernet is as long as its length says`() throws {
        let frame = [0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x00] + datagram()
        #expect(try decode(Wire.ethernet(frame.count, frame + [7, 7]))?.payload == Array("payload".utf8))
        #expect(try decode(Wire.ethernet(0x8870, frame))?.packet.destinationPort == 53)
        // IEEE 802.1, bridged Ethernet.
        let bridged = [0xaa, 0xaa, 0x03, 0, 0x80, 0xc2, 0, 7] + Wire.ethernet(Wire.ipv4, datagram())
        #expect(try decode(Wire.ethernet(bridged.count, bridged))?.packet.destinationPort == 53)
    }

    @Test(arguments: [true, false]) func `NFLOG is read in both byte orders`(isBig: Bool) throws {
        func word(_ value: Int) -> [UInt8] { isBig ? u16(value) : u16(value).reversed() }
        let attributes = word(6) + word(10) + [1, 2, 0, 0] + word(4 + 35) + word(9) + datagram() + [0]
        let (packet, payload) = try #require(try decode([2, 0, 0, 5] + attributes, .nflog))
        #expect(packet.destinationPort == 53 && payload == Array("payload".utf8))
    }

    @Test func `NFLOG without a packet is none, and with a short length an anomaly`() throws {
        #expect(try decode([2, 0, 0, 5, 6, 0, 10, 0, 1, 2, 0, 0], .nflog) == nil)
        #expect(throws: DecodingError.anomaly(.nflogHeader)) { try decode([2, 0, 0, 5, 3, 0, 10, 0], .nflog) }
        #expect(throws: DecodingError.anomaly(.nflogHeader)) { try decode([2, 1, 0, 5], .nflog) }
        #expect(throws: DecodingError.anomaly(.linkTruncated)) { try decode([2, 0, 0, 5, 9, 0, 10, 0, 1], .nflog) }
    }
}
