import Monitoring

extension Composer {
    func vendorSection() -> Document.Section {
        let title = say(.byVendor)
        guard !report.vendors.isEmpty else {
            return Document.Section(anchor: "vendors", title: title, blocks: [.paragraph(text(.noFindings))])
        }
        var table = Table(
            caption: title,
            columns: [
                column(.vendor), column(.headquarters), column(.severity), column(.hosts, isNumber: true),
                column(.sent, isNumber: true), column(.sentOverseas, isNumber: true),
                column(.received, isNumber: true), column(.countries), column(.firstSeen), column(.lastSeen),
            ],
            rest: rest(of: report.vendors.count, after: Limit.rows))
        for group in report.vendors.prefix(Limit.rows) {
            let sum = group.sum
            let places = sum.countries.sorted().map { Phrase(name(Destination.Country(text: $0))) }
            table.rows.append([
                text(full(group.value)), [.text(countryName(group.value.headquarters))], [badge(sum.severity)],
                number(sum.hosts.count), bytes(sum.bytesOut), bytes(sum.bytesOutOverseas), bytes(sum.bytesIn),
                places.isEmpty ? text(.noContact) : text(joined(places, limit: 4)), day(sum.firstSeen),
                day(sum.lastSeen),
            ])
        }
        var blocks: [Document.Block] = []
        if let picture = daysPicture { blocks.append(.picture(picture)) }
        return Document.Section(
            anchor: "vendors", title: title, blocks: blocks + [.table(table), .note(text(.vendorNote))])
    }

    /// Bytes by day, the vendors that sent most each for itself.
    private var daysPicture: Picture? {
        let days = report.days
        guard report.total.bytesOut > 0, let peak = days.max(by: { $0.bytesOut < $1.bytesOut }) else { return nil }
        let vendors = report.vendors.filter { $0.sum.bytesOut > 0 }
            .sorted { ($1.sum.bytesOut, $0.id) < ($0.sum.bytesOut, $1.id) }
        let told = vendors.prefix(vendors.count > Limit.series ? Limit.series - 1 : Limit.series)
        var series = told.map { say(short($0.value)) }
        if told.count < vendors.count { series.append(say(.otherVendors)) }
        let step = (days.count + Limit.columns - 1) / Limit.columns
        let columns = stride(from: 0, to: days.count, by: step).map { start -> Picture.Columns.Column in
            let group = days[start..<min(start + step, days.count)]
            let sum = group.reduce(UInt64(0)) { $0 &+ $1.bytesOut }
            var values = told.map { vendor in group.reduce(UInt64(0)) { $0 &+ ($1.byVendor[vendor.id] ?? 0) } }
            if told.count < vendors.count { values.append(sum &- values.reduce(0, &+)) }
            let day = say(.day(group[start].number))
            return Picture.Columns.Column(
                label: say(.shortDay(group[start].number)), values: values.map(Double.init),
                tips: zip(series, values).map { "\(day): \($0) \(Formats.bytes($1))" })
        }
        let top = columns.map { $0.values.reduce(0, +) }.max() ?? 0
        var summary = say(.daysSummary(report.total.bytesOut, peak: .day(peak.number), peak.bytesOut))
        if step > 1 { summary += (language == .english ? " " : "") + say(.columnDays(step)) }
        return Picture(
            title: say(.daysPicture), summary: summary,
            kind: .columns(.init(series: series, columns: columns, marks: Self.marks(upTo: top))))
    }

    /// Round numbers of bytes up to the first that is not below the top.
    static func marks(upTo top: Double) -> [(value: Double, label: String)] {
        var step = 1.0
        let factors = [2.0, 2.5, 2.0]
        var turn = 0
        while step * 4 < top {
            step *= factors[turn % 3]
            turn += 1
        }
        let count = max(1, Int((top / step).rounded(.up)))
        return (0...count).map { (Double($0) * step, Formats.bytes(UInt64(Double($0) * step))) }
    }
}
