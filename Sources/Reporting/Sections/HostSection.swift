import Ledger
import Monitoring

extension Composer {
    func hostSection() -> Document.Section {
        let title = say(.byHost)
        guard !report.hosts.isEmpty else {
            return Document.Section(anchor: "hosts", title: title, blocks: [.paragraph(text(.noFindings))])
        }
        let vendors = vendorsByHost
        var table = Table(
            caption: title,
            columns: [
                column(.host), column(.owner), column(.severity), column(.vendors),
                column(.findingCount, isNumber: true),
                column(.sent, isNumber: true), column(.sentOverseas, isNumber: true), column(.lastSeen),
                column(.knownBy),
            ],
            rest: rest(of: report.hosts.count, after: Limit.rows))
        for group in report.hosts.prefix(Limit.rows) {
            let host = group.value
            let owner = [host.owner, host.site].compactMap { $0 }.joined(separator: ", ")
            let names = (vendors[group.id] ?? []).map { short($0.entry.vendor) }
            table.rows.append([
                label(host), [.text(owner)], [badge(group.sum.severity)], text(joined(names, limit: 6)),
                number(group.sum.findings), bytes(group.sum.bytesOut), bytes(group.sum.bytesOutOverseas),
                day(group.sum.lastSeen), text(.word(host.identity)),
            ])
        }
        return Document.Section(
            anchor: "hosts", title: title, blocks: [.picture(matrix(vendors)), .table(table)])
    }

    /// What one host sent to one vendor.
    private struct Pair {
        var entry: Extract.Entry
        var severity: Severity
        var bytesOut: UInt64
    }

    /// By host that a document tells; in each the worst first.
    private var vendorsByHost: [String: [Pair]] {
        let told = Set(report.hosts.prefix(Limit.rows).map(\.id))
        var pairs: [String: [Pair]] = [:]
        for entry in report.findings where told.contains(entry.key.host) {
            let sent = entry.isContact ? entry.tally.bytesOut : 0
            if let place = pairs[entry.key.host]?.firstIndex(where: { $0.entry.key.vendor == entry.key.vendor }) {
                pairs[entry.key.host]?[place].bytesOut &+= sent
            } else {
                // The findings come with the worst in front.
                pairs[entry.key.host, default: []].append(
                    Pair(entry: entry, severity: entry.severity, bytesOut: sent))
            }
        }
        return pairs
    }

    private func matrix(_ pairs: [String: [Pair]]) -> Picture {
        let columns = report.vendors.prefix(Limit.matrixColumns)
        let rows = report.hosts.prefix(Limit.matrixRows).map { group in
            let cells = columns.map { column -> Picture.Matrix.Cell? in
                guard let pair = pairs[group.id]?.first(where: { $0.entry.key.vendor == column.id }) else { return nil }
                let amount = pair.bytesOut > 0 ? Formats.bytes(pair.bytesOut) : say(.noContact)
                let tip = "\(plain(group.value)), \(say(short(column.value))): \(say(.word(pair.severity))), \(amount)"
                return .init(
                    severity: pair.severity, text: pair.bytesOut > 0 ? Formats.bytes(pair.bytesOut) : "–", tip: tip)
            }
            return (label: plain(group.value), cells: cells)
        }
        return Picture(
            title: say(.matrixPicture),
            summary: say(.matrixSummary(hosts: rows.count, of: report.hosts.count, vendors: columns.count)),
            kind: .matrix(
                .init(
                    columns: columns.map { say(short($0.value)) }, rows: rows,
                    legend: Severity.allCases.reversed().map { ($0, say(.word($0))) })))
    }
}
