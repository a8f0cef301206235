import Decoding
import TestSupport
import Testing

let outer = ip("192.0.2.1"), otherOuter = ip("192.0.2.2")
let outer6 = ip("2001:db8::1"), otherOuter6 = ip("2001:db8::2")
let datagram6 = Wire.ipv6(inside6, outside6, next: 17, Wire.udp(4000, 53, Array("payload".utf8)))

/// Headers are made by hand from RFC 2003, RFC 4213 and RFC 2473.
@Suite struct IPInIPTests {
    @Test func `every pair of versions leaves the inner packet and keeps the outer addresses`() throws {
        for (inner, number) in [(datagram(), UInt8(4)), (datagram6, 41)] {
            for (source, destination) in [(outer, otherOuter), (outer6, otherOuter6)] {
                let packet = Wire.packet(source, destination, protocol: number, inner)
                let (decoded, payload) = try #require(try decode(packet + [7, 7], .rawIP))
                #expect(decoded.outerSource == source && decoded.outerDestination == destination)
                #expect(decoded.source == (number == 4 ? inside : inside6) && decoded.destinationPort == 53)
                #expect(decoded.ipLength == inner.count && decoded.anomaly == nil && payload == Array("payload".utf8))
            }
        }
    }

    /// `count` IPv4 headers around a datagram.
    static func nested(_ count: Int) -> [UInt8] {
        (0..<count).reduce(datagram()) { inner, _ in Wire.ipv4(outer, otherOuter, protocol: 4, inner) }
    }

    @Test func `eight IP headers are read, and a ninth leaves the eighth`() throws {
        let (deep, payload) = try #require(try decode(Self.nested(7), .rawIP))
        #expect(deep.destinationPort == 53 && deep.anomaly == nil && payload == Array("payload".utf8))
        let packet = try #require(try decode(Self.nested(8), .rawIP)).packet
        #expect(packet.anomaly == .tooManyHeaders && packet.source == outer && packet.transport.rawValue == 4)
        #expect(try decode(Self.nested(3_000), .rawIP, wireLength: 60_055)?.packet.anomaly != nil)
    }

    @Test func `an inner packet that is none leaves the outer one`() throws {
        let inners: [([UInt8], Anomaly)] = [
            ([0x45], .ipv4Truncated), ([0x30] + Array(repeating: 0, count: 30), .ipv4HeaderLength),
            ([], .ipv4Truncated),
        ]
        for (inner, anomaly) in inners {
            let packet = try #require(try decode(Wire.ipv4(outer, otherOuter, protocol: 4, inner), .rawIP)).packet
            #expect(packet.source == outer && packet.anomaly == anomaly && packet.outerSource == nil)
            #expect(packet.ipLength == 20 + inner.count)
        }
    }

    @Test func `a snap length inside the inner header blames nobody`() throws {
        let whole = Wire.ipv4(outer, otherOuter, protocol: 4, datagram())
        let packet = try #require(try decode(Array(whole.prefix(30)), .rawIP, wireLength: whole.count)).packet
        #expect(packet.source == outer && packet.anomaly == .cutBySnapLength)
    }
}
