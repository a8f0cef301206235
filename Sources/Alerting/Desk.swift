package import Decoding
package import Monitoring

/// Where observations become findings and alerts. One thread at a time works at it.
package struct Desk {
    /// What became of the observations that came.
    package struct Totals: Sendable {
        package var alerts: [Severity: Int] = [:]
        /// Sightings that an exception kept from alerts.
        package var sightingsExcepted: UInt64 = 0
        /// Sightings that found the mailbox full.
        package var sightingsDropped: UInt64 = 0
        /// Alerts that a sink did not take, counted for each sink.
        package var alertsUndelivered: UInt64 = 0
        /// See `AlertPolicy.evicted` and `FindingTable.evicted`.
        package var statesEvicted: UInt64 = 0
        package var findingsEvicted: UInt64 = 0
        /// See `HostBook.evicted`.
        package var hostsEvicted: UInt64 = 0
        /// Bytes of flows whose finding was gone.
        package var trafficUnplaced: UInt64 = 0
        /// The worst finding that no exception covers; nil where there is none.
        package var worst: Severity?
        /// What the ledger does not have in the end, by the number of findings and alerts.
        package var notStored = 0
    }

    /// Says where an address is.
    package typealias Locate = @Sendable (IPAddress) -> Place

    package var exceptions: ExceptionList
    private var hosts: HostBook
    private var table: FindingTable
    private var policy: AlertPolicy
    private var sinks: [any Sink]
    /// By sink: whether it failed since it last handed over all that it was given, so that an outage is told once.
    private var isFailing: [Bool]
    /// By sink: whether it took everything since it was last flushed.
    private var works: [Bool]
    private var journal: Journal?
    private let locate: Locate
    private let warn: @Sendable (String) -> Void
    private var counted = Totals()

    /// - Parameters:
    ///   - journal: nil where no ledger is kept.
    ///   - warn: told when a sink or the ledger starts to fail, in one sentence.
    package init(
        policy: AlertPolicy, findings: FindingTable.Settings = FindingTable.Settings(),
        exceptions: ExceptionList = ExceptionList(), hosts: HostBook = HostBook(), sinks: [any Sink],
        journal: Journal? = nil,
        locate: @escaping Locate = { _ in Place() }, warn: @escaping @Sendable (String) -> Void
    ) {
        table = FindingTable(settings: findings)
        self.policy = policy
        self.exceptions = exceptions
        self.hosts = hosts
        self.sinks = sinks
        isFailing = sinks.map { _ in false }
        works = sinks.map { _ in true }
        self.journal = journal
        self.locate = locate
        self.warn = warn
    }

    package var totals: Totals {
        var totals = counted
        totals.statesEvicted = policy.evicted
        totals.findingsEvicted = table.evicted
        totals.hostsEvicted = hosts.evicted
        totals.trafficUnplaced = table.trafficUnplaced
        totals.notStored = journal?.notStored ?? 0
        return totals
    }

    mutating func work(on observations: Observations) {
        for fact in observations.hostFacts { take(fact) }
        for sighting in observations.sightings {
            if table.isNearlyFull { store(isDue: true) }
            take(sighting)
        }
        for traffic in observations.traffic {
            guard let key = table.add(traffic) else { continue }
            tell(policy.alert(for: key, in: table, sighting: nil, traffic: traffic), of: key)
        }
        if !observations.hours.isEmpty { journal?.note(observations.hours, until: nil) }
    }

    /// In nanoseconds. Who answers for an address held it a moment ago as well; to whom DHCP gives it may be new there.
    private static let residence: Int64 = 3_600_000_000_000

    private mutating func take(_ fact: HostFact) {
        hosts.note(fact)
        guard fact.source == .arp || fact.source == .nd else { return }
        let earliest = Timestamp(nanoseconds: fact.time.nanoseconds &- Self.residence)
        table.adopt(fact.address, into: hosts.host(of: fact.address, at: fact.time), since: earliest)
    }

    private mutating func take(_ sighting: Sighting) {
        let exception = exceptions.exception(for: sighting)
        if exception != nil { counted.sightingsExcepted += 1 }
        let isProxied =
            if case .connect = sighting.detail { true } else if case .socks = sighting.detail { true } else { false }
        let place = sighting.isContact && !isProxied ? locate(sighting.server) : nil
        let stored = journal
        let key = table.add(
            sighting, of: hosts.host(of: sighting.client, at: sighting.time), at: place, exceptedBy: exception,
            stored: { stored?.finding($0) })
        guard let key else { return }
        tell(policy.alert(for: key, in: table, sighting: sighting), of: key)
    }

    private mutating func tell(_ alert: Alert?, of key: Finding.Key) {
        if key.exception == nil, let severity = table.severity(of: key) {
            counted.worst = max(counted.worst ?? severity, severity)
        }
        guard let alert else { return }
        if alert.exception == nil { counted.alerts[alert.severity, default: 0] += 1 }
        for index in sinks.indices where alert.exception == nil || sinks[index].takesExcepted {
            let isDone = attempt(index) { sink throws(SinkError) in try sink.deliver(alert) }
            works[index] = works[index] && isDone
        }
        if alert.exception == nil { journal?.add(alert) }
    }

    /// Hands over what sinks have kept back: only then are alerts known to be gone.
    mutating func flush() {
        for index in sinks.indices {
            let isDone = attempt(index) { sink throws(SinkError) in try sink.flush() }
            isFailing[index] = !(works[index] && isDone)
            works[index] = true
        }
    }

    private mutating func attempt(_ index: Int, _ body: (any Sink) throws(SinkError) -> Void) -> Bool {
        do throws(SinkError) {
            try body(sinks[index])
            return true
        } catch {
            counted.alertsUndelivered += error.lost
            if !isFailing[index] { warn("\(error.description); alerts are lost until it works again") }
            isFailing[index] = true
            return false
        }
    }

    // MARK: The ledger

    /// What follows belongs to another recording.
    mutating func start(_ recording: Recording) {
        store(isDue: true)
        table.startRecording()
        journal?.start(recording)
    }

    mutating func note(_ hours: [CoverageHour], until lastPacket: Timestamp?) {
        journal?.note(hours, until: lastPacket)
    }

    /// Writes what changed, where a second has passed since the last time.
    mutating func store(isDue: Bool) {
        guard let journal else {
            table.forgetChanges()
            return
        }
        if isDue || journal.isDue { self.journal?.write(from: &table, warn: warn) }
    }
}
