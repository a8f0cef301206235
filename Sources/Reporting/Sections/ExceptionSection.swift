import Ledger
import Monitoring

extension Composer {
    func exceptionSection() -> Document.Section {
        let title = say(.exceptions)
        guard !report.excepted.isEmpty else {
            return Document.Section(anchor: "exceptions", title: title, blocks: [.paragraph(text(.noExceptions))])
        }
        var table = Table(
            caption: title,
            columns: [
                column(.host), column(.vendor), column(.product), column(.country), column(.severity),
                column(.sent, isNumber: true), column(.reason), column(.approvedBy), column(.until), column(.lastSeen),
            ],
            rest: rest(of: report.excepted.count, after: Limit.rows))
        for entry in report.excepted.prefix(Limit.rows) {
            table.rows.append([
                label(entry.host), text(short(entry.vendor)), [product(entry.key.product)],
                [.text(name(entry.key.destination))], [badge(entry.severity)], bytes(entry.tally.bytesOut),
                [.text(entry.exception?.reason ?? "")],
                [.text(entry.exception?.approvedBy ?? say(.unknown))],
                [.text(entry.exception?.until ?? say(.unlimited))], day(entry.lastSeen),
            ])
        }
        return Document.Section(
            anchor: "exceptions", title: title, blocks: [.note(text(.exceptionNote)), .table(table)])
    }
}
