import Decoding
import Ledger
import Monitoring

extension Composer {
    func findingSection() -> Document.Section {
        let title = say(.findings)
        let findings = report.findings
        guard !findings.isEmpty else {
            return Document.Section(anchor: "findings", title: title, blocks: [.paragraph(text(.noFindings))])
        }
        let quiet = Set(report.quiet.map(\.entry.key))
        var table = Table(
            caption: say(.overview),
            columns: [
                column(.number, isNumber: true), column(.severity), column(.host), column(.vendor), column(.product),
                column(.country), column(.sent, isNumber: true), column(.received, isNumber: true),
                column(.confidence), column(.lastSeen),
            ],
            rest: rest(of: findings.count, after: Limit.entries))
        var blocks: [Document.Block] = []
        for (index, entry) in findings.prefix(Limit.entries).enumerated() {
            var last = day(entry.lastSeen)
            if quiet.contains(entry.key) { last += [.lineBreak, .mark(isGood: true, say(.quietMark))] }
            table.rows.append([
                [.jump("\(index + 1)", to: "finding-\(index + 1)")], [badge(entry.severity)], label(entry.host),
                text(short(entry.vendor)), [product(entry.key.product)], [.text(name(entry.key.destination))],
                bytes(entry.tally.bytesOut), bytes(entry.tally.bytesIn), text(.word(entry.confidence)), last,
            ])
            blocks.append(.entry(self.entry(entry, number: index + 1)))
        }
        if findings.count > Limit.entries {
            blocks.append(.paragraph(text(.findingsUntold(findings.count - Limit.entries))))
        }
        return Document.Section(
            anchor: "findings", title: title, blocks: [.note(text(.findingsNote)), .table(table)] + blocks)
    }

    private func entry(_ entry: Extract.Entry, number: Int) -> Document.Entry {
        let names =
            [plain(entry.host), say(short(entry.vendor))] + (entry.key.product.isEmpty ? [] : [entry.key.product])
        let title = "\(number). \(names.joined(separator: " · ")) → \(name(entry.key.destination))"
        return Document.Entry(
            anchor: "finding-\(number)", severity: entry.severity, title: title, facts: facts(entry),
            tables: [evidence(entry), destinations(entry)].compactMap { $0 }, isOpen: entry.severity >= .warning)
    }

    private func facts(_ entry: Extract.Entry) -> [(term: String, text: Inline)] {
        var confidence = text(.word(entry.confidence))
        if entry.confidence == .low { confidence += [.text(" – "), .text(say(.confidenceNote))] }
        var facts: [(term: String, text: Inline)] = [
            (say(.severity), [badge(entry.severity), .text(" "), .text(say(.meaning(entry.severity)))]),
            (say(.host), hostDetail(entry.host)), (say(.amounts), text(.amount(entry.tally))),
            (say(.seen), text(.seen(entry.firstSeen, entry.lastSeen, days: entry.days.count))),
            (say(.confidence), confidence),
        ]
        if entry.evidence.contains(where: \.isContradiction) {
            facts.append((say(.contradictions), [.mark(isGood: false, say(.contradictionNote))]))
        }
        if let beat = entry.beat { facts.append((say(.rhythm), text(.beat(beat.interval, beat.jitter)))) }
        return facts
    }

    private func hostDetail(_ host: Host) -> Inline {
        var line = label(host)
        if let mac = host.mac { line += [.text(" "), .code("\(mac)")] }
        for more in [host.owner, host.site].compactMap({ $0 }) { line.append(.text(", \(more)")) }
        return line + [.text(" – \(say(.knownBy))\(language == .english ? ": " : "：")\(say(.word(host.identity)))")]
    }

    private func evidence(_ entry: Extract.Entry) -> Table? {
        guard !entry.evidence.isEmpty else { return nil }
        var table = Table(
            caption: say(.evidence),
            columns: [
                column(.value), column(.method), column(.category), column(.times, isNumber: true), column(.firstSeen),
                column(.lastSeen), column(.endpoint), column(.sources),
            ])
        for evidence in entry.evidence.prefix(Limit.evidence) {
            let endpoint = evidence.endpoint
            var value: Inline = [.code(evidence.value)]
            if evidence.isContradiction {
                value += [.lineBreak, .mark(isGood: false, say(.contradicts(short(endpoint.vendor))))]
            }
            var subject: Inline = [.code("\(endpoint.subject)"), .lineBreak]
            subject.append(.text("\(say(.confidence)) \(say(.word(endpoint.confidence)))"))
            if endpoint.isShared { subject += [.lineBreak, .text(say(.sharedOnly))] }
            table.rows.append([
                value, text(.word(evidence.method)), text(.word(endpoint.category)), number(evidence.count),
                text(.minute(evidence.firstSeen)), text(.minute(evidence.lastSeen)), subject, sources(endpoint),
            ])
        }
        if entry.evidence.count > Limit.evidence {
            table.rest = say(.moreItems(entry.evidence.count - Limit.evidence))
        }
        return table
    }

    /// By the host that published it; the link has the whole address.
    private func sources(_ endpoint: Endpoint) -> Inline {
        var line: Inline = []
        for source in endpoint.sources.prefix(Limit.sources) {
            if !line.isEmpty { line.append(.lineBreak) }
            line.append(WebAddress(source).map { .link($0.host, $0) } ?? .code(source))
        }
        if endpoint.sources.count > Limit.sources {
            line += [.lineBreak, .text(say(.moreItems(endpoint.sources.count - Limit.sources)))]
        }
        return line
    }

    private func destinations(_ entry: Extract.Entry) -> Table? {
        guard !entry.destinations.isEmpty else { return nil }
        var table = Table(
            caption: say(.destinations),
            columns: [
                column(.server), column(.country), column(.network), column(.flows, isNumber: true),
                column(.sent, isNumber: true), column(.received, isNumber: true), column(.firstSeen), column(.lastSeen),
            ])
        for destination in entry.destinations.prefix(Limit.destinations) {
            let place = destination.place
            var country: Inline = [.text(place.country.map(countryName) ?? say(.unknownPlace))]
            if place.isUncertain { country += [.lineBreak, .text(say(.uncertain))] }
            var network: Inline = []
            if let system = place.autonomousSystem {
                network.append(.text("AS\(system.number)" + (system.organisation.map { " \($0)" } ?? "")))
            }
            if let owner = place.operator {
                network += (network.isEmpty ? [] : [.lineBreak]) + [.text(say(.sharedBy(owner)))]
            }
            table.rows.append([
                [.code("\(destination.address)")], country, network, number(destination.tally.flows),
                bytes(destination.tally.bytesOut), bytes(destination.tally.bytesIn),
                text(.minute(destination.firstSeen)), text(.minute(destination.lastSeen)),
            ])
        }
        if entry.destinations.count > Limit.destinations {
            table.rest = say(.moreItems(entry.destinations.count - Limit.destinations))
        }
        return table
    }
}

extension WebAddress {
    /// `docs.fortinet.com`.
    var host: String {
        let rest = text.drop { $0 != "/" }.dropFirst(2)
        return String(rest.prefix { $0 != "/" })
    }
}
