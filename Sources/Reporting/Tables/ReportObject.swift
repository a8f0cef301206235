import Decoding
import Ledger
import Monitoring

/// The report for programs. Tests/report.schema.json documents every key; `summary.sentences` and names of countries
/// are in the language of the report, everything else is the same in both.
struct ReportObject {
    let composer: Composer

    private var report: Report { composer.report }

    func text() -> String {
        var text = ""
        object.write(to: &text)
        return text + "\n"
    }

    private var object: JSONValue {
        let quiet = Set(report.quiet.map(\.entry.key))
        return .object([
            ("schema", .string("seaward-report/1")), ("language", .string(composer.language.rawValue)),
            ("period", period), ("selection", selection), ("summary", summary), ("coverage", coverage),
            ("vendors", .array(report.vendors.map { group($0) { self.vendor($0) } })),
            ("hosts", .array(report.hosts.map { group($0) { self.host($0) } })),
            ("countries", .array(report.countries.map { group($0) { .string($0.text) } })),
            ("days", .array(report.days.map(day))),
            ("findings", .array((report.findings + report.excepted).map { finding($0, quiet.contains($0.key)) })),
            ("quiet", .array(report.quiet.map(silence))),
            ("alerts", .array(report.alerts.map(alert))), ("origin", origin),
        ])
    }

    private func date(_ day: Int32) -> JSONValue {
        .string(String(Timestamp(nanoseconds: Int64(day) * 86_400_000_000_000).text(fraction: 0).prefix(10)))
    }

    func time(_ time: Timestamp?) -> JSONValue { time.map { .string($0.text(fraction: 0)) } ?? .null }

    private func share(_ share: Double) -> JSONValue { .number(ReportObject.decimal(share)) }

    /// With six digits behind the point.
    static func decimal(_ value: Double) -> String {
        let scaled = Int64((max(0, min(value, 1e12)) * 1_000_000).rounded())
        let rest = String(scaled % 1_000_000)
        return "\(scaled / 1_000_000)." + String(repeating: "0", count: 6 - rest.utf8.count) + rest
    }

    private var period: JSONValue {
        .object([("from", date(report.from)), ("to", date(report.to)), ("latest_day", date(report.latestDay))])
    }

    private var selection: JSONValue {
        let selection = report.settings.selection
        return .object([
            ("vendors", .strings(selection.vendors)), ("clients", .strings(selection.clients)),
            ("countries", .strings(selection.countries)), ("severity", .string(selection.severity.rawValue)),
            ("home_countries", .strings(report.settings.homeCountries.sorted())),
            ("quiet_days", .count(UInt64(max(report.settings.quietDays, 0)))),
        ])
    }

    private var summary: JSONValue {
        let total = report.total
        return .object([
            ("outcome", .string(report.outcome.rawValue)), ("clean", .bool(report.outcome == .clean)),
            ("sentences", .strings(composer.summarySentences.map(composer.say))),
            ("contacting_hosts", .count(UInt64(total.contactingHosts.count))),
            ("contacted_vendors", .count(UInt64(total.contactedVendors.count))),
            ("findings", severities(total)), ("excepted_findings", .count(UInt64(report.excepted.count))),
            ("bytes_out", .count(total.bytesOut)), ("bytes_in", .count(total.bytesIn)),
            ("bytes_out_overseas", .count(total.bytesOutOverseas)),
            ("application_bytes_out_overseas", .count(total.applicationBytesOutOverseas)),
            ("bytes_out_unknown_place", .count(total.bytesOutUnknown)),
            ("quiet_vendors", .strings(report.quietVendors.map(\.id))),
        ])
    }

    private func severities(_ sum: Summation) -> JSONValue {
        .object(Severity.allCases.reversed().map { ($0.rawValue, .count(UInt64(sum.count($0)))) })
    }

    private var coverage: JSONValue {
        let account = report.coverage
        let blanks = zip(Coverage.Blank.allCases, account.total.nameless)
        return .object([
            ("sufficient", .bool(report.verdict.isSufficient)),
            ("minimum_watched_share", share(report.settings.minimumCoverage)),
            ("watched_share", share(account.watched.share)), ("watched_seconds", .count(account.watched.seconds)),
            ("period_seconds", .count(account.watched.ofSeconds)),
            ("checks", .array(report.verdict.checks.map(check))),
            ("flows_without_name", .object(blanks.map { ($0.rawValue, .count($1)) })),
            ("days", .array(account.days.map(coverageDay))),
        ])
    }

    private func check(_ check: CoverageVerdict.Check) -> JSONValue {
        .object([
            ("what", .string(check.spot.rawValue)), ("passed", .bool(check.isPassed)), ("part", .count(check.part)),
            ("whole", .count(check.whole)), ("share", share(check.share)), ("allowed", share(check.allowed)),
        ])
    }

    private func coverageDay(_ day: CoverageAccount.OneDay) -> JSONValue {
        .object([
            ("date", date(day.number)), ("watched_seconds", .count(day.watched.seconds)),
            ("of_seconds", .count(day.watched.ofSeconds)), ("packets", .count(day.sum.packets)),
            ("bytes", .count(day.sum.bytes)), ("kernel_drops", .count(day.sum.kernelDrops)),
            ("interface_drops", .count(day.sum.interfaceDrops)), ("sequence_gaps", .count(day.sum.sequenceGaps)),
            ("limits_reached", .count(day.sum.limitsReached)), ("sightings_dropped", .count(day.sum.sightingsDropped)),
            ("flows", .count(day.sum.flows)), ("named_flows", .count(day.sum.namedFlows)),
            ("one_way_flows", .count(day.sum.oneWayFlows)),
        ])
    }

    private func group<Value>(_ group: Grouped<Value>, _ value: (Value) -> JSONValue) -> JSONValue {
        let sum = group.sum
        return .object([
            ("id", .string(group.id)), ("value", value(group.value)), ("severity", .string(sum.severity.rawValue)),
            ("findings", severities(sum)), ("hosts", .count(UInt64(sum.hosts.count))),
            ("vendors", .strings(sum.vendors.sorted())), ("countries", .strings(sum.countries.sorted())),
            ("flows", .count(sum.flows)), ("bytes_out", .count(sum.bytesOut)), ("bytes_in", .count(sum.bytesIn)),
            ("bytes_out_overseas", .count(sum.bytesOutOverseas)), ("first_seen", time(sum.firstSeen)),
            ("last_seen", time(sum.lastSeen)),
        ])
    }

    private func day(_ day: DayTotal) -> JSONValue {
        let vendors = day.byVendor.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.count($0.value)) }
        return .object([
            ("date", date(day.number)), ("bytes_out", .count(day.bytesOut)),
            ("bytes_out_overseas", .count(day.bytesOutOverseas)), ("by_vendor", .object(vendors)),
        ])
    }

    private func silence(_ quiet: QuietFinding) -> JSONValue {
        .object([
            ("vendor", .string(quiet.entry.key.vendor)), ("product", .string(quiet.entry.key.product)),
            ("host", .string(quiet.entry.key.host)), ("country", .string(quiet.entry.key.destination.text)),
            ("last_seen", time(quiet.entry.lastSeen)), ("silent_days", .count(UInt64(quiet.days))),
            ("watched_share_since", share(quiet.watched.share)),
            ("reliable", .bool(quiet.isWatched(report.settings))),
        ])
    }

    private func alert(_ alert: Extract.AlertCount) -> JSONValue {
        .object([
            ("action", .string(alert.action)), ("severity", .string(alert.severity.rawValue)),
            ("count", .count(alert.count)),
        ])
    }
}
