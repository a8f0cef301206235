import Foundation

/// Capture files, written as the pcap and pcapng drafts of the IETF's opsawg draw them.
struct CaptureBytes {
    enum Order { case little, big }

    struct Packet: Equatable {
        var nanoseconds: Int64
        var bytes: [UInt8]
        /// What the header says was on the wire, and what it says was kept; nil tells the truth.
        var wireLength: Int?
        var keptLength: Int?

        init(_ nanoseconds: Int64, _ bytes: [UInt8], wireLength: Int? = nil, keptLength: Int? = nil) {
            self.nanoseconds = nanoseconds
            self.bytes = bytes
            self.wireLength = wireLength
            self.keptLength = keptLength
        }
    }

    private(set) var bytes: [UInt8] = []
    private let order: Order

    private init(_ order: Order) { self.order = order }

    private mutating func add16(_ value: UInt16) {
        let big = [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
        bytes += order == .big ? big : big.reversed()
    }

    private mutating func add32(_ value: Int) {
        let big = (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
        bytes += order == .big ? big : big.reversed()
    }

    /// A pcap file; `unit` nanoseconds is one tick of its fractions: 1,000 or 1.
    static func pcap(_ packets: [Packet], order: Order = .little, unit: Int64 = 1_000, linkType: Int = 1) -> [UInt8] {
        var file = CaptureBytes(order)
        file.add32(unit == 1 ? 0xa1b2_3c4d : 0xa1b2_c3d4)
        file.add16(2)
        file.add16(4)
        for value in [0, 0, 65_535, linkType] { file.add32(value) }
        for packet in packets {
            file.add32(Int(packet.nanoseconds / 1_000_000_000))
            file.add32(Int(packet.nanoseconds % 1_000_000_000 / unit))
            file.add32(packet.keptLength ?? packet.bytes.count)
            file.add32(packet.wireLength ?? packet.bytes.count)
            file.bytes += packet.bytes
        }
        return file.bytes
    }

    /// A pcapng file with one interface whose ticks are 10 to the power of `-digits` seconds.
    static func pcapng(_ packets: [Packet], order: Order = .little, digits: UInt8 = 9) -> [UInt8] {
        var file = CaptureBytes(order)
        file.block(0x0a0d_0d0a) { block in
            block.add32(0x1a2b_3c4d)
            block.add16(1)
            block.add16(0)
            block.add32(-1)
            block.add32(-1)
        }
        file.block(1) { block in
            block.add16(1)
            block.add16(0)
            block.add32(65_535)
            // if_tsresol, and the end of options.
            block.add16(9)
            block.add16(1)
            block.bytes += [digits, 0, 0, 0]
            block.add32(0)
        }
        let unit = (digits..<9).reduce(Int64(1)) { product, _ in product * 10 }
        for packet in packets {
            file.block(6) { block in
                let ticks = packet.nanoseconds / unit
                for value in [0, Int(ticks >> 32), Int(ticks & 0xffff_ffff)] { block.add32(value) }
                block.add32(packet.keptLength ?? packet.bytes.count)
                block.add32(packet.wireLength ?? packet.bytes.count)
                block.bytes += packet.bytes + Array(repeating: 0, count: -packet.bytes.count & 3)
            }
        }
        return file.bytes
    }

    private mutating func block(_ type: Int, _ fill: (inout CaptureBytes) -> Void) {
        var body = CaptureBytes(order)
        fill(&body)
        add32(type)
        add32(body.bytes.count + 12)
        bytes += body.bytes
        add32(body.bytes.count + 12)
    }
}

/// A folder that goes with its last user.
final class ScratchFolder: Sendable {
    let path = NSTemporaryDirectory() + "/seaward-test-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }
}
