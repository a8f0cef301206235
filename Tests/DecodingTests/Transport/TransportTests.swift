import Decoding
import TestSupport
import Testing

/// Segments and datagrams are made by hand from RFC 9293, section 3.1 and RFC 768.
@Suite struct TransportTests {
    @Test func `a packet's headers are moved in registers`() {
        #expect(MemoryLayout<Packet>.size <= 128)
    }

    static func tcp(_ segment: [UInt8]) -> [UInt8] {
        Wire.ethernet(Wire.ipv4, Wire.ipv4(inside, outside, protocol: 6, segment))
    }
    static func udp(_ datagram: [UInt8]) -> [UInt8] {
        Wire.ethernet(Wire.ipv4, Wire.ipv4(inside, outside, protocol: 17, datagram))
    }

    @Test func `a segment shows its ports, number, flags and payload`() throws {
        let segment = Wire.tcp(4000, 443, sequence: 0xffff_fffe, flags: 0x12, [9, 8])
        let (packet, payload) = try #require(try decode(Self.tcp(segment)))
        #expect(packet.sourcePort == 4000 && packet.destinationPort == 443 && packet.tcpSequence == 0xffff_fffe)
        #expect(packet.tcpFlags.hasSYN && packet.tcpFlags.hasACK && !packet.tcpFlags.ends)
        #expect(payload == [9, 8] && packet.ipLength == 42)
    }

    @Test(arguments: [4, 40])
    func `options are skipped`(count: Int) throws {
        #expect(try decode(Self.tcp(Wire.tcp(1, 2, options: Array(repeating: 1, count: count), [9])))?.payload == [9])
    }

    @Test(arguments: 0..<5)
    func `a data offset inside the header is an anomaly`(words: Int) throws {
        let packet = try #require(try decode(Self.tcp(Wire.tcp(1, 2, dataOffset: words, [9])))).packet
        #expect(packet.anomaly == .tcpDataOffset && !packet.hasTransportHeader && packet.source == inside)
    }

    @Test func `a data offset beyond the segment is truncated`() throws {
        let packet = try #require(try decode(Self.tcp(Wire.tcp(1, 2, dataOffset: 15, [9])))).packet
        #expect(packet.anomaly == .tcpTruncated && !packet.hasTransportHeader)
    }

    @Test(arguments: 0..<20)
    func `a segment cut anywhere in its header is truncated`(count: Int) throws {
        let frame = Self.tcp(Array(Wire.tcp(1, 2).prefix(count)))
        #expect(try decode(frame)?.packet.anomaly == .tcpTruncated)
        let whole = Self.tcp(Wire.tcp(1, 2))
        let cut = try #require(try decode(Array(whole.prefix(34 + count)), wireLength: whole.count)).packet
        #expect(cut.anomaly == .cutBySnapLength && !cut.hasTransportHeader && cut.ipLength == 40)
    }

    @Test(arguments: 0..<8)
    func `a datagram cut anywhere in its header is truncated`(count: Int) throws {
        #expect(try decode(Self.udp(Array(Wire.udp(1, 2, []).prefix(count))))?.packet.anomaly == .udpTruncated)
    }

    @Test(arguments: 1..<8)
    func `a datagram shorter than its own header is an anomaly`(length: Int) throws {
        let packet = try #require(try decode(Self.udp(Wire.udp(1, 2, length: length, [9])))).packet
        #expect(packet.anomaly == .udpLength && !packet.hasTransportHeader)
    }

    @Test func `a datagram length of zero keeps all of the packet`() throws {
        let (packet, payload) = try #require(try decode(Self.udp(Wire.udp(1, 2, length: 0, [9, 8]))))
        #expect(packet.anomaly == nil && payload == [9, 8])
    }

    @Test func `a datagram length below the packet's ends the payload`() throws {
        let (packet, payload) = try #require(try decode(Self.udp(Wire.udp(1, 2, length: 9, [9, 8]))))
        #expect(packet.anomaly == nil && payload == [9])
    }

    @Test func `a datagram length beyond the packet's is told from a snap length`() throws {
        let lying = try #require(try decode(Self.udp(Wire.udp(1, 2, length: 100, [9]))))
        #expect(lying.packet.anomaly == .udpLength && lying.packet.isPayloadCut && lying.payload == [9])
        let whole = Self.udp(Wire.udp(1, 2, [9, 8, 7]))
        let cut = try #require(try decode(Array(whole.dropLast(2)), wireLength: whole.count))
        #expect(cut.packet.anomaly == .cutBySnapLength && cut.packet.isPayloadCut && cut.payload == [9])
    }

    @Test func `random bytes on every link layer never stop the decoder`() {
        var random = SeededRandom(seed: 1)
        let links = (0...300).map { LinkType(rawValue: Int32($0)) }.filter(\.isSupported)
        for _ in 0..<5_000 {
            var frame = random.bytes(Int.random(in: 0...120, using: &random))
            if frame.count > 15, Bool.random(using: &random) {
                frame[12] = 0x08
                frame[13] = 0
                frame[14] = 0x45
            }
            for link in links {
                _ = try? decode(frame, link, wireLength: frame.count + Int.random(in: -5...5, using: &random))
            }
        }
    }
}
