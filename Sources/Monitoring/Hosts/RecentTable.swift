/// A table of bounded size that lets go the entry which was longest without a touch. Every operation takes constant
/// time.
struct RecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var slots: [Key: Int32] = [:]
    private var keys: [Key] = []
    private var values: [Value] = []
    private var ages = AgeQueues(count: 1)
    private let limit: Int

    /// Entries that had to go.
    private(set) var evicted: UInt64 = 0

    /// - Parameter limit: of entries; at least one.
    init(limit: Int) { self.limit = limit }

    var count: Int { keys.count }

    /// A look that does not count as a touch.
    func value(of key: Key) -> Value? { slots[key].map { values[Int($0)] } }

    /// Changes the entry of `key`, which is then the newest; begins with `fresh` where there is none.
    mutating func update<Result>(
        _ key: Key, orInsert fresh: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        let slot: Int
        if let known = slots[key] {
            slot = Int(known)
            ages.remove(slot, from: 0)
        } else {
            slot = freeSlot(for: key, fresh())
        }
        ages.append(slot, to: 0)
        return change(&values[slot])
    }

    private mutating func freeSlot(for key: Key, _ value: Value) -> Int {
        let slot: Int
        if keys.count >= limit, let oldest = ages.first(in: 0) {
            ages.remove(oldest, from: 0)
            slots[keys[oldest]] = nil
            keys[oldest] = key
            values[oldest] = value
            evicted &+= 1
            slot = oldest
        } else {
            slot = keys.count
            keys.append(key)
            values.append(value)
        }
        slots[key] = Int32(slot)
        return slot
    }
}
