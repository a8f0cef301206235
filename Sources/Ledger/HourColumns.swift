import GRDB
import Monitoring

/// The numbers of an hour, each a column.
enum HourColumns {

    /// Behind the others, flows without a name by why.
    static let names =
        CoverageHour.counts.map(\.word)
        + Coverage.Blank.allCases.map { "nameless_" + $0.rawValue.replacing("-", with: "_") }

    static func values(_ hour: CoverageHour) -> [Int64] {
        (CoverageHour.counts.map { hour[keyPath: $0.field] } + hour.nameless).map { Int64(clamping: $0) }
    }

    static func hour(_ number: Int64, _ values: [Int64]) -> CoverageHour {
        var hour = CoverageHour(number: number)
        for (count, value) in zip(CoverageHour.counts, values) { hour[keyPath: count.field] = UInt64(clamping: value) }
        hour.nameless = values.dropFirst(CoverageHour.counts.count).map { UInt64(clamping: $0) }
        return hour
    }
}
