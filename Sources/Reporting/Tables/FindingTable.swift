import Decoding
import Ledger
import Monitoring

/// One row a finding, for spreadsheets and programs: heads and values are the same in every language, but for names of
/// countries. Excepted findings are in it too, with their reason.
struct FindingTable {
    let composer: Composer

    /// In this order. New columns come behind.
    static let columns = [
        "severity", "vendor", "vendor_name", "product", "host", "host_address", "host_mac", "host_name", "owner",
        "site",
        "identity", "country", "country_name", "overseas", "confidence", "first_seen", "last_seen", "days", "lookups",
        "flows", "bytes_out", "bytes_in", "application_bytes_out", "beat_seconds", "beat_jitter_seconds", "methods",
        "evidence", "contradicted", "servers", "sources", "quiet", "exception_reason", "exception_approved_by",
        "exception_until",
    ]

    /// RFC 4180 with a byte order mark in front: without it the usual spreadsheets take Chinese for another encoding.
    func text() -> String {
        let report = composer.report
        let quiet = Set(report.quiet.map(\.entry.key))
        var text = "\u{feff}" + CSV.row(Self.columns) + "\n"
        for entry in report.findings + report.excepted {
            text += CSV.row(cells(entry, isQuiet: quiet.contains(entry.key)).map(visible)) + "\n"
        }
        return text
    }

    private func cells(_ entry: Extract.Entry, isQuiet: Bool) -> [String] {
        let host = entry.host
        let isOverseas = entry.isOverseas(composer.report.settings.homeCountries)
        let sources = entry.evidence.flatMap(\.endpoint.sources)
        return [
            entry.severity.rawValue, entry.key.vendor, composer.say(composer.short(entry.vendor)), entry.key.product,
            host.id, "\(host.address)", host.mac.map { "\($0)" } ?? "", host.name ?? "", host.owner ?? "",
            host.site ?? "",
            host.identity.rawValue, entry.key.destination.text, composer.name(entry.key.destination),
            isOverseas ? "true" : "false", entry.confidence.rawValue, entry.firstSeen.text(fraction: 0),
            entry.lastSeen.text(fraction: 0), "\(entry.days.count)", "\(entry.tally.lookups)", "\(entry.tally.flows)",
            "\(entry.tally.bytesOut)", "\(entry.tally.bytesIn)", "\(entry.tally.applicationBytesOut)",
            entry.beat.map { Formats.fixed($0.interval, 1) } ?? "",
            entry.beat.map { Formats.fixed($0.jitter, 1) } ?? "",
            Self.once(entry.evidence.map(\.method.rawValue)), Self.once(entry.evidence.map(\.value)),
            entry.evidence.contains(where: \.isContradiction) ? "true" : "false",
            Self.once(entry.destinations.map { "\($0.address)" }), Self.once(sources), isQuiet ? "true" : "false",
            entry.exception?.reason ?? "", entry.exception?.approvedBy ?? "", entry.exception?.until ?? "",
        ]
    }

    /// Each once, in order, with a bar between.
    private static func once(_ values: [String]) -> String {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }.joined(separator: " | ")
    }
}
