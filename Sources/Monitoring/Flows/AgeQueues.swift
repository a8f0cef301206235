/// Queues over the slots of a table, each from its oldest to its newest member. A slot is in one queue or in none;
/// every operation takes constant time.
struct AgeQueues: Sendable {
    private struct Links {
        var older: Int32 = none
        var newer: Int32 = none
    }

    private static let none: Int32 = -1

    private var links: [Links] = []
    private var oldest: [Int32]
    private var newest: [Int32]

    init(count: Int) {
        oldest = Array(repeating: Self.none, count: count)
        newest = oldest
    }

    /// The slot that has waited longest in `queue`.
    @inline(__always) func first(in queue: Int) -> Int? {
        oldest[queue] == Self.none ? nil : Int(oldest[queue])
    }

    @inline(__always) func isLast(_ slot: Int, in queue: Int) -> Bool { newest[queue] == Int32(slot) }

    mutating func append(_ slot: Int, to queue: Int) {
        while links.count <= slot { links.append(Links()) }
        let last = newest[queue]
        links[slot] = Links(older: last, newer: Self.none)
        if last == Self.none { oldest[queue] = Int32(slot) } else { links[Int(last)].newer = Int32(slot) }
        newest[queue] = Int32(slot)
    }

    mutating func remove(_ slot: Int, from queue: Int) {
        let own = links[slot]
        if own.older == Self.none { oldest[queue] = own.newer } else { links[Int(own.older)].newer = own.newer }
        if own.newer == Self.none { newest[queue] = own.older } else { links[Int(own.newer)].older = own.older }
        links[slot] = Links()
    }
}
