import Decoding

/// The stream prefixes of all flows that wait for the rest of a hello, bounded together.
struct PrefixPool: Sendable {
    /// 64 MiB (architecture.md): 38,000 post-quantum hellos of 1.7 kB that all wait at once.
    static let byteLimit = 64 << 20
    /// An empty slot costs memory, too; a waiting hello has one piece at least.
    static let slotLimit = 131_072

    /// What a message in datagrams is known by.
    enum Handshake: Sendable {
        case quic(QUICInitialKeys)
        case dtls(DTLSHandshake.Message)
    }

    /// A prefix, and where it belongs.
    struct Entry: Sendable {
        var prefix = StreamPrefix()
        var scanner = HelloScanner()
        var certificates = CertificateScanner()
        /// No decoder has anything to say before the contiguous part is this long.
        var needed = 0
        var flow: Int
        var isUpward: Bool
        var since: Timestamp
        var interface: Int
        /// Nil on TCP.
        var handshake: Handshake?
        /// Another message of the same direction that waits; -1 behind the last one.
        var next: Int32 = -1
    }

    var entries: [Entry] = []
    private var free: [Int] = []
    private var queue = AgeQueues(count: 1)
    private(set) var byteCount = 0

    var isOverLimit: Bool { byteCount > Self.byteLimit || entries.count - free.count > Self.slotLimit }
    /// The slot that has waited longest.
    @inline(__always) var oldest: Int? { queue.first(in: 0) }

    mutating func add(flow: Int, isUpward: Bool, since: Timestamp, interface: Int) -> Int {
        let entry = Entry(flow: flow, isUpward: isUpward, since: since, interface: interface)
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            entries[slot] = entry
        } else {
            slot = entries.count
            entries.append(entry)
        }
        queue.append(slot, to: 0)
        return slot
    }

    /// - Returns: whether a byte differed from the copy that was there first.
    mutating func insert(_ bytes: Bytes, at offset: Int, into slot: Int) -> Bool {
        byteCount -= entries[slot].prefix.byteCount
        defer { byteCount += entries[slot].prefix.byteCount }
        return entries[slot].prefix.insert(bytes, at: offset)
    }

    mutating func rebase(_ slot: Int, to offset: Int) {
        byteCount -= entries[slot].prefix.byteCount
        entries[slot].prefix.rebase(to: offset)
        byteCount += entries[slot].prefix.byteCount
    }

    /// Forgets the first bytes of a stream that goes on: what is left waits from now on.
    mutating func consume(_ slot: Int, _ length: Int, at time: Timestamp) {
        byteCount -= entries[slot].prefix.byteCount
        entries[slot].prefix.consume(length)
        byteCount += entries[slot].prefix.byteCount
        entries[slot].since = time
        queue.remove(slot, from: 0)
        queue.append(slot, to: 0)
    }

    mutating func remove(_ slot: Int) {
        byteCount -= entries[slot].prefix.byteCount
        entries[slot].prefix = StreamPrefix()
        queue.remove(slot, from: 0)
        free.append(slot)
    }
}
