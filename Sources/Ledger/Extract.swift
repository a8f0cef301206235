package import Monitoring

/// Which findings, and of which days.
package struct Selection: Sendable {
    /// Days since 1970-01-01 in UTC, both ends included; nil: from the first day, to the last.
    package var from, to: Int32?
    /// Packs' identifiers; empty: every vendor.
    package var vendors: [String] = []
    /// Addresses, names or identifiers of hosts; empty: every client.
    package var clients: [String] = []
    /// ISO 3166-1 alpha-2, `ZZ` for an unknown place; empty: every country.
    package var countries: [String] = []
    /// The least severity.
    package var severity = Severity.info

    package init() {}
}

/// What a ledger holds of a period: everything that a report tells. All lists have a fixed order, so that the same
/// ledger gives the same report.
package struct Extract: Sendable {
    /// The first and the last day, in days since 1970-01-01 in UTC.
    package var from: Int32
    package var to: Int32
    /// Seen within the period: the worst first, then by bytes sent, then by key.
    package var findings: [Entry]
    /// Seen before the period, or in its beginning, and silent at its end for `quietDays` or longer.
    package var quiet: [Entry]
    package var alerts: [AlertCount]
    /// By hour, in order; hours of several recordings at the same time added up, seconds in which any of them watched
    /// counted once.
    package var hours: [CoverageHour]
    /// What was recorded in the period, in order of time.
    package var recordings: [Recording]
    /// The last day that the ledger knows of.
    package var latestDay: Int32

    package init(
        from: Int32, to: Int32, findings: [Entry], quiet: [Entry], alerts: [AlertCount], hours: [CoverageHour],
        recordings: [Recording], latestDay: Int32
    ) {
        self.from = from
        self.to = to
        self.findings = findings
        self.quiet = quiet
        self.alerts = alerts
        self.hours = hours
        self.recordings = recordings
        self.latestDay = latestDay
    }

    /// A finding of all recordings together. What was looked up is part of each contacted finding of the same client,
    /// vendor and product; it is an entry of its own only where nothing was contacted.
    package struct Entry: Sendable {
        package var key: Finding.Key
        package var host: Host
        package var vendor: Vendor
        package var exception: ExceptionText?
        /// Over all time, not only of the period.
        package var firstSeen, lastSeen: Timestamp
        /// Of the period; in a quiet finding of all time, like the tally.
        package var severity: Severity
        package var tally: Tally
        /// By day, the days in which it was seen, in order.
        package var days: [Day]
        /// With counts of all time.
        package var evidence: [Evidence]
        package var confidence: Confidence
        package var destinations: [Destination]
        /// How regular its contacts are, in seconds; nil where there were too few.
        package var beat: Beat?

        package init(
            key: Finding.Key, host: Host, vendor: Vendor, exception: ExceptionText?, firstSeen: Timestamp,
            lastSeen: Timestamp, severity: Severity, tally: Tally, days: [Day], evidence: [Evidence],
            confidence: Confidence, destinations: [Destination], beat: Beat?
        ) {
            self.key = key
            self.host = host
            self.vendor = vendor
            self.exception = exception
            self.firstSeen = firstSeen
            self.lastSeen = lastSeen
            self.severity = severity
            self.tally = tally
            self.days = days
            self.evidence = evidence
            self.confidence = confidence
            self.destinations = destinations
            self.beat = beat
        }
    }

    package struct Beat: Sendable {
        package var interval, jitter: Double

        package init(interval: Double, jitter: Double) {
            self.interval = interval
            self.jitter = jitter
        }
    }

    /// What was agreed to, by whom, and until which day.
    package struct ExceptionText: Sendable {
        package var reason: String
        package var approvedBy, until: String?

        package init(reason: String, approvedBy: String?, until: String?) {
            self.reason = reason
            self.approvedBy = approvedBy
            self.until = until
        }
    }

    /// Alerts of the period.
    package struct AlertCount: Sendable {
        package var action: String
        package var severity: Severity
        package var count: UInt64

        package init(action: String, severity: Severity, count: UInt64) {
            self.action = action
            self.severity = severity
            self.count = count
        }
    }
}
