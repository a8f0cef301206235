import Ledger
import Monitoring

extension Composer {
    func quietSection() -> Document.Section {
        let title = say(.goneQuiet)
        guard !report.quiet.isEmpty else {
            return Document.Section(anchor: "quiet", title: title, blocks: [.paragraph(text(.noQuiet))])
        }
        var table = Table(
            caption: title,
            columns: [
                column(.vendor), column(.product), column(.host), column(.country), column(.lastSeen),
                column(.silentFor),
                column(.watchedSince, isNumber: true), column(.proof),
            ],
            rest: rest(of: report.quiet.count, after: Limit.rows))
        for quiet in report.quiet.prefix(Limit.rows) {
            let entry = quiet.entry
            let isWatched = quiet.isWatched(report.settings)
            table.rows.append([
                text(short(entry.vendor)), [product(entry.key.product)], label(entry.host),
                [.text(name(entry.key.destination))], text(.day(entry.lastSeen.day)), text(.days(quiet.days)),
                [.text(Formats.percent(quiet.watched.share))],
                [.mark(isGood: isWatched, say(isWatched ? .reliable : .unreliable))],
            ])
        }
        let note = Phrase.quietNote(report.settings.quietDays, report.settings.minimumCoverage)
        var blocks: [Document.Block] = [.note(text(note)), .table(table)]
        if !report.quietVendors.isEmpty {
            blocks.insert(.paragraph(text(.quietVendors(joined(report.quietVendors.map(short))))), at: 0)
        }
        return Document.Section(anchor: "quiet", title: title, blocks: blocks)
    }

    func product(_ name: String) -> Run { .text(name.isEmpty ? say(.severalProducts) : name) }
}
