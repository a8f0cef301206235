import Monitoring

/// The document as Markdown, for mail, tickets and wikis. Pictures are left out: the tables say the same.
struct MarkdownPage {
    let document: Document

    func text() -> String {
        var page: MarkdownText = "# \(document.title)\n\n\(document.subtitle)\n\n"
        for fact in document.facts { page.append("- \(inline(fact))\n") }
        for section in document.sections {
            page.append("\n## \(section.title)\n")
            for block in section.blocks { write(block, to: &page) }
        }
        return page.text
    }

    private func write(_ block: Document.Block, to page: inout MarkdownText) {
        switch block {
        case .paragraph(let line), .note(let line): page.append("\n\(inline(line))\n")
        case .list(let lines): list(lines, to: &page)
        case .banner(let banner):
            page.append("\n**\(banner.title)**\n")
            list(banner.lines, to: &page)
        case .figures(let figures): list(figures.map { [.strong($0.value), .text(" "), .text($0.label)] }, to: &page)
        case .table(let table): write(table, to: &page)
        case .picture: break
        case .entry(let entry):
            page.append("\n### \(entry.title)\n")
            let colon = document.language == .english ? ": " : "："
            list(entry.facts.map { [.strong($0.term), .text(colon)] + $0.text }, to: &page)
            for table in entry.tables { write(table, to: &page) }
        }
    }

    private func list(_ lines: [Inline], to page: inout MarkdownText) {
        guard !lines.isEmpty else { return }
        page.append("\n")
        for line in lines { page.append("- \(inline(line))\n") }
    }

    private func write(_ table: Table, to page: inout MarkdownText) {
        page.append("\n**\(table.caption)**\n\n|")
        for column in table.columns { page.append(" \(column.title) |") }
        page.append("\n|")
        for column in table.columns { page.append(column.isNumber ? " ---: |" : " --- |") }
        page.append("\n")
        for row in table.rows {
            page.append("|")
            for cell in row { page.append(" \(inline(cell)) |") }
            page.append("\n")
        }
        if let rest = table.rest { page.append("\n\(rest)\n") }
    }

    private func inline(_ line: Inline) -> MarkdownText {
        var text: MarkdownText = ""
        for run in line {
            switch run {
            case .text(let words), .mark(_, let words), .jump(let words, _): text.append("\(words)")
            case .strong(let words): text.append("**\(words)**")
            case .severity(_, let word): text.append("**\(word)**")
            case .code(let value): text.append(.code(value))
            case .link(let words, let address): text.append(.link(words, to: address))
            case .lineBreak: text.append("<br>")
            }
        }
        return text
    }
}
