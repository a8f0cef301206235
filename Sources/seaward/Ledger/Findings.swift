import Alerting
import ArgumentParser
import CLinux
import Decoding
import Foundation
import Glibc
import Ledger
import Monitoring

struct Findings: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists what a ledger holds: which hosts talk to which vendors, where, how much, since when.",
        discussion: "The worst first. A look-up stands in a line of its own only where nothing was contacted.")

    enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, csv }
    enum Order: String, CaseIterable, ExpressibleByArgument {
        case severity, bytes, client
        case lastSeen = "last-seen"
    }

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var selection: SelectionOptions

    @Option(help: "How to print the findings; JSON is one object a line.")
    var format = Format.table

    @Option(help: "In which order.")
    var sort = Order.severity

    @Flag(help: "Go on with what changes, until SIGINT.")
    var follow = false

    @OptionGroup var failing: FailingOption

    func run() throws {
        // Before a thread starts that would not inherit it.
        let signals = follow ? linux_open_signals() : -1
        let opened = try ledger.open(.read)
        let (all, latest) = try Console.attempt { () throws(LedgerError) in
            let extract = try opened.extract(selection.selection)
            return (extract.findings, follow ? try opened.changes(after: .max, selection.selection).1 : 0)
        }
        try print(ordered(all), isFirst: true)
        if follow { try goOn(opened, after: latest, signals) }
        try failing.check(all.filter { $0.exception == nil }.map(\.severity).max())
    }

    private func goOn(_ opened: Ledger, after start: Int64, _ signals: Int32) throws {
        var latest = start
        while linux_next_signal(signals) == 0 {
            var wait = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
            unsafe poll(&wait, 1, 1_000)
            let (changed, change) = try Console.attempt { () throws(LedgerError) in
                try opened.changes(after: latest, selection.selection)
            }
            latest = change
            if !changed.isEmpty { try print(ordered(changed), isFirst: false) }
        }
    }

    private func ordered(_ entries: [Extract.Entry]) -> [Extract.Entry] {
        switch sort {
        case .severity: entries
        case .bytes: entries.sorted { ($1.tally.bytesOut, $0.key.sortKey) < ($0.tally.bytesOut, $1.key.sortKey) }
        case .client: entries.sorted { ($0.host.address, $0.key.sortKey) < ($1.host.address, $1.key.sortKey) }
        case .lastSeen: entries.sorted { ($1.lastSeen, $0.key.sortKey) < ($0.lastSeen, $1.key.sortKey) }
        }
    }

    private func print(_ entries: [Extract.Entry], isFirst: Bool) throws {
        switch format {
        case .table: try printTable(entries)
        case .json: try Results.printJSON(entries.lazy.map { Line($0) })
        case .csv:
            let head = [
                "severity", "vendor", "product", "client", "name", "identity", "country", "first_seen", "last_seen",
                "lookups", "flows", "bytes_out", "bytes_in", "application_bytes_out", "confidence", "exception",
                "sources",
            ]
            let rows = entries.map { entry in
                let line = Line(entry)
                return CSV.row([
                    line.severity, line.vendor, line.product, line.client, line.name ?? "", line.identity, line.country,
                    line.first_seen, line.last_seen, "\(line.lookups)", "\(line.flows)", "\(line.bytes_out)",
                    "\(line.bytes_in)", "\(line.application_bytes_out)", line.confidence, line.exception ?? "",
                    line.sources.joined(separator: " "),
                ])
            }
            try Results.print((isFirst ? [CSV.row(head)] : []) + rows)
        }
    }

    private func printTable(_ entries: [Extract.Entry]) throws {
        var table = TextTable([
            "SEVERITY", "VENDOR", "PRODUCT", "CLIENT", "COUNTRY", "FIRST SEEN", "LAST SEEN", "FLOWS", "OUT", "IN",
            "CONFIDENCE",
        ])
        for entry in entries {
            let isContact = entry.key.destination != .none
            table.add([
                entry.severity.rawValue, entry.vendor.name, entry.key.product, entry.host.label,
                isContact ? entry.key.destination.text : "looked up", entry.firstSeen.text(fraction: 0),
                entry.lastSeen.text(fraction: 0), "\(isContact ? entry.tally.flows : entry.tally.lookups)",
                Self.size(entry.tally.bytesOut), Self.size(entry.tally.bytesIn),
                entry.confidence.rawValue + (entry.exception == nil ? "" : " (excepted)"),
            ])
        }
        try table.print()
    }

    /// Bytes for people: `812 B`, `1.2 MB`.
    static func size(_ bytes: UInt64) -> String {
        guard bytes >= 1_000 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = 0
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        while value >= 999.5, unit < units.count - 1 {
            value /= 1_000
            unit += 1
        }
        return String(format: value < 10 ? "%.1f " : "%.0f ", value) + units[unit]
    }

    private struct Line: Encodable {
        struct Proof: Encodable {
            let method, value, endpoint, first_seen, last_seen: String
            let count: UInt64
            let contradicts: Bool
            let sources: [String]
        }
        let severity, vendor, product, client, identity, country, first_seen, last_seen, confidence: String
        let name, exception: String?
        let lookups, flows, bytes_out, bytes_in, application_bytes_out: UInt64
        let evidence: [Proof]
        var sources: [String] { Array(Set(evidence.filter { !$0.contradicts }.flatMap(\.sources))).sorted() }

        init(_ entry: Extract.Entry) {
            severity = entry.severity.rawValue
            vendor = entry.vendor.id
            product = entry.key.product
            client = "\(entry.host.address)"
            identity = entry.host.identity.rawValue
            country = entry.key.destination.text
            first_seen = "\(entry.firstSeen)"
            last_seen = "\(entry.lastSeen)"
            confidence = entry.confidence.rawValue
            name = entry.host.name
            exception = entry.exception?.reason
            lookups = entry.tally.lookups
            flows = entry.tally.flows
            bytes_out = entry.tally.bytesOut
            bytes_in = entry.tally.bytesIn
            application_bytes_out = entry.tally.applicationBytesOut
            evidence = entry.evidence.map {
                Proof(
                    method: $0.method.rawValue, value: $0.value, endpoint: $0.endpoint.id,
                    first_seen: "\($0.firstSeen)",
                    last_seen: "\($0.lastSeen)", count: $0.count, contradicts: $0.isContradiction,
                    sources: $0.endpoint.sources)
            }
        }
    }
}
