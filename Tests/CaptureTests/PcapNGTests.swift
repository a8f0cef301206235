import Capture
import Testing

/// Blocks are made by hand from draft-ietf-opsawg-pcapng, in little-endian order unless said otherwise.
@Suite struct PcapNGTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    struct Seen: Equatable {
        var nanoseconds: Int64
        var bytes: [UInt8]
        var linkType: Int32 = 1
        var interface = 0
        var wireLength = 4
    }

    private func read(_ bytes: [UInt8], filter: String? = nil) throws -> [Seen] {
        let file = try CaptureFile(path: folder.file("capture", bytes), filter: filter)
        var seen: [Seen] = []
        while try file.read(
            upTo: 3,
            { bytes, packet in
                seen.append(
                    Seen(
                        nanoseconds: packet.nanoseconds, bytes: (0..<bytes.count).map { bytes[$0] },
                        linkType: packet.linkType, interface: packet.interface, wireLength: packet.wireLength))
            })
        {}
        return seen
    }

    private func error(_ bytes: [UInt8]) throws -> String {
        try #require(#expect(throws: CaptureError.self) { _ = try read(bytes) }).description
    }

    static func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    static func block(_ type: Int, _ body: [UInt8], length: Int? = nil) -> [UInt8] {
        let size = word(length ?? body.count + 12)
        return word(type) + size + body + size
    }

    static let section = block(0x0a0d_0d0a, word(0x1a2b_3c4d) + word(1) + word(-1) + word(-1))

    static func interface(_ linkType: Int, snapLength: Int = 0, options: [UInt8] = []) -> [UInt8] {
        block(1, word(linkType) + word(snapLength) + options)
    }

    static func resolution(_ value: UInt8) -> [UInt8] { [9, 0, 1, 0, value, 0, 0, 0] }

    static func packet(_ interface: Int, ticks: Int = 0, _ bytes: [UInt8] = [1, 2, 3, 4], kept: Int? = nil) -> [UInt8] {
        block(
            6, word(interface) + word(ticks >> 32) + word(ticks) + word(kept ?? bytes.count) + word(bytes.count) + bytes
        )
    }

    @Test func `interfaces of several link types and clocks share a file`() throws {
        // Seconds that the clock is ahead.
        let offset: [UInt8] = [14, 0, 8, 0, 100, 0, 0, 0, 0, 0, 0, 0]
        let file =
            Self.section + Self.interface(1) + Self.interface(113, options: Self.resolution(9))
            + Self.packet(0, ticks: 7)
            + Self.packet(1, ticks: 7) + Self.interface(101, options: Self.resolution(0x8a) + offset + [0, 0, 0, 0])
            + Self.packet(2, ticks: 1536)
        #expect(
            try read(file) == [
                Seen(nanoseconds: 7_000, bytes: [1, 2, 3, 4]),
                Seen(nanoseconds: 7, bytes: [1, 2, 3, 4], linkType: 113, interface: 1),
                Seen(nanoseconds: 101_500_000_000, bytes: [1, 2, 3, 4], linkType: 101, interface: 2),
            ])
    }

    @Test(arguments: [
        (UInt8(0), 3, Int64(3_000_000_000)), (3, 1_500, 1_500_000_000), (12, 1_999, 1), (0x80, 3, 3_000_000_000),
        (0x9e, 1 << 30, 1_000_000_000), (0xa0, 1 << 32, 1_000_000_000), (0xc0, 1 << 62, 250_000_000),
    ]) func `every resolution of time is understood`(resolution: UInt8, ticks: Int, nanoseconds: Int64) throws {
        let file = Self.section + Self.interface(1, options: Self.resolution(resolution)) + Self.packet(0, ticks: ticks)
        #expect(try read(file).map(\.nanoseconds) == [nanoseconds])
    }

    @Test(arguments: [UInt8(0x7f), 0xff, 0xc1]) func `an absurd resolution harms nothing`(resolution: UInt8) throws {
        let file = Self.section + Self.interface(1, options: Self.resolution(resolution)) + Self.packet(0, ticks: -1)
        #expect(try read(file).count == 1)
    }

    @Test func `a filter is translated for each link type`() throws {
        var ethernet = [UInt8](repeating: 0, count: 60)
        ethernet.replaceSubrange(12..<15, with: [8, 0, 0x45])
        ethernet[23] = 17
        let ip = Array(ethernet[14...]) + [0, 0]
        let file =
            Self.section + Self.interface(1) + Self.interface(101) + Self.packet(0, ethernet) + Self.packet(1, ip)
            + Self.packet(0) + Self.packet(1)
        #expect(try read(file, filter: "udp").map(\.bytes) == [ethernet, ip])
        #expect(try read(file, filter: "tcp") == [])
    }

    @Test func `a filter that makes no sense is named before anything is read`() throws {
        let path = try folder.file("capture", Self.section + Self.interface(1))
        let error = #expect(throws: CaptureError.self) { _ = try CaptureFile(path: path, filter: "tcp prot 80") }
        #expect(try #require(error).description.hasPrefix("filter 'tcp prot 80': "))
    }

    @Test func `simple and old packets are read, and other blocks passed over`() throws {
        let simple = Self.block(3, Self.word(9) + [5, 6, 7, 8])
        let old = Self.block(
            2, Self.word(0) + Self.word(0) + Self.word(3) + Self.word(4) + Self.word(4) + [1, 2, 3, 4])
        let large = Self.block(0x0bad, Array(repeating: 0, count: 3_000_000))
        let file = Self.section + large + Self.interface(1, snapLength: 4) + old + large + simple
        #expect(
            try read(file) == [
                Seen(nanoseconds: 3_000, bytes: [1, 2, 3, 4]),
                Seen(nanoseconds: 3_000, bytes: [5, 6, 7, 8], wireLength: 9),
            ])
    }

    @Test func `a new section forgets the interfaces and may have the other byte order`() throws {
        func big(_ value: Int) -> [UInt8] { Self.word(value).reversed() }
        func bigBlock(_ type: Int, _ body: [UInt8]) -> [UInt8] {
            big(type) + big(body.count + 12) + body + big(body.count + 12)
        }
        let other =
            bigBlock(0x0a0d_0d0a, big(0x1a2b_3c4d) + big(0x10000) + big(-1) + big(-1))
            + bigBlock(1, [0, 101, 0, 0] + big(0))
            + bigBlock(6, big(0) + big(0) + big(5) + big(4) + big(4) + [9, 9, 9, 9])
        let first = Self.section + Self.interface(1) + Self.packet(0)
        #expect(try read(first + other + first).map(\.linkType) == [1, 101, 1])
        #expect(
            try error(first + Self.section + Self.packet(0)).contains("interface 0, which is not described; 1 packet"))
    }

    static let damages: [(String, [UInt8])] = [
        ("a packet of an interface that is not there", packet(7)),
        ("a length below the least", block(6, [], length: 8)),
        ("a length that is no multiple of four", block(6, [1, 2, 3, 4], length: 17)),
        ("a length that the end does not repeat", [word(6), word(16), word(0), word(20)].flatMap { $0 }),
        ("a packet longer than its block", packet(0, kept: 5)),
        ("a packet without a header", block(6, word(0))),
        ("a huge packet", [word(6), word(0x7fff_fffc), word(0)].flatMap { $0 }),
        ("an interface without a link type", block(1, [])),
        ("a section of no byte order", block(0x0a0d_0d0a, word(0))),
    ]

    @Test(arguments: damages) func `damage ends the reading and keeps what came before`(
        what: String, bytes: [UInt8]
    ) throws {
        let message = try error(Self.section + Self.interface(1) + Self.packet(0) + bytes)
        #expect(message.hasSuffix("; 1 packet was read before that"), "\(what): \(message)")
    }

    @Test func `a file cut anywhere says that it is cut or gives whole packets`() throws {
        let file = Self.section + Self.interface(1) + Self.packet(0) + Self.packet(0) + Self.block(5, Self.word(0))
        let ends = [28, 48, 84, 120, 136]
        for count in 4..<file.count where !ends.contains(count) {
            #expect(try error(Array(file.prefix(count))).contains("the file is cut ("), "\(count)")
        }
        for end in ends.dropFirst() { #expect(try read(Array(file.prefix(end))).count <= 2) }
    }

    @Test func `a flood of interfaces ends at the bound`() throws {
        let one = Self.interface(1)
        let file = Self.section + (0..<65_537).flatMap { _ in one }
        #expect(try error(file).contains("more than 65536 interfaces"))
    }
}
