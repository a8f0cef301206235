import Ledger
package import Monitoring

/// What the sensor was able to see in the period.
package struct CoverageAccount: Sendable {
    /// Of the period: from its first moment, or that of the first recording where nobody asked for an earlier one, to
    /// its last, likewise.
    package struct Watched: Sendable {
        package var seconds: UInt64
        package var ofSeconds: UInt64

        /// From 0 to 1; of nothing, nothing.
        package var share: Double { ofSeconds == 0 ? 0 : Double(min(seconds, ofSeconds)) / Double(ofSeconds) }
    }

    package struct OneDay: Sendable {
        /// Days since 1970-01-01, in UTC.
        package let number: Int32
        package var watched: Watched
        package var sum: CoverageHour
    }

    package let total: CoverageHour
    package let watched: Watched
    /// Every day of the period, in order, of a longer one than `DayTotal.limit` the last days.
    package let days: [OneDay]
    /// Seconds watched, and to be watched, before each day: for the time since some day.
    private let before: [Watched]

    init(_ extract: Extract, _ settings: Report.Settings) {
        let last = max(extract.to, extract.from)
        let first = max(extract.from, Int32(clamping: Int64(last) - Int64(DayTotal.limit - 1)))
        let (start, end) = Self.bounds(extract, settings.selection)
        var days = (first...last).map { number in
            let midnight = Int64(number) * 86_400
            let seconds = min(midnight + 86_400, end) - max(midnight, start)
            return OneDay(
                number: number, watched: Watched(seconds: 0, ofSeconds: UInt64(max(seconds, 0))),
                sum: CoverageHour(number: Int64(number) * 24))
        }
        var total = CoverageHour(number: Int64(extract.from) * 24)
        for hour in extract.hours {
            let place = hour.number / 24 - Int64(first)
            guard place >= 0, place < Int64(days.count) else { continue }
            total.combine(with: hour, &+)
            days[Int(place)].sum.combine(with: hour, &+)
            days[Int(place)].watched.seconds &+= min(hour.secondsUp, 3_600)
        }
        var sum = Watched(seconds: 0, ofSeconds: 0)
        var before = [sum]
        for place in days.indices {
            days[place].watched.seconds = min(days[place].watched.seconds, days[place].watched.ofSeconds)
            sum.seconds += days[place].watched.seconds
            sum.ofSeconds += days[place].watched.ofSeconds
            before.append(sum)
        }
        self.days = days
        self.total = total
        self.before = before
        watched = sum
    }

    /// How much was watched from a day on, to the end of the period. A day before the period counts as its first.
    package func watched(since day: Int32) -> Watched {
        guard let first = days.first, let end = before.last else { return Watched(seconds: 0, ofSeconds: 0) }
        let start = before[min(max(Int(day) - Int(first.number), 0), days.count)]
        return Watched(seconds: end.seconds - start.seconds, ofSeconds: end.ofSeconds - start.ofSeconds)
    }

    /// The first and last second that ought to have been watched, since 1970.
    private static func bounds(_ extract: Extract, _ selection: Selection) -> (start: Int64, end: Int64) {
        var start = Int64(extract.from) * 86_400
        var end = (Int64(extract.to) + 1) * 86_400
        if selection.from == nil, let first = extract.recordings.compactMap(\.firstPacket).min() {
            start = max(start, first.nanoseconds / 1_000_000_000)
        }
        if selection.to == nil, let last = extract.recordings.compactMap(\.lastPacket).max() {
            end = min(end, last.nanoseconds / 1_000_000_000 + 1)
        }
        return (start, max(start, end))
    }
}
