import Decoding
import TestSupport
import Testing

/// Frames are made by hand from IEEE 802.11, section 9.3.2.1, and radiotap.org.
@Suite struct WLANTests {
    static let llc: [UInt8] = [0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x00]

    /// A data frame in front of a datagram.
    static func frame(
        kind: UInt8 = 0x08, flags: UInt8 = 0x01, sequence: UInt8 = 0, extra: [UInt8] = [],
        _ payload: [UInt8] = llc + datagram()
    ) -> [UInt8] {
        [kind, flags] + Array(repeating: 2, count: 20) + [sequence, 1] + extra + payload
    }

    static func radiotap(present: UInt8, fields: [UInt8], more: [UInt8] = []) -> [UInt8] {
        let bitmap = [present, 0, 0, more.isEmpty ? 0 : 0x80] + more
        return [0, 0] + u16(4 + bitmap.count + fields.count).reversed() + bitmap + fields
    }

    @Test(arguments: [
        frame(), frame(flags: 0x02), frame(flags: 0x03, extra: [1, 2, 3, 4, 5, 6]),
        frame(kind: 0x88, extra: [0, 0]), frame(kind: 0x88, flags: 0x81, extra: [0, 0, 1, 2, 3, 4]),
        frame(kind: 0x88, flags: 0x03, extra: [1, 2, 3, 4, 5, 6, 0, 0]),
        frame(kind: 0x88, extra: [0x80, 0] + Array(repeating: 3, count: 12) + [0, 43]),
    ]) func `data frames leave their packet`(frame: [UInt8]) throws {
        for (linkType, header) in [
            (LinkType.wlan, []), (.radiotap, Self.radiotap(present: 0, fields: [])),
            (.radiotap, Self.radiotap(present: 2, fields: [0])),
            (.radiotap, Self.radiotap(present: 3, fields: Array(repeating: 0xff, count: 8) + [0])),
            (.ppi, [0, 0, 12, 0, 105, 0, 0, 0, 2, 0, 0, 0]),
        ] {
            let (packet, payload) = try #require(try decode(header + frame, linkType), "\(linkType)")
            #expect(packet.destinationPort == 53 && payload == Array("payload".utf8))
        }
    }

    @Test(arguments: [
        frame(kind: 0x80), frame(kind: 0x48), frame(kind: 0xc8, extra: [0, 0]), frame(flags: 0x41), frame(sequence: 3),
        frame(kind: 0x09),
        [0xd4, 0, 0, 0, 1, 2, 3, 4, 5, 6],
    ]) func `what is no data, protected or a later fragment shows no packet`(frame: [UInt8]) throws {
        #expect(try decode(frame, .wlan) == nil)
    }

    @Test func `the padding that radiotap tells of is skipped`() throws {
        let padded = Self.frame(kind: 0x88, extra: [0, 0, 0xee, 0xee])
        #expect(try decode(Self.radiotap(present: 2, fields: [0x20]) + padded, .radiotap)?.packet.destinationPort == 53)
        // A timer in front of the flags, which stands on a multiple of eight bytes; two bitmaps.
        let fields = Array(repeating: UInt8(0xff), count: 12) + [0x20]
        #expect(
            try decode(Self.radiotap(present: 3, fields: fields, more: [0, 0, 0, 0]) + padded, .radiotap)?.packet
                .destinationPort == 53)
    }

    @Test func `a radiotap header that lies is an anomaly`() {
        #expect(throws: DecodingError.anomaly(.radiotapHeader)) { try decode([1, 0, 8, 0, 0, 0, 0, 0], .radiotap) }
        #expect(throws: DecodingError.anomaly(.radiotapHeader)) { try decode([0, 0, 7, 0, 0, 0, 0, 0], .radiotap) }
        #expect(throws: DecodingError.anomaly(.radiotapHeader)) { try decode([0, 0, 8, 0, 0, 0, 0, 0x80], .radiotap) }
        #expect(throws: DecodingError.anomaly(.linkTruncated)) { try decode([0, 0, 9, 0, 0, 0, 0, 0], .radiotap) }
        let endless = [0, 0, 0xff, 0] + Array(repeating: UInt8(0x80), count: 251)
        #expect(throws: DecodingError.anomaly(.radiotapHeader)) { try decode(endless, .radiotap) }
    }

    @Test func `PPI around a link type that nobody knows says so, and around itself ends`() {
        #expect(throws: DecodingError.anomaly(.unknownLinkType)) { try decode([0, 0, 8, 0, 147, 0, 0, 0], .ppi) }
        let nested = (0..<100).flatMap { _ in [0, 0, 8, 0, 192, 0, 0, 0] as [UInt8] }
        #expect(throws: DecodingError.anomaly(.tooManyHeaders)) { try decode(nested, .ppi) }
        #expect(throws: DecodingError.anomaly(.ppiHeader)) { try decode([0, 0, 7, 0, 1, 0, 0, 0], .ppi) }
    }
}
