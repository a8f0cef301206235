package import Ledger
package import Monitoring

/// A finding that has been silent to the end of the period, and how well the sensor watched since.
package struct QuietFinding: Sendable {
    package let entry: Extract.Entry
    /// Whole days between the day on which it was last seen and the end of the period.
    package let days: Int32
    /// From the day after the last sighting to the end, as far as the period goes.
    package let watched: CoverageAccount.Watched

    init(_ entry: Extract.Entry, _ coverage: CoverageAccount, to: Int32) {
        self.entry = entry
        let last = entry.lastSeen.day
        days = Int32(clamping: max(Int64(to) - Int64(last), 0))
        watched = coverage.watched(since: Int32(clamping: Int64(last) + 1))
    }

    /// Whether the silence was watched as well as a clean period must be.
    package func isWatched(_ settings: Report.Settings) -> Bool { watched.share >= settings.minimumCoverage }

    /// Vendors all of whose findings are quiet, in the order of their names.
    static func vendors(_ quiet: [Extract.Entry], findings: [Extract.Entry]) -> [Vendor] {
        let silent = Set(quiet.map(\.key))
        let active = Set(findings.filter { !silent.contains($0.key) }.map(\.key.vendor))
        var vendors: [String: Vendor] = [:]
        for entry in quiet where !active.contains(entry.key.vendor) { vendors[entry.key.vendor] = entry.vendor }
        return vendors.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}

extension Timestamp {
    /// Days since 1970-01-01, in UTC.
    package var day: Int32 {
        let (day, rest) = nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
        return Int32(clamping: rest < 0 ? day - 1 : day)
    }
}
