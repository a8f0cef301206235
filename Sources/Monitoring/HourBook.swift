/// Cuts what a monitor counts into hours.
struct HourBook: Sendable {
    /// When the hour that is open began to be watched, and until when it was.
    private var first: Timestamp?
    private var last = Timestamp(nanoseconds: 0)
    /// What had been counted by then.
    private var before = CoverageHour(number: 0)
    private var number: Int64 = 0
    private var end: Int64 = .min

    private static let length: Int64 = 3_600_000_000_000

    /// The number of the hour of a moment, in hours since 1970.
    private static func hour(of time: Timestamp) -> Int64 {
        let (hour, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: length)
        return rest < 0 ? hour - 1 : hour
    }

    /// The first moment behind an hour; the last one of all where time ends before.
    private static func end(of hour: Int64) -> Int64 {
        let (end, overflow) = (hour + 1).multipliedReportingOverflow(by: length)
        return overflow ? .max : end
    }

    init() {}

    /// Begins at the first packet; what was counted before it belongs to another recording.
    init(at time: Timestamp, _ counters: Counters) {
        begin(at: time, until: time, counters)
    }

    private mutating func begin(at start: Timestamp, until time: Timestamp, _ counters: Counters) {
        before = CoverageHour(number: 0, counters)
        first = start
        last = time
        number = Self.hour(of: time)
        end = Self.end(of: number)
    }

    /// Whether a moment lies behind the open hour.
    @inline(__always) func isOver(at time: Timestamp) -> Bool { time.nanoseconds >= end }

    /// Goes on to a moment.
    ///
    /// - Returns: the hour that is over; nil within one.
    mutating func advance(to time: Timestamp, _ counters: Counters) -> CoverageHour? {
        guard isOver(at: time) else {
            last = max(last, time)
            return nil
        }
        var closed: CoverageHour?
        var start = time
        if first != nil {
            let isNext = Self.hour(of: time) == number + 1
            // Whoever saw packets on both sides of the full hour was watching then.
            if isNext {
                last = Timestamp(nanoseconds: end)
                start = last
            }
            closed = open(counters)
        }
        begin(at: start, until: time, counters)
        return closed
    }

    /// The open hour as far as it has come; nil before the first packet.
    func open(_ counters: Counters) -> CoverageHour? {
        guard let first else { return nil }
        var hour = CoverageHour(number: number, counters)
        hour.combine(with: before, &-)
        hour.secondsUp = UInt64(max(last.nanoseconds(since: first), 0) &+ 999_999_999) / 1_000_000_000
        return hour
    }
}

extension CoverageHour {
    /// All that was counted.
    fileprivate init(number: Int64, _ counters: Counters) {
        self.init(number: number)
        let coverage = counters.coverage
        packets = counters.packets
        bytes = counters.bytes
        kernelDrops = counters.kernelDrops
        interfaceDrops = counters.interfaceDrops
        sequenceGaps = counters.sequenceGaps
        copies = counters.copies
        limitsReached = counters.limitsReached
        sightingsDropped = counters.sightingsDropped
        flows = coverage.flows
        oneWayFlows = coverage.oneWayFlows
        namedFlows = coverage.namedFlows
        namedBytes = coverage.namedBytes
        namelessBytes = coverage.namelessBytes
        nameless = Coverage.Blank.allCases.map { coverage[$0] }
        encryptedNameFlows = coverage.encryptedNameFlows
        encryptedDNSFlows = coverage.encryptedDNSFlows
        relayFlows = coverage.relayFlows
    }
}
