/// How regular contacts are: a program that calls home does so by the clock, a person does not.
package struct Rhythm: Sendable {
    /// Contacts within this time are one: a browser or an agent opens several connections at once. In nanoseconds.
    private static let togetherness: Int64 = 2_000_000_000
    /// The latest contacts that are looked at: a day of one an hour, or an hour and a half of one every three minutes.
    private static let memory = 32
    /// With fewer a regular distance may be chance.
    private static let enough = 6

    /// Contacts that began, those at the same moment once.
    package private(set) var contacts: UInt64 = 0
    /// When the latest began, in nanoseconds since 1970, in the order of time.
    private var starts: [Int64] = []

    package init() {}

    /// As a store kept it.
    package init(contacts: UInt64, starts: [Int64]) {
        self.contacts = contacts
        self.starts = Array(starts.suffix(Self.memory))
    }

    /// What a store needs to go on.
    package var memory: [Int64] { starts }

    mutating func note(_ start: Timestamp) {
        if let last = starts.last {
            let distance = start.nanoseconds(since: Timestamp(nanoseconds: last))
            guard distance.magnitude >= Self.togetherness.magnitude else { return }
        }
        contacts &+= 1
        // Flows may be told of out of order.
        let place = starts.lastIndex { $0 < start.nanoseconds }.map { $0 + 1 } ?? 0
        starts.insert(start.nanoseconds, at: place)
        if starts.count > Self.memory { starts.removeFirst() }
    }

    /// What was noted in either.
    func joined(with other: Rhythm) -> Rhythm {
        var joined = self
        let before = joined.contacts
        for start in other.starts { joined.note(Timestamp(nanoseconds: start)) }
        joined.contacts = max(joined.contacts, before &+ other.contacts)
        return joined
    }

    /// The usual time between two contacts and how far the others are from it, both as medians, in seconds; nil where
    /// there are too few.
    package var beat: (interval: Double, jitter: Double)? {
        guard starts.count >= Self.enough else { return nil }
        let gaps = zip(starts.dropFirst(), starts).map { (Double($0) - Double($1)) / 1e9 }
        let interval = Self.median(gaps)
        return (interval, Self.median(gaps.map { abs($0 - interval) }))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
