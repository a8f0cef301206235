package import Monitoring

/// Whether the sensor saw so much of the period that its silence means something. The only place that decides.
package struct CoverageVerdict: Sendable {
    /// What may hide a contact. The raw value is the word in output.
    package enum BlindSpot: String, CaseIterable, Sendable {
        /// Not one packet was seen.
        case nothingRecorded = "nothing-recorded"
        /// Seconds of the period in which nobody watched. Allowed: what the setting leaves, 5 % by default: in a
        /// month a day and a half, for maintenance.
        case unwatchedTime = "unwatched-time"
        /// Packets that kernel and interface dropped. Allowed: one in a thousand. A name stands in one or two packets
        /// of a flow, so that about as many names are lost.
        case packetsLost = "packets-lost"
        /// Gaps in TCP streams, by flow. Allowed: one in a hundred. Packets are missing that nobody counted as lost: a
        /// mirror port that is too slow, a second path.
        case sequenceGaps = "sequence-gaps"
        /// Flows in which only one side was seen. Allowed: one in five. Scans and unanswered calls are such flows
        /// everywhere; where one direction takes another path, nearly all are.
        case oneWayFlows = "one-way-flows"
        /// Flows that carry data and show no name, but for those of the local link. Allowed: one in five. Time, voice,
        /// file and remote shell protocols have no names to show.
        case namelessFlows = "nameless-flows"
        /// Their bytes. Allowed: a quarter: one tunnel or backup can be that much, and hides what is in it.
        case namelessBytes = "nameless-bytes"
        /// Flows with the extension of Encrypted Client Hello. Allowed: half. Browsers send it as a decoy, so that
        /// nobody can tell who means it; agents of security products do not, so far.
        case encryptedNames = "encrypted-names"
        /// Flows to encrypted DNS. Allowed: one in twenty. Look-ups are hidden, contacts still show.
        case encryptedDNS = "encrypted-dns"
        /// Flows to relays and anonymisers. Allowed: one in a hundred. Look-ups and contacts are hidden.
        case relays
        /// What was let go at a memory limit, by flow. Allowed: one in a thousand, as with packets.
        case limitsReached = "limits-reached"
        /// Sightings of vendors that nobody could be told of. Allowed: none. Each may be the one that counts.
        case sightingsDropped = "sightings-dropped"
    }

    /// One blind spot measured.
    package struct Check: Sendable {
        package let spot: BlindSpot
        /// How many, of how many.
        package let part, whole: UInt64
        /// The largest share of the whole that is allowed, from 0 to 1.
        package let allowed: Double

        /// From 0 to 1; above 1 where one flow counts several times.
        package var share: Double { whole == 0 ? (part == 0 ? 0 : 1) : Double(part) / Double(whole) }
        package var isPassed: Bool { share <= allowed }
    }

    /// In the order of `BlindSpot.allCases`.
    package let checks: [Check]

    package var failed: [Check] { checks.filter { !$0.isPassed } }
    package var isSufficient: Bool { checks.allSatisfy(\.isPassed) }

    package init(_ sum: CoverageHour, _ watched: CoverageAccount.Watched, _ settings: Report.Settings) {
        checks = BlindSpot.allCases.map { spot in
            let (part, whole) = Self.measure(spot, sum, watched)
            return Check(spot: spot, part: part, whole: whole, allowed: Self.allowed(spot, settings))
        }
    }

    private static func allowed(_ spot: BlindSpot, _ settings: Report.Settings) -> Double {
        switch spot {
        case .nothingRecorded: 0
        // A hair's breadth for the rounding of 1 - 0.95.
        case .unwatchedTime: 1 - settings.minimumCoverage + 1e-9
        case .packetsLost: 0.001
        case .sequenceGaps: 0.01
        case .oneWayFlows: 0.2
        case .namelessFlows: 0.2
        case .namelessBytes: 0.25
        case .encryptedNames: 0.5
        case .encryptedDNS: 0.05
        case .relays: 0.01
        case .limitsReached: 0.001
        case .sightingsDropped: 0
        }
    }

    private static func measure(
        _ spot: BlindSpot, _ sum: CoverageHour, _ watched: CoverageAccount.Watched
    ) -> (part: UInt64, whole: UInt64) {
        switch spot {
        case .nothingRecorded: return (sum.packets == 0 ? 1 : 0, 1)
        case .unwatchedTime:
            // A period of no length was watched by nobody.
            guard watched.ofSeconds > 0 else { return (1, 1) }
            return (watched.ofSeconds - min(watched.seconds, watched.ofSeconds), watched.ofSeconds)
        case .packetsLost:
            let lost = sum.kernelDrops &+ sum.interfaceDrops
            return (lost, sum.packets &+ lost)
        case .sequenceGaps: return (sum.sequenceGaps, sum.flows)
        case .oneWayFlows: return (sum.oneWayFlows, sum.flows)
        case .namelessFlows: return (sum.hidingFlows, sum.flows)
        case .namelessBytes: return (sum.namelessBytes, sum.namedBytes &+ sum.namelessBytes)
        case .encryptedNames: return (sum.encryptedNameFlows, sum.flows)
        case .encryptedDNS: return (sum.encryptedDNSFlows, sum.flows)
        case .relays: return (sum.relayFlows, sum.flows)
        case .limitsReached: return (sum.limitsReached, sum.flows)
        case .sightingsDropped: return (sum.sightingsDropped, 0)
        }
    }
}

extension CoverageHour {
    /// Flows without a name that may hide a contact: not those of the local link, and not those that carried nothing.
    package var hidingFlows: UInt64 {
        zip(Coverage.Blank.allCases, nameless).reduce(0) { sum, pair in
            pair.0 == .local || pair.0 == .noData ? sum : sum &+ pair.1
        }
    }
}
