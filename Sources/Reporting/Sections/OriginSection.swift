import Ledger
import Monitoring

extension Composer {
    func originSection() -> Document.Section {
        let origin = Origin(report)
        var lines: [Inline] = [text(.originProgram(report.settings.program))]
        if !origin.programs.isEmpty { lines.append(text(.originRecorder(origin.programs.joined(separator: ", ")))) }
        lines += origin.digests.map { text(.originPacks($0)) }
        lines +=
            origin.geographies.isEmpty
            ? [text(.noGeography)] : origin.geographies.map { text(.originGeography($0)) }
        lines += [text(.utc), text(.reproducible), text(.disclaimer)]
        var blocks: [Document.Block] = [.list(lines), .table(severityTable)]
        blocks.append(report.recordings.isEmpty ? .paragraph(text(.noRecordings)) : .table(recordingTable))
        if !report.alerts.isEmpty { blocks.append(.table(alertTable)) }
        if !origin.packs.isEmpty { blocks.append(.table(packTable(origin))) }
        return Document.Section(anchor: "origin", title: say(.origin), blocks: blocks)
    }

    private var severityTable: Table {
        var table = Table(caption: say(.severityTable), columns: [column(.severity), column(.meaningColumn)])
        table.rows = Severity.allCases.reversed().map { [[badge($0)], text(.meaning($0))] }
        return table
    }

    private var recordingTable: Table {
        var table = Table(
            caption: say(.recordingTable),
            columns: [column(.recording), column(.kind), column(.from), column(.to), column(.identifier)],
            rest: rest(of: report.recordings.count, after: Limit.rows))
        for recording in report.recordings.prefix(Limit.rows) {
            table.rows.append([
                [.code(recording.name)], text(.word(recording.kind)),
                recording.firstPacket.map { text(.minute($0)) } ?? [],
                recording.lastPacket.map { text(.minute($0)) } ?? [], [.code(recording.id)],
            ])
        }
        return table
    }

    private var alertTable: Table {
        var table = Table(
            caption: say(.alertTable), columns: [column(.action), column(.severity), column(.count, isNumber: true)])
        table.rows = report.alerts.prefix(Limit.rows).map {
            [text(.word(action: $0.action)), [badge($0.severity)], number($0.count)]
        }
        return table
    }

    private func packTable(_ origin: Origin) -> Table {
        var table = Table(
            caption: say(.packTable), columns: [column(.packs), column(.version)],
            rest: rest(of: origin.packs.count, after: Limit.rows))
        table.rows = origin.packs.prefix(Limit.rows).map { pack in
            [[.code(pack.id)], [.text(pack.versions.joined(separator: ", "))]]
        }
        return table
    }
}
