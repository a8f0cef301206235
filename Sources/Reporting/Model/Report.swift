package import Ledger
package import Monitoring

/// What a report tells, in no language and no format. The same extract and settings give the same report.
package struct Report: Sendable {
    package struct Settings: Sendable {
        /// What the extract was asked for.
        package var selection = Selection()
        /// ISO 3166-1 alpha-2. Every other known place is overseas.
        package var homeCountries: Set<String> = ["CN"]
        /// The share of the period that must have been watched before a silence means something, from 0 to 1.
        package var minimumCoverage = 0.95
        /// Days of silence after which a finding has gone quiet.
        package var quietDays: Int32 = 7
        /// The version of the program that writes the report.
        package var program: String

        package init(program: String) { self.program = program }
    }

    package let settings: Settings
    /// The first and the last day, in days since 1970-01-01 in UTC.
    package let from, to: Int32
    /// The last day that the ledger knows of. The report tells no present time.
    package let latestDay: Int32
    /// In the order of the extract: the worst first.
    package let findings: [Extract.Entry]
    /// What was agreed to, in the same order.
    package let excepted: [Extract.Entry]
    package let quiet: [QuietFinding]
    /// Vendors that have findings, all of them quiet.
    package let quietVendors: [Vendor]
    /// Of `findings`.
    package let total: Summation
    package let vendors: [Grouped<Vendor>]
    package let hosts: [Grouped<Host>]
    /// Contacts only.
    package let countries: [Grouped<Destination.Country>]
    /// Bytes sent by day and vendor of `findings`: every day of the period, in order.
    package let days: [DayTotal]
    package let alerts: [Extract.AlertCount]
    package let coverage: CoverageAccount
    package let verdict: CoverageVerdict
    package let recordings: [Recording]

    package init(_ extract: Extract, _ settings: Settings) {
        self.settings = settings
        from = extract.from
        to = max(extract.to, extract.from)
        latestDay = extract.latestDay
        findings = extract.findings.filter { $0.exception == nil }
        excepted = extract.findings.filter { $0.exception != nil }
        alerts = extract.alerts
        recordings = extract.recordings
        coverage = CoverageAccount(extract, settings)
        verdict = CoverageVerdict(coverage.total, coverage.watched, settings)
        let home = settings.homeCountries
        total = Summation(findings, home: home)
        vendors = Grouped.groups(findings, home: home, id: \.key.vendor, value: \.vendor)
        hosts = Grouped.groups(findings, home: home, id: \.key.host, value: \.host)
        countries = Grouped.groups(
            findings.filter(\.isContact), home: home, id: \.key.destination.text, value: \.key.destination)
        days = DayTotal.days(findings, from: from, to: to, home: home)
        let coverage = coverage
        quiet = extract.quiet.map { QuietFinding($0, coverage, to: extract.to) }
        quietVendors = QuietFinding.vendors(extract.quiet, findings: extract.findings)
    }

    /// What the period comes to. The first that holds.
    package enum Outcome: String, Sendable {
        /// Vendors were contacted.
        case contacted
        /// Nothing was contacted, but vendors' names were looked up.
        case lookedUp = "looked-up"
        /// Nothing was found, and the sensor would have seen it.
        case clean
        /// Nothing was found, and the sensor could not see enough to say that there was nothing.
        case unproven
    }

    package var outcome: Outcome {
        if !total.contactingHosts.isEmpty { return .contacted }
        if !findings.isEmpty { return .lookedUp }
        return verdict.isSufficient ? .clean : .unproven
    }

    /// Whether a finding that nobody agreed to is at least as bad.
    package func reaches(_ severity: Severity) -> Bool { findings.contains { $0.severity >= severity } }
}

extension Extract.Entry {
    /// A connection was tried or made; else the name was only looked up, or the device told its vendor by its address.
    package var isContact: Bool { key.destination != .none }

    package func isOverseas(_ home: Set<String>) -> Bool {
        if case .code(let code) = key.destination { !home.contains(code) } else { false }
    }
}
