import Dispatch
package import Ledger
import Monitoring

/// What goes to the ledger, in batches: a kill loses the last second at most.
package struct Journal: Sendable {
    /// Between two transactions, in nanoseconds of real time.
    private static let interval: UInt64 = 1_000_000_000
    /// Alerts that wait for a ledger that takes none; beyond them the oldest are let go.
    private static let alertLimit = 100_000

    /// What is too old, or too much, goes hour by hour.
    package struct Retention: Sendable {
        /// Days before the latest are kept; nil: all.
        package var days: Int32?
        /// The size that the ledger keeps to; nil: none.
        package var bytes: Int64?

        package init(days: Int32?, bytes: Int64?) {
            self.days = days
            self.bytes = bytes
        }
    }

    /// Between two looks at what is too much, in nanoseconds of real time.
    private static let retentionInterval: UInt64 = 3_600_000_000_000

    private let ledger: Ledger
    private let retention: Retention?
    private var latestRetention: UInt64 = 0
    /// Go on with what the ledger has of a recording: a sensor that was started anew. A file is counted from its
    /// beginning each time.
    private let goesOn: Bool
    /// Whose counts these are; nil before the first packet.
    private var recording: Recording?
    private var alerts: [AlertEntry] = []
    private var hours: [CoverageHour] = []
    private var latest: UInt64 = 0
    private var isFailing = false
    /// Whether the recording itself is still to be written: also one without a finding is.
    private var isNew = true
    /// Findings and alerts that the ledger has not taken yet, and alerts that went because they were too many.
    private(set) var notStored = 0
    private var alertsLost = 0

    /// - Parameter retention: nil: everything is kept.
    package init(_ ledger: Ledger, goesOn: Bool, retention: Retention? = nil) {
        self.ledger = ledger
        self.retention = retention
        self.goesOn = goesOn
    }

    var isDue: Bool { DispatchTime.now().uptimeNanoseconds &- latest >= Self.interval }

    /// What the ledger has of a finding in this recording.
    func finding(_ key: Finding.Key) -> Finding? {
        guard goesOn, let recording else { return nil }
        // A ledger that cannot be read is told of when it cannot be written.
        return (try? ledger.finding(key, recording: recording.id)) ?? nil
    }

    mutating func start(_ recording: Recording) {
        self.recording = recording
        isNew = true
        hours = []
    }

    mutating func add(_ alert: Alert) {
        if alerts.count >= Self.alertLimit {
            alerts.removeFirst(Self.alertLimit / 10)
            alertsLost += Self.alertLimit / 10
        }
        alerts.append(
            AlertEntry(
                id: alert.id, time: alert.time, action: alert.action.rawValue, severity: alert.severity,
                finding: alert.finding.key, reason: alert.reason))
    }

    mutating func note(_ hours: [CoverageHour], until lastPacket: Timestamp?) {
        let numbers = Set(hours.map(\.number))
        self.hours = self.hours.filter { !numbers.contains($0.number) } + hours
        if let lastPacket { recording?.lastPacket = lastPacket }
    }

    /// Writes what changed; what the ledger does not take is tried again the next time.
    mutating func write(from table: inout FindingTable, warn: (String) -> Void) {
        latest = DispatchTime.now().uptimeNanoseconds
        guard let recording else { return }
        var batch = Batch(recording: recording)
        (batch.findings, batch.removed) = table.takeChanges()
        batch.alerts = alerts
        batch.hours = hours
        guard !batch.isEmpty || isNew else { return }
        do throws(LedgerError) {
            try ledger.write(batch)
            try retain()
            (alerts, hours, isNew, isFailing, notStored) = ([], [], false, false, alertsLost)
        } catch {
            table.repeatChanges(batch.findings, batch.removed)
            notStored = batch.findings.count + batch.alerts.count + alertsLost
            if !isFailing { warn("\(error); it is tried again every second") }
            isFailing = true
        }
    }

    /// Lets a few of the oldest days go, at the start and once an hour.
    private mutating func retain() throws(LedgerError) {
        let now = DispatchTime.now().uptimeNanoseconds
        guard let retention, latestRetention == 0 || now &- latestRetention >= Self.retentionInterval else { return }
        latestRetention = now
        let latest = try ledger.info().lastDay
        let first = retention.days.flatMap { days in latest.map { $0 - days } }
        try ledger.retain(since: first, bytes: retention.bytes)
    }
}
