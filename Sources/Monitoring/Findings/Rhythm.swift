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

/// Bytes of the last 24 hours, in steps of an hour.
struct Window24: Sendable {
    private var hours: [UInt64] = []
    private var latest: Int64 = .min

    /// Adds bytes sent at a time. What is older than the window counts as the oldest hour in it.
    mutating func add(_ bytes: UInt64, at time: Timestamp) {
        let hour = time.nanoseconds / 3_600_000_000_000
        if hours.isEmpty {
            hours = Array(repeating: 0, count: 24)
            latest = hour
        }
        while latest < hour {
            latest = max(latest + 1, hour - 24)
            hours[Int(latest.remainder(24))] = 0
        }
        hours[Int(max(hour, latest - 23).remainder(24))] &+= bytes
    }

    /// Takes in the bytes of another window, hour by hour.
    mutating func add(_ other: Window24) {
        for age in 0..<Int64(other.hours.count) {
            let hour = other.latest - age
            add(other.hours[Int(hour.remainder(24))], at: Timestamp(nanoseconds: hour * 3_600_000_000_000))
        }
    }

    var sum: UInt64 { hours.reduce(0, &+) }
}

extension Int64 {
    /// Never negative.
    fileprivate func remainder(_ divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
