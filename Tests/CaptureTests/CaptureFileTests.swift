import Capture
import Testing

@Suite struct CaptureFileTests {
    typealias Packet = CaptureBytes.Packet

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Three packets: an odd time, an empty one, and one that a snap length cut.
    static let packets = [
        Packet(1_772_412_614_123_456_789, [1, 2, 3, 4, 5]), Packet(1_772_412_614_999_999_999, []),
        Packet(1, Array(repeating: 7, count: 60), wireLength: 1_514),
    ]

    private func read(_ bytes: [UInt8], filter: String? = nil) throws -> (packets: [Packet], linkType: Int32?) {
        let file = try CaptureFile(path: folder.file("capture", bytes), filter: filter)
        var packets: [Packet] = []
        var linkType: Int32?
        while try file.read(
            upTo: 2,
            { bytes, packet in
                linkType = packet.linkType
                let copy = (0..<bytes.count).map { bytes[$0] }
                let wireLength = packet.wireLength == copy.count ? nil : packet.wireLength
                packets.append(Packet(packet.nanoseconds, copy, wireLength: wireLength))
            })
        {}
        #expect(file.packetCount == packets.count)
        return (packets, linkType)
    }

    /// The packets as a file of coarser time gives them back.
    private func cut(to unit: Int64) -> [Packet] {
        Self.packets.map { Packet($0.nanoseconds / unit * unit, $0.bytes, wireLength: $0.wireLength) }
    }

    @Test(arguments: [CaptureBytes.Order.little, .big], [Int64(1), 1_000])
    func `pcap gives every packet with all digits of its time`(_ order: CaptureBytes.Order, _ unit: Int64) throws {
        let (packets, linkType) = try read(CaptureBytes.pcap(Self.packets, order: order, unit: unit))
        #expect(packets == cut(to: unit))
        #expect(linkType == 1)
    }

    @Test(arguments: [CaptureBytes.Order.little, .big], [UInt8(9), 6, 3])
    func `pcapng gives every packet with all digits of its time`(_ order: CaptureBytes.Order, _ digits: UInt8) throws {
        let (packets, linkType) = try read(CaptureBytes.pcapng(Self.packets, order: order, digits: digits))
        let units: [UInt8: Int64] = [9: 1, 6: 1_000, 3: 1_000_000]
        #expect(packets == cut(to: try #require(units[digits])))
        #expect(linkType == 1)
    }

    @Test func `a capture without packets is sound`() throws {
        #expect(try read(CaptureBytes.pcap([])).packets == [])
        #expect(try read(CaptureBytes.pcapng([])).packets == [])
    }

    @Test func `the link type is that of the file`() throws {
        #expect(try read(CaptureBytes.pcap(Self.packets, linkType: 113)).linkType == 113)
    }

    @Test func `a file is read in portions, and its end stays its end`() throws {
        let file = try CaptureFile(path: folder.file("capture", CaptureBytes.pcap(Self.packets)), filter: nil)
        #expect(try file.read(upTo: 2) { _, _ in })
        #expect(file.packetCount == 2)
        #expect(try !file.read(upTo: 2) { _, _ in })
        #expect(try !file.read(upTo: 2) { _, _ in })
        #expect(file.packetCount == 3)
    }

    @Test func `size and position tell how far the reading has come`() throws {
        let bytes = CaptureBytes.pcap(Self.packets)
        let file = try CaptureFile(path: folder.file("capture", bytes), filter: nil)
        #expect(file.size == bytes.count && file.position == 24)
        _ = try file.read(upTo: 10) { _, _ in }
        #expect(file.position == bytes.count)
    }

    @Test func `a filter lets only those through that it describes`() throws {
        let short = Packet(1_000, Array(repeating: 1, count: 60)), long = Packet(2_000, Array(repeating: 2, count: 90))
        let bytes = CaptureBytes.pcap([short, long, short])
        #expect(try read(bytes, filter: "greater 80").packets == [long])
        #expect(try read(bytes, filter: "").packets == [short, long, short])
        #expect(try read(bytes, filter: "ip6").packets == [])
    }

    @Test(arguments: ["tcp prot 80", "host", "("])
    func `a filter that makes no sense is named`(_ filter: String) throws {
        let path = try folder.file("capture", CaptureBytes.pcap([]))
        let error = #expect(throws: CaptureError.self) { _ = try CaptureFile(path: path, filter: filter) }
        let text = try #require(error).description
        #expect(text.hasPrefix("filter '\(filter)': ") && text.contains("man pcap-filter"))
    }
}
