/// Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, interfaces with link types and clocks of
/// their own, packets in three kinds of blocks. libpcap refuses files whose interfaces differ.
///
/// Nothing that the file says sizes an allocation; a block that is not wanted is passed over, however long.
struct PcapNGReader: ~Copyable {
    /// Of a captured packet, in bytes. libpcap's own limit is 256 KiB; segmentation offload brings up to 512.
    static let packetLimit: Int32 = 1 << 20
    /// A packet and what its block adds, options included.
    private static let bufferSize = Int(packetLimit) + 1 << 16
    /// Containers make thousands of interfaces; a file of nothing but interfaces shall not fill our memory.
    private static let interfaceLimit = 65_536

    private enum BlockType {
        static let section: UInt32 = 0x0a0d_0d0a, interface: UInt32 = 1, oldPacket: UInt32 = 2
        static let simplePacket: UInt32 = 3, packet: UInt32 = 6
    }

    private struct Interface {
        var linkType: Int32
        /// Of simple packets; 0 is none.
        var snapLength: Int
        var clock = Clock()
    }

    private let input: Input
    private let filter: PacketFilter?
    private var buffer = [UInt8](repeating: 0, count: bufferSize)
    /// The part of `buffer` that is filled and not yet read.
    private var start = 0
    private var end = 0
    private var isBigEndian = false
    private var interfaces: [Interface] = []
    private var latest: Int64 = 0
    /// Why reading ended before its time.
    private(set) var message = ""

    /// Reads up to the first interface. Check `message`: empty is well.
    init(_ input: Input, filter: PacketFilter?) throws(CaptureError) {
        self.input = input
        self.filter = filter
        guard fill(12), word(0) == BlockType.section else {
            if message.isEmpty { message = "the file is cut (it ends in its first block)" }
            return
        }
        while message.isEmpty, interfaces.isEmpty {
            guard fill(8) else { break }
            let type = end - start >= 8 ? word(0) : 0
            if type == BlockType.packet || type == BlockType.oldPacket || type == BlockType.simplePacket { break }
            var none = 0
            if try readBlock(&none, { _, _ in }) != .packet { break }
        }
    }

    /// Bytes that were taken from the input and not looked at yet.
    var waiting: Int { end - start }

    /// Lends up to `limit` packets to `body`, one after the other.
    ///
    /// - Returns: how many there were, and the outcome of the last attempt.
    /// - Throws: where the filter does not suit an interface's link type.
    mutating func read(
        upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void
    ) throws(CaptureError) -> (count: Int, last: Handle.Outcome) {
        var packets = 0
        while packets < limit {
            let outcome = try readBlock(&packets, body)
            if outcome != .packet { return (packets, outcome) }
        }
        return (packets, .packet)
    }

    /// Reads one block; `packets` is increased where it was a packet that the filter lets through.
    private mutating func readBlock(
        _ packets: inout Int, _ body: (Span<UInt8>, CapturedPacket) -> Void
    ) throws(CaptureError) -> Handle.Outcome {
        guard message.isEmpty else { return .failure }
        guard fill(12) else {
            if !message.isEmpty { return .failure }
            return end == start ? .end : fail("the file is cut (it ends in the head of a block)")
        }
        let type = word(0)
        if type == BlockType.section {
            switch (buffer[start + 8], buffer[start + 11]) {
            case (0x1a, 0x4d): isBigEndian = true
            case (0x4d, 0x1a): isBigEndian = false
            default: return fail("a section of unknown byte order")
            }
            // What comes belongs to other interfaces, numbered anew.
            interfaces.removeAll()
        }
        let length = Int(word(4))
        guard length >= 12, length % 4 == 0 else { return fail("a block of impossible length, \(length) bytes") }
        switch type {
        case BlockType.interface, BlockType.oldPacket, BlockType.simplePacket, BlockType.packet:
            guard length <= Self.bufferSize else { return fail("a block of impossible length, \(length) bytes") }
            guard fill(length) else {
                return message.isEmpty ? fail("the file is cut (it ends in a block of \(length) bytes)") : .failure
            }
            guard word(length - 4) == UInt32(length) else { return fail("a block that ends in another length") }
            defer { start += length }
            if type == BlockType.interface { return try readInterface(length) }
            return readPacket(type, length, &packets, body)
        default:
            return skip(length)
        }
    }

    private mutating func readInterface(_ length: Int) throws(CaptureError) -> Handle.Outcome {
        guard length >= 20 else { return fail("an interface without a link type") }
        guard interfaces.count < Self.interfaceLimit else { return fail("more than \(Self.interfaceLimit) interfaces") }
        var interface = Interface(linkType: Int32(half(8)), snapLength: Int(word(12)))
        var place = 16
        while place + 8 <= length {
            let (code, size) = (half(place), Int(half(place + 2)))
            place += 4
            guard code != 0, place + size <= length - 4 else { break }
            if code == 9, size == 1 { interface.clock.resolution = buffer[start + place] }
            if code == 14, size == 8 {
                let low = UInt64(word(place + (isBigEndian ? 4 : 0))),
                    high = UInt64(word(place + (isBigEndian ? 0 : 4)))
                interface.clock.offset = Int64(bitPattern: high << 32 | low)
            }
            place += (size + 3) & ~3
        }
        try filter?.prepare(linkType: interface.linkType)
        interfaces.append(interface)
        return .packet
    }

    private mutating func readPacket(
        _ type: UInt32, _ length: Int, _ packets: inout Int, _ body: (Span<UInt8>, CapturedPacket) -> Void
    ) -> Handle.Outcome {
        let isSimple = type == BlockType.simplePacket
        let head = isSimple ? 12 : 28
        guard length >= head + 4 else { return fail("a packet without a header") }
        let number = isSimple ? 0 : type == BlockType.packet ? Int(word(8)) : Int(half(8))
        guard number < interfaces.count else { return fail("a packet of interface \(number), which is not described") }
        let interface = interfaces[number]
        let room = length - head - 4
        let captured: Int
        let wireLength: Int
        if isSimple {
            wireLength = Int(word(8))
            captured = min(wireLength, room, interface.snapLength == 0 ? room : interface.snapLength)
        } else {
            captured = Int(word(20))
            wireLength = Int(word(24))
            latest = interface.clock.nanoseconds(UInt64(word(12)) << 32 | UInt64(word(16)))
        }
        guard captured <= room else { return fail("a packet of impossible length, \(captured) bytes") }
        let bytes = buffer.span.extracting(start + head..<start + head + captured)
        if let filter, !filter.accepts(bytes, wireLength: wireLength, linkType: interface.linkType) { return .packet }
        packets += 1
        body(
            bytes,
            CapturedPacket(
                nanoseconds: latest, wireLength: wireLength, linkType: interface.linkType, interface: number))
        return .packet
    }

    // MARK: Bytes

    /// Passes over a block that may be longer than the buffer.
    private mutating func skip(_ length: Int) -> Handle.Outcome {
        var left = length
        while left > 0 {
            if start == end, !fill(1) {
                return message.isEmpty ? fail("the file is cut (it ends in a block of \(length) bytes)") : .failure
            }
            let step = min(left, end - start)
            start += step
            left -= step
        }
        return .packet
    }

    /// Reads on until `count` bytes wait in the buffer, which must be able to hold them.
    ///
    /// - Returns: false, with what is there, where the input ends before.
    private mutating func fill(_ count: Int) -> Bool {
        guard end - start < count else { return true }
        if start + count > buffer.count {
            buffer.replaceSubrange(0..<end - start, with: Array(buffer[start..<end]))
            end -= start
            start = 0
        }
        while end - start < count {
            let place = end
            let source = input
            let read = unsafe buffer.withUnsafeMutableBytes {
                unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[place...]))
            }
            guard let read else {
                message = input.failure ?? "unreadable"
                return false
            }
            if read == 0 { return false }
            end += read
        }
        return true
    }

    private mutating func fail(_ reason: String) -> Handle.Outcome {
        message = reason
        return .failure
    }

    /// A number of the block at `start`, whose bytes must be there: an index beyond them would trap.
    private func word(_ place: Int) -> UInt32 {
        let bytes = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(buffer[start + place + $1]) }
        return isBigEndian ? bytes : bytes.byteSwapped
    }

    private func half(_ place: Int) -> UInt16 {
        let bytes = UInt16(buffer[start + place]) << 8 | UInt16(buffer[start + place + 1])
        return isBigEndian ? bytes : bytes.byteSwapped
    }
}

/// How an interface of pcapng counts time.
private struct Clock {
    /// Options if_tsresol: a negative power of 10, or of 2 with the highest bit set.
    var resolution: UInt8 = 6
    /// Option if_tsoffset, in seconds.
    var offset: Int64 = 0

    /// Since 1970. What no 64 bits can hold comes out wrong, and nothing worse.
    func nanoseconds(_ ticks: UInt64) -> Int64 {
        let power = Int(resolution & 0x7f)
        var value: UInt64
        if resolution & 0x80 != 0 {
            let product = ticks.multipliedFullWidth(by: 1_000_000_000)
            value =
                power < 64 ? product.low >> UInt64(power) | (power == 0 ? 0 : product.high << UInt64(64 - power)) : 0
            if power >= 64, power < 128 { value = product.high >> UInt64(power - 64) }
        } else {
            value = ticks
            for _ in 0..<max(9 - power, 0) { value = value &* 10 }
            for _ in 0..<min(max(power - 9, 0), 20) { value /= 10 }
        }
        return Int64(bitPattern: value) &+ offset &* 1_000_000_000
    }
}
