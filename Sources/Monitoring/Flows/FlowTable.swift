/// All open flows: a hash table over slots, with a queue by age for each standing.
struct FlowTable: Sendable {
    /// A flow takes 208 bytes with its links, so that a full table stays at about 208 MB (architecture.md, Bounds).
    static let limit = 1_000_000

    private static let none: Int32 = -1

    /// Of the flows that are in one, by slot: few captures have any.
    private var tunnels: [Int: Tunnel] = [:]
    /// By slot; what a free slot holds has no meaning.
    var flows: [Flow] = []
    /// The next slot with the same bucket.
    private var next: [Int32] = []
    private var buckets: [Int32]
    private var free: [Int32] = []
    private var queues = AgeQueues(count: Flow.Standing.allCases.count)
    private let seed: UInt64
    private let capacity: Int

    init(seed: UInt64, capacity: Int = limit) {
        self.seed = seed
        self.capacity = capacity
        buckets = Array(repeating: Self.none, count: 1 << 12)
    }

    var count: Int { flows.count - free.count }
    /// In the order of the slots.
    var openSlots: [Int] {
        var isFree = Array(repeating: false, count: flows.count)
        for slot in free { isFree[Int(slot)] = true }
        return flows.indices.filter { !isFree[$0] }
    }
    var isFull: Bool { count >= capacity }

    @inline(__always) func slot(of key: FlowKey) -> Int? {
        var slot = buckets[bucket(key)]
        while slot != Self.none {
            if flows[Int(slot)].key == key { return Int(slot) }
            slot = next[Int(slot)]
        }
        return nil
    }

    /// Adds a flow. The table must not be full, and must not hold the key.
    ///
    /// - Parameter tunnel: with the lower end as its client.
    mutating func insert(_ flow: Flow, in tunnel: Tunnel? = nil) -> Int {
        if count >= buckets.count { grow() }
        let slot: Int
        if let reused = free.popLast() {
            slot = Int(reused)
            flows[slot] = flow
        } else {
            slot = flows.count
            flows.append(flow)
            next.append(Self.none)
        }
        if let tunnel { tunnels[slot] = tunnel }
        let place = bucket(flow.key)
        next[slot] = buckets[place]
        buckets[place] = Int32(slot)
        queues.append(slot, to: flow.standing.rawValue)
        return slot
    }

    mutating func remove(_ slot: Int) {
        let place = bucket(flows[slot].key)
        if buckets[place] == Int32(slot) {
            buckets[place] = next[slot]
        } else {
            var before = Int(buckets[place])
            while next[before] != Int32(slot) { before = Int(next[before]) }
            next[before] = next[slot]
        }
        queues.remove(slot, from: flows[slot].standing.rawValue)
        free.append(Int32(slot))
        if !tunnels.isEmpty { tunnels[slot] = nil }
    }

    /// What is around a flow whose client is at the lower end, or at the higher one.
    func tunnel(around slot: Int, isClientLow: Bool) -> Tunnel? {
        guard !tunnels.isEmpty, let tunnel = tunnels[slot] else { return nil }
        return isClientLow ? tunnel : tunnel.reversed
    }

    /// Notes that a flow is alive. Its place in the queue is exact to a second: most packets touch no neighbour.
    @inline(__always) mutating func touch(_ slot: Int, _ time: Timestamp) {
        if time.nanoseconds - flows[slot].queued.nanoseconds > 1_000_000_000 {
            requeue(slot, flows[slot].standing, time)
        }
    }

    mutating func promote(_ slot: Int, to standing: Flow.Standing, _ time: Timestamp) {
        if flows[slot].standing != standing { requeue(slot, standing, time) }
    }

    private mutating func requeue(_ slot: Int, _ standing: Flow.Standing, _ time: Timestamp) {
        queues.remove(slot, from: flows[slot].standing.rawValue)
        flows[slot].standing = standing
        flows[slot].queued = time
        queues.append(slot, to: standing.rawValue)
    }

    /// A flow that was silent for longer than its standing allows. Asked of `queued`, which never steps back as the
    /// times of packets do.
    @inline(__always) func expired(at time: Timestamp) -> Int? {
        expired(.brief, time) ?? expired(.open, time) ?? expired(.matched, time)
    }

    @inline(__always) private func expired(_ standing: Flow.Standing, _ time: Timestamp) -> Int? {
        guard let slot = queues.first(in: standing.rawValue),
            time.seconds(since: flows[slot].queued) > standing.patience
        else { return nil }
        return slot
    }

    /// The flow to give up for a new one: the longest silent, and matched flows last.
    func leastWanted() -> Int? {
        for standing in Flow.Standing.allCases {
            if let slot = queues.first(in: standing.rawValue) { return slot }
        }
        return nil
    }

    @inline(__always) private func bucket(_ key: FlowKey) -> Int {
        Int(truncatingIfNeeded: key.hash(seed: seed)) & (buckets.count - 1)
    }

    private mutating func grow() {
        buckets = Array(repeating: Self.none, count: buckets.count * 2)
        for slot in openSlots {
            let place = bucket(flows[slot].key)
            next[slot] = buckets[place]
            buckets[place] = Int32(slot)
        }
    }
}
