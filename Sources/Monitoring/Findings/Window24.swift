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
