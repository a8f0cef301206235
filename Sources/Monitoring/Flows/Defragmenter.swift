import Decoding

/// The datagrams that wait for the rest of their fragments. Of bytes that came twice the first copy stays.
///
/// Memory follows what arrived, never an offset that the wire names.
struct Defragmenter: Sendable {
    /// 16 MiB (architecture.md): 250 of the largest datagrams, or 8,000 answers of 1.5 kB in two pieces.
    static let byteLimit = 16 << 20
    /// RFC 791, section 3.2 and RFC 8200, section 4.5: lengths have 16 bits.
    static let payloadLimit = 65_535
    /// In seconds. Linux waits that long for IPv4; RFC 8200 says 60, and what is whole comes within one.
    static let patience: Int64 = 30
    /// In nanoseconds. A mirror port shows each fragment twice; both copies come within a switch's delay.
    static let copyWindow: Int64 = 100_000_000
    /// What an entry takes besides its bytes, rounded up; so an empty one counts, too.
    private static let entryCost = 640

    /// What the fragments of one datagram have in common. RFC 8200 leaves the protocol out: only the first fragment
    /// has it.
    private struct Key: Hashable {
        let source, destination: IPAddress
        let identification: UInt32
        let transport: UInt8
        let vlan: UInt32

        init(_ packet: Packet) {
            source = packet.source
            destination = packet.destination
            identification = packet.fragment.identification
            transport = packet.source.isIPv4 ? packet.transport.rawValue : 0
            vlan = packet.segment
        }
    }

    /// A datagram.
    struct Entry: Sendable {
        /// The first fragment where it has come, else any.
        var piece: Packet
        var payload = StreamPrefix()
        /// Of the payload, known once the last fragment has come.
        var length: Int?
        /// Of all fragments.
        var ipLength = 0
        var since: Timestamp
        var interface: Int
        /// Put together: kept for a moment to know copies by.
        var isDone = false

        var isWhole: Bool { length.map { payload.contiguous.count >= $0 } ?? false }
    }

    enum Outcome {
        case waiting
        /// All pieces are there.
        case whole(Int)
        /// The piece of a datagram that was whole a moment ago.
        case copy
        /// No datagram can have such a piece.
        case refused
        /// More pieces with gaps between them than are kept.
        case hopeless(Int)
    }

    private(set) var entries: [Entry] = []
    private var free: [Int] = []
    private var slots: [Key: Int] = [:]
    /// Those that wait, then those that are done.
    private var queues = AgeQueues(count: 2)
    private(set) var byteCount = 0

    var isOverLimit: Bool { byteCount > Self.byteLimit }

    /// The slot to let go first when memory is short: what is done, then what has waited longest.
    var leastWanted: Int? { queues.first(in: 1) ?? queues.first(in: 0) }

    /// The slot that has waited longest.
    var oldest: Int? { queues.first(in: 0) }

    /// A slot that has waited too long for what it waits for.
    @inline(__always) func expired(at now: Timestamp) -> Int? {
        if let slot = queues.first(in: 0), now.seconds(since: entries[slot].since) >= Self.patience { return slot }
        if let slot = queues.first(in: 1), isStale(slot, now) { return slot }
        return nil
    }

    /// Adds a fragment.
    mutating func insert(
        _ bytes: Bytes, _ packet: Packet, time: Timestamp, interface: Int, counters: inout Counters
    ) -> Outcome {
        var piece = bytes
        let offset = packet.fragment.offset
        guard offset + piece.count <= Self.payloadLimit else {
            counters.count(.fragmentBeyondEnd)
            return .refused
        }
        let key = Key(packet)
        let slot = self.slot(of: key, packet, time, interface)
        guard !entries[slot].isDone else { return .copy }
        byteCount -= entries[slot].payload.byteCount
        defer { byteCount += entries[slot].payload.byteCount }
        entries[slot].ipLength += packet.ipLength
        if offset == 0, entries[slot].piece.fragment.offset != 0 { entries[slot].piece = packet }
        if let length = entries[slot].length {
            if offset + piece.count > length {
                counters.count(.fragmentBeyondEnd)
                piece = piece.extracting(first: max(length - offset, 0))
            } else if packet.fragment.isLast, offset + piece.count < length {
                counters.count(.fragmentConflict)
            }
        } else if packet.fragment.isLast, !packet.isPayloadCut {
            entries[slot].length = offset + piece.count
        }
        if entries[slot].payload.insert(piece, at: offset) { counters.count(.fragmentConflict) }
        if entries[slot].isWhole { return .whole(slot) }
        return entries[slot].payload.isFull ? .hopeless(slot) : .waiting
    }

    /// Takes the bytes of a datagram that is whole, and remembers its fragments for a moment.
    mutating func finish(_ slot: Int, at time: Timestamp) {
        byteCount -= entries[slot].payload.byteCount
        entries[slot].payload = StreamPrefix()
        entries[slot].isDone = true
        entries[slot].since = time
        queues.remove(slot, from: 0)
        queues.append(slot, to: 1)
    }

    mutating func remove(_ slot: Int) {
        byteCount -= entries[slot].payload.byteCount + Self.entryCost
        slots[Key(entries[slot].piece)] = nil
        entries[slot].payload = StreamPrefix()
        queues.remove(slot, from: entries[slot].isDone ? 1 : 0)
        free.append(slot)
    }

    private func isStale(_ slot: Int, _ now: Timestamp) -> Bool {
        now.nanoseconds &- entries[slot].since.nanoseconds > Self.copyWindow
    }

    private mutating func slot(of key: Key, _ packet: Packet, _ time: Timestamp, _ interface: Int) -> Int {
        if let slot = slots[key] {
            guard entries[slot].isDone, isStale(slot, time) else { return slot }
            remove(slot)
        }
        let entry = Entry(piece: packet, since: time, interface: interface)
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            entries[slot] = entry
        } else {
            slot = entries.count
            entries.append(entry)
        }
        slots[key] = slot
        queues.append(slot, to: 0)
        byteCount += Self.entryCost
        return slot
    }
}
