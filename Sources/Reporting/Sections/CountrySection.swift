import Monitoring

extension Composer {
    func countrySection() -> Document.Section {
        let title = say(.byCountry)
        let groups = report.countries.sorted { ($1.sum.bytesOut, $0.id) < ($0.sum.bytesOut, $1.id) }
        guard !groups.isEmpty else {
            return Document.Section(anchor: "countries", title: title, blocks: [.paragraph(text(.noContacts))])
        }
        let home = report.settings.homeCountries
        var table = Table(
            caption: title,
            columns: [
                column(.country), column(.placeKind), column(.severity), column(.hosts, isNumber: true),
                column(.vendors), column(.flows, isNumber: true), column(.sent, isNumber: true),
                column(.received, isNumber: true), column(.lastSeen),
            ],
            rest: rest(of: groups.count, after: Limit.rows))
        let vendors = Dictionary(uniqueKeysWithValues: report.vendors.map { ($0.id, $0.value) })
        for group in groups.prefix(Limit.rows) {
            let names = group.sum.vendors.compactMap { vendors[$0] }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
            let kind: Phrase = group.value == .unknown ? .unknown : home.contains(group.id) ? .home : .overseas
            table.rows.append([
                [.text(name(group.value))], text(kind), [badge(group.sum.severity)], number(group.sum.hosts.count),
                text(joined(names.map(short), limit: 5)), number(group.sum.flows), bytes(group.sum.bytesOut),
                bytes(group.sum.bytesIn), day(group.sum.lastSeen),
            ])
        }
        let bars = groups.prefix(Limit.bars).map { group in
            Picture.Bar(
                label: name(group.value), value: Double(group.sum.bytesOut), text: Formats.bytes(group.sum.bytesOut),
                isHome: home.contains(group.id))
        }
        let picture = Picture(title: say(.countryPicture), summary: say(.countrySummary), kind: .bars(bars))
        var note = say(.countryNote)
        if !home.isEmpty { note += (language == .english ? " " : "") + say(.homeNote(homeText)) }
        return Document.Section(
            anchor: "countries", title: title, blocks: [.picture(picture), .table(table), .note([.text(note)])])
    }
}
