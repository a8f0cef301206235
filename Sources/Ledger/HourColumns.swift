import GRDB
import Monitoring

/// The numbers of an hour, each a column.
enum HourColumns {
    private static let fields: [(String, any WritableKeyPath<CoverageHour, UInt64> & Sendable)] = [
        ("seconds_up", \.secondsUp), ("packets", \.packets), ("bytes", \.bytes), ("kernel_drops", \.kernelDrops),
        ("interface_drops", \.interfaceDrops), ("sequence_gaps", \.sequenceGaps), ("copies", \.copies),
        ("limits_reached", \.limitsReached), ("sightings_dropped", \.sightingsDropped), ("flows", \.flows),
        ("one_way_flows", \.oneWayFlows), ("named_flows", \.namedFlows), ("named_bytes", \.namedBytes),
        ("nameless_bytes", \.namelessBytes), ("encrypted_name_flows", \.encryptedNameFlows),
        ("encrypted_dns_flows", \.encryptedDNSFlows), ("relay_flows", \.relayFlows),
    ]

    /// Behind the others, flows without a name by why.
    static let names =
        fields.map(\.0) + Coverage.Blank.allCases.map { "nameless_" + $0.rawValue.replacing("-", with: "_") }

    static func values(_ hour: CoverageHour) -> [Int64] {
        (fields.map { hour[keyPath: $0.1] } + hour.nameless).map { Int64(clamping: $0) }
    }

    static func hour(_ number: Int64, _ values: [Int64]) -> CoverageHour {
        var hour = CoverageHour(number: number)
        for (field, value) in zip(fields, values) { hour[keyPath: field.1] = UInt64(clamping: value) }
        hour.nameless = values.dropFirst(fields.count).map { UInt64(clamping: $0) }
        return hour
    }
}
