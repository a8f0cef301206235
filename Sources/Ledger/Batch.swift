package import Monitoring

/// What is written to the ledger at once: all of it, or nothing.
package struct Batch: Sendable {
    /// Whose counts these are.
    package var recording: Recording
    /// Findings as they are now, with the absolute counts of the recording.
    package var findings: [Finding] = []
    /// Findings of this recording that became others: their client turned out to be another host.
    package var removed: [Finding.Key] = []
    package var alerts: [AlertEntry] = []
    /// Hours as they are now, with the absolute counts of the recording.
    package var hours: [CoverageHour] = []

    package init(recording: Recording) { self.recording = recording }

    package var isEmpty: Bool { findings.isEmpty && removed.isEmpty && alerts.isEmpty && hours.isEmpty }
}

/// An alert as the ledger keeps it.
package struct AlertEntry: Sendable {
    /// The same for the same alert: 32 hexadecimal digits.
    package let id: String
    package let time: Timestamp
    /// `opened`, `escalated` or `active`.
    package let action: String
    package let severity: Severity
    package let finding: Finding.Key
    /// One sentence for people.
    package let reason: String

    package init(
        id: String, time: Timestamp, action: String, severity: Severity, finding: Finding.Key, reason: String
    ) {
        self.id = id
        self.time = time
        self.action = action
        self.severity = severity
        self.finding = finding
        self.reason = reason
    }
}
