/// A moment in UTC, in nanoseconds since 1970. It comes with each packet: this module has no clock.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inline(__always) package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    @inline(__always) package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The nanoseconds from `earlier` to this moment, as far as the type reaches: captures can claim any time.
    @inline(__always) package func nanoseconds(since earlier: Timestamp) -> Int64 {
        let (distance, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return overflow ? (nanoseconds < 0 ? .min : .max) : distance
    }

    /// The seconds from `earlier` to this moment; negative where it is later.
    @inline(__always) package func seconds(since earlier: Timestamp) -> Int64 {
        (nanoseconds &- earlier.nanoseconds) / 1_000_000_000
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with microseconds: `2026-11-23T19:02:11.123456Z`.
    package var description: String { text(fraction: 6) }

    /// RFC 3339 in UTC with `fraction` digits (0 to 9) behind the second, cut and not rounded.
    package func text(fraction: Int) -> String {
        let (seconds, rest) = Self.floorDivide(nanoseconds, 1_000_000_000)
        let (days, secondOfDay) = Self.floorDivide(seconds, 86_400)
        let (year, month, day) = Self.civil(days)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
        }
        var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(secondOfDay / 3600, 2)):"
        text += "\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
        if fraction > 0 { text += "." + padded(rest, 9).prefix(fraction) }
        return text + "Z"
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The date in the Gregorian calendar, `days` after 1970-01-01. Counted in eras of 400 years (146,097 days) from
    /// the first of March of year 0, so that the leap day ends each year.
    package static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }
}
