import Monitoring

extension Composer {
    func coverageSection() -> Document.Section {
        var blocks: [Document.Block] = [
            .paragraph(text(.coverageVerdict(report.verdict.isSufficient))), .table(verdictTable),
        ]
        if report.coverage.total.packets > 0 {
            blocks += [.picture(coveragePicture), .table(coverageTable)]
            if report.coverage.total.namelessFlows > 0 { blocks += [.table(blankTable), .note(text(.blankNote))] }
        }
        return Document.Section(anchor: "coverage", title: say(.coverage), blocks: blocks)
    }

    private var verdictTable: Table {
        var table = Table(
            caption: say(.verdictTable),
            columns: [
                column(.item), column(.measured, isNumber: true), column(.allowed, isNumber: true), column(.result),
            ])
        for check in report.verdict.checks {
            table.rows.append([
                text(.name(check.spot)), text(.measured(check)), text(.allowed(check)),
                [.mark(isGood: check.isPassed, say(check.isPassed ? .sufficient : .insufficient))],
            ])
        }
        return table
    }

    private var coveragePicture: Picture {
        let days = report.coverage.days
        let level = report.settings.minimumCoverage
        let step = (days.count + Limit.columns - 1) / Limit.columns
        let columns = stride(from: 0, to: days.count, by: step).map { start -> Picture.Columns.Column in
            let group = days[start..<min(start + step, days.count)]
            let watched = group.reduce(into: CoverageAccount.Watched(seconds: 0, ofSeconds: 0)) {
                $0.seconds += $1.watched.seconds
                $0.ofSeconds += $1.watched.ofSeconds
            }
            let isLow = watched.ofSeconds > 0 && watched.share < level
            return .init(
                label: say(.shortDay(days[start].number)), values: [watched.share],
                tips: ["\(say(.day(days[start].number))): \(Formats.percent(watched.share))"], isLow: isLow)
        }
        let low = days.filter { $0.watched.ofSeconds > 0 && $0.watched.share < level }.count
        var summary = say(.coverageSummary(low: low, of: days.count))
        if step > 1 { summary += (language == .english ? " " : "") + say(.columnDays(step)) }
        return Picture(
            title: say(.coveragePicture), summary: summary,
            kind: .columns(
                .init(
                    series: [], columns: columns, marks: [(0, "0%"), (0.5, "50%"), (1, "100%")],
                    line: (level, say(.level(level))))))
    }

    private var coverageTable: Table {
        let days = report.coverage.days
        let told = days.suffix(Limit.rows)
        var table = Table(
            caption: say(.coverageDays),
            columns: [
                column(.day), column(.watched, isNumber: true), column(.packets, isNumber: true),
                column(.dropped, isNumber: true), column(.gaps, isNumber: true), column(.flows, isNumber: true),
                column(.named, isNumber: true), column(.result),
            ],
            rest: told.count < days.count ? say(.coverageDaysRest(days.count - told.count)) : nil)
        for day in told {
            let isGood = day.watched.ofSeconds == 0 || day.watched.share >= report.settings.minimumCoverage
            let named = day.sum.flows == 0 ? "–" : Formats.percent(Double(day.sum.namedFlows) / Double(day.sum.flows))
            table.rows.append([
                text(.day(day.number)), [.text(Formats.percent(day.watched.share))], number(day.sum.packets),
                number(day.sum.kernelDrops &+ day.sum.interfaceDrops), number(day.sum.sequenceGaps),
                number(day.sum.flows), [.text(named)],
                [.mark(isGood: isGood, say(isGood ? .sufficient : .insufficient))],
            ])
        }
        return table
    }

    private var blankTable: Table {
        let sum = report.coverage.total
        var table = Table(
            caption: say(.blankTable),
            columns: [column(.why), column(.flows, isNumber: true), column(.share, isNumber: true)])
        let reasons = zip(Coverage.Blank.allCases, sum.nameless).filter { $0.1 > 0 }
            .enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element)
        for (reason, flows) in reasons {
            table.rows.append([
                text(.word(reason)), number(flows),
                [.text(Formats.percent(sum.flows == 0 ? 0 : Double(flows) / Double(sum.flows)))],
            ])
        }
        return table
    }
}
