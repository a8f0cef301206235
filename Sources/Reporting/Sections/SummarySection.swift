import Ledger
import Monitoring

extension Composer {
    /// Under the title.
    var headFacts: [Inline] {
        var facts: [Inline] = [
            [.strong(say(.period)), .text(" "), .text(say(.period(report.from, report.to))), .text(" (UTC)")],
            [.strong(say(.latest)), .text(" "), .text(say(.day(report.latestDay)))],
            [.strong(say(.selected)), .text(" "), .text(selectionText)],
        ]
        if !report.settings.homeCountries.isEmpty {
            facts.append([.strong(say(.homeCountry)), .text(" "), .text(homeText)])
        }
        return facts
    }

    var homeText: String {
        say(joined(report.settings.homeCountries.sorted().map { Phrase(countryName($0)) }))
    }

    private var selectionText: String {
        let selection = report.settings.selection
        var parts: [Phrase] = []
        if !selection.vendors.isEmpty { parts.append(.selectedVendors(selection.vendors.joined(separator: ", "))) }
        if !selection.clients.isEmpty { parts.append(.selectedClients(selection.clients.joined(separator: ", "))) }
        if !selection.countries.isEmpty {
            let names = selection.countries.map { Phrase(name(Destination.Country(text: $0))) }
            parts.append(.selectedCountries(say(joined(names))))
        }
        if selection.severity > .info { parts.append(.selectedSeverity(selection.severity)) }
        if parts.isEmpty { return say(.everything) }
        return parts.map(say).joined(separator: language == .chinese ? "；" : "; ")
    }

    func summarySection() -> Document.Section {
        let total = report.total
        let hosts = report.outcome == .lookedUp ? total.hosts.count : total.contactingHosts.count
        let headline = Phrase.headline(report.outcome, hosts: hosts, vendors: total.contactedVendors.count)
        var lines = [text(.cleanliness(report.outcome))]
        if report.outcome == .unproven { lines += report.verdict.failed.map { text(.reason($0)) } }
        if report.outcome == .clean { lines.append(text(.cleanLimit)) }
        if report.settings.selection.isPartial { lines.append(text(.selectionLimit)) }
        var blocks: [Document.Block] = [
            .banner(Document.Banner(outcome: report.outcome, title: say(headline), lines: lines)),
            .figures(figures), .list(summarySentences.map(text)),
        ]
        if report.outcome != .unproven {
            let isSufficient = report.verdict.isSufficient
            blocks.append(
                .paragraph(text(.coverageSentence(report.coverage.watched.share, isSufficient: isSufficient))))
            if !isSufficient { blocks.append(.list(report.verdict.failed.map { text(.reason($0)) })) }
        }
        return Document.Section(anchor: "summary", title: say(.summary), blocks: blocks)
    }

    private var figures: [Document.Figure] {
        let total = report.total
        return [
            .init(
                value: Formats.count(total.contactingHosts.count), label: say(.figureHosts),
                isBad: !total.contactingHosts.isEmpty),
            .init(
                value: Formats.count(total.contactedVendors.count), label: say(.figureVendors),
                isBad: !total.contactedVendors.isEmpty),
            .init(
                value: Formats.bytes(total.bytesOutOverseas), label: say(.figureOverseas),
                isBad: total.bytesOutOverseas > 0),
            .init(
                value: Formats.count(total.count(.critical)), label: say(.figureCritical),
                isBad: total.count(.critical) > 0),
            .init(value: Formats.count(report.quiet.count), label: say(.figureQuiet)),
            .init(
                value: Formats.percent(report.coverage.watched.share), label: say(.figureWatched),
                isBad: !report.verdict.isSufficient),
        ]
    }

    /// The answer in sentences, for those who read nothing else.
    var summarySentences: [Phrase] {
        let total = report.total
        var sentences: [Phrase] = []
        if !total.contactingHosts.isEmpty {
            let vendors = report.vendors.filter { !$0.sum.contactingHosts.isEmpty }
                .sorted { ($1.sum.contactingHosts.count, $0.id) < ($0.sum.contactingHosts.count, $1.id) }
                .map { Phrase.vendorHosts(full($0.value), $0.sum.contactingHosts.count) }
            sentences.append(.vendorsContacted(joined(vendors, limit: 6)))
            sentences.append(overseasSentence)
            if total.bytesOutUnknown > 0 { sentences.append(.sentUnknown(total.bytesOutUnknown)) }
            sentences.append(
                total.count(.critical) > 0
                    ? .critical(total.count(.critical), hosts: total.criticalHosts.count) : .nothingCritical)
        }
        let silent = total.hosts.count - total.contactingHosts.count
        if silent > 0, report.outcome == .contacted { sentences.append(.lookedUpOnly(silent)) }
        if !report.excepted.isEmpty {
            let sum = Summation(report.excepted, home: report.settings.homeCountries)
            sentences.append(.excepted(report.excepted.count, overseas: sum.bytesOutOverseas))
        }
        if !report.quiet.isEmpty {
            let hosts = Set(report.quiet.map(\.entry.key.host)).count
            sentences.append(.wentQuiet(report.quiet.count, hosts: hosts, days: report.settings.quietDays))
        }
        if !report.quietVendors.isEmpty {
            sentences.append(.quietVendors(joined(report.quietVendors.map(full), limit: 8)))
        }
        return sentences
    }

    private var overseasSentence: Phrase {
        let home = report.settings.homeCountries
        let places = report.countries.filter { !home.contains($0.id) && $0.value != .unknown }
            .sorted { ($1.sum.bytesOut, $0.id) < ($0.sum.bytesOut, $1.id) }
        guard !places.isEmpty else { return .nothingOverseas }
        let list = joined(places.map { .countryBytes(name($0.value), $0.sum.bytesOut) }, limit: 4)
        return .sentOverseas(
            report.total.bytesOutOverseas, application: report.total.applicationBytesOutOverseas, list)
    }
}
