import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 4861, section 4.
@Suite struct NeighborDiscoveryTests {
    private static let card = "00:0c:29:aa:bb:cc"

    private static func read(_ message: [UInt8], source: String = "fe80::5") throws(DecodingError) -> NeighborMessage? {
        var bytes = message.span
        return try NeighborMessage(reading: &bytes, source: ip(source))
    }

    @Test func `a solicitation speaks of its sender, an advertisement of its target`() throws {
        let asked = try #require(try Self.read(HostBytes.neighbor(135, target: "fd20::9", hardware: Self.card)))
        #expect(asked.address == ip("fe80::5") && asked.hardware == HostBytes.mac(Self.card))
        let told = try #require(try Self.read(HostBytes.neighbor(136, target: "fd20::9", hardware: Self.card)))
        #expect(told.address == ip("fd20::9") && told.hardware == HostBytes.mac(Self.card))
    }

    @Test func `routers speak of themselves`() throws {
        let option: [UInt8] = [1, 1] + HostBytes.bytes(HostBytes.mac(Self.card))
        let mtu: [UInt8] = [5, 1, 0, 0, 0, 0, 5, 0xdc]
        let advertisement: [UInt8] = [134, 0, 0, 0, 64, 0, 7, 8] + u32(0) + u32(0) + mtu + option
        #expect(try Self.read(advertisement)?.address == ip("fe80::5"))
        #expect(try Self.read([133, 0, 0, 0] + u32(0) + option)?.hardware == HostBytes.mac(Self.card))
    }

    @Test func `a probe for a new address, and what names no card, tell nothing`() throws {
        #expect(try Self.read(HostBytes.neighbor(135, target: "fd20::9"), source: "::") == nil)
        #expect(try Self.read(HostBytes.neighbor(135, target: "fd20::9", hardware: Self.card), source: "::") == nil)
        #expect(try Self.read(HostBytes.neighbor(136, target: "ff02::1", hardware: Self.card)) == nil)
        #expect(try Self.read(HostBytes.neighbor(136, target: "fd20::9", hardware: "33:33:00:00:00:01")) == nil)
    }

    @Test func `an option without a length ends the reading`() {
        let message = HostBytes.neighbor(136, target: "fd20::9") + [2, 0] + [UInt8](repeating: 0, count: 600)
        #expect(throws: DecodingError.anomaly(.neighborDiscoveryMalformed)) { try Self.read(message) }
    }

    @Test func `every cut is truncated`() {
        let message = HostBytes.neighbor(136, target: "fd20::9", hardware: Self.card)
        for count in 0..<message.count where count != 24 {
            #expect(throws: DecodingError.truncated) { try Self.read(Array(message.prefix(count))) }
        }
    }
}
