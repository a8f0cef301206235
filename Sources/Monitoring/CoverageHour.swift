/// What a sensor was able to see within one hour, by the time of the packets. A flow counts in the hour in which it
/// is over, or in which the recording ends.
package struct CoverageHour: Sendable {
    /// Hours since 1970-01-01, in UTC.
    package let number: Int64
    /// Live: seconds in which the sensor watched. In a file: from the first packet of the hour to the last.
    package var secondsUp: UInt64 = 0
    package var packets: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Packets that the kernel, or the interface, dropped before anybody could look at them.
    package var kernelDrops: UInt64 = 0
    package var interfaceDrops: UInt64 = 0
    /// See `Counters`.
    package var sequenceGaps: UInt64 = 0
    package var copies: UInt64 = 0
    package var limitsReached: UInt64 = 0
    /// Sightings that came faster than they could be handed over.
    package var sightingsDropped: UInt64 = 0
    package var flows: UInt64 = 0
    package var oneWayFlows: UInt64 = 0
    package var namedFlows: UInt64 = 0
    /// Of flows with and without a name, by IP total length, both ways.
    package var namedBytes: UInt64 = 0
    package var namelessBytes: UInt64 = 0
    /// Flows without a name by why, in the order of `Coverage.Blank.allCases`.
    package var nameless: [UInt64] = Array(repeating: 0, count: Coverage.Blank.allCases.count)
    /// Flows whose hello has the ECH extension, and those to encrypted DNS and to relays, named or not.
    package var encryptedNameFlows: UInt64 = 0
    package var encryptedDNSFlows: UInt64 = 0
    package var relayFlows: UInt64 = 0

    package init(number: Int64) { self.number = number }

    /// Each count but `nameless`, by the word that stores have for it.
    package static let counts: [(word: String, field: any WritableKeyPath<CoverageHour, UInt64> & Sendable)] = [
        ("seconds_up", \.secondsUp), ("packets", \.packets), ("bytes", \.bytes), ("kernel_drops", \.kernelDrops),
        ("interface_drops", \.interfaceDrops), ("sequence_gaps", \.sequenceGaps), ("copies", \.copies),
        ("limits_reached", \.limitsReached), ("sightings_dropped", \.sightingsDropped), ("flows", \.flows),
        ("one_way_flows", \.oneWayFlows), ("named_flows", \.namedFlows), ("named_bytes", \.namedBytes),
        ("nameless_bytes", \.namelessBytes), ("encrypted_name_flows", \.encryptedNameFlows),
        ("encrypted_dns_flows", \.encryptedDNSFlows), ("relay_flows", \.relayFlows),
    ]

    /// Takes in another hour, count by count.
    package mutating func combine(with other: CoverageHour, _ operation: (UInt64, UInt64) -> UInt64) {
        for (_, field) in Self.counts { self[keyPath: field] = operation(self[keyPath: field], other[keyPath: field]) }
        for index in nameless.indices { nameless[index] = operation(nameless[index], other.nameless[index]) }
    }

    package var namelessFlows: UInt64 { nameless.reduce(0, &+) }
}
