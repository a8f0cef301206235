import Monitoring

/// One self-contained page: no scripts, nothing from elsewhere, readable on a phone, on paper, and by ear.
struct HTMLPage {
    let document: Document

    /// Nothing is loaded, run or sent; the only style is the page's own.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    func text() -> String {
        var page = "<!DOCTYPE html>\n"
        Markup.tag("html", ["lang": document.language.rawValue], [head, .tag("body", body)]).write(to: &page)
        return page + "\n"
    }

    private var head: Markup {
        .tag(
            "head",
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]),
                .tag("meta", ["name": "referrer", "content": "no-referrer"]),
                .tag("meta", ["name": "robots", "content": "noindex"]),
                .tag("title", document.title),
                .style(StyleSheet.text),
            ])
    }

    private var body: [Markup] {
        let head = Markup.tag(
            "header",
            [
                .tag("h1", document.title), .tag("p", ["class": "lead"], document.subtitle),
                .tag("ul", ["class": "facts"], document.facts.map { .tag("li", inline($0)) }),
            ])
        let contents = Markup.tag(
            "nav", ["aria-label": Phrase.contents(document.language)],
            [
                .tag(
                    "ul",
                    document.sections.map { section in
                        .tag("li", [.tag("a", ["href": "#\(section.anchor)"], section.title)])
                    })
            ])
        let sections = document.sections.map { section in
            Markup.tag(
                "section", ["id": section.anchor, "aria-labelledby": "\(section.anchor)-title"],
                [.tag("h2", ["id": "\(section.anchor)-title"], section.title)] + section.blocks.map(block))
        }
        return [head, contents, .tag("main", sections)]
    }

    private func block(_ block: Document.Block) -> Markup {
        switch block {
        case .paragraph(let line): .tag("p", inline(line))
        case .note(let line): .tag("p", ["class": "note"], inline(line))
        case .list(let lines): .tag("ul", lines.map { .tag("li", inline($0)) })
        case .banner(let banner):
            .tag(
                "div", ["class": "banner \(banner.outcome.rawValue)"],
                [.tag("p", ["class": "headline"], banner.title)] + banner.lines.map { .tag("p", inline($0)) })
        case .figures(let figures):
            .tag(
                "dl", ["class": "figures"],
                figures.map { figure in
                    .tag(
                        "div", ["class": figure.isBad ? "figure bad" : "figure"],
                        [.tag("dt", figure.label), .tag("dd", figure.value)])
                })
        case .table(let table): self.table(table)
        case .picture(let picture): Drawing(picture: picture).figure
        case .entry(let entry): self.entry(entry)
        }
    }

    private func table(_ table: Table) -> Markup {
        let head = table.columns.map { column in
            Markup.tag("th", column.isNumber ? ["scope": "col", "class": "n"] : ["scope": "col"], column.title)
        }
        let rows = table.rows.map { row in
            Markup.tag(
                "tr",
                zip(row, table.columns).enumerated().map { place, cell in
                    let (line, column) = cell
                    let content = inline(line)
                    if place == 0 {
                        return .tag("th", column.isNumber ? ["scope": "row", "class": "n"] : ["scope": "row"], content)
                    }
                    return .tag("td", column.isNumber ? ["class": "n"] : [:], content)
                })
        }
        let grid = Markup.tag(
            "table", [.tag("caption", table.caption), .tag("thead", [.tag("tr", head)]), .tag("tbody", rows)])
        let scroller = Markup.tag(
            "div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": table.caption], [grid])
        guard let rest = table.rest else { return scroller }
        return .tag("div", [scroller, .tag("p", ["class": "rest"], rest)])
    }

    private func entry(_ entry: Document.Entry) -> Markup {
        let summary = Markup.tag(
            "summary", [.tag("h3", entry.title)])
        let facts = Markup.tag(
            "dl", ["class": "terms"],
            entry.facts.map { .tag("div", [.tag("dt", $0.term), .tag("dd", inline($0.text))]) })
        let content = [summary, facts] + entry.tables.map(table)
        let kind = "entry \(entry.severity.rawValue)"
        return entry.isOpen
            ? .tag("details", ["class": kind, "id": entry.anchor, "open": ""], content)
            : .tag("details", ["class": kind, "id": entry.anchor], content)
    }

    private func inline(_ line: Inline) -> [Markup] {
        line.map { run in
            switch run {
            case .text(let text): .text(text)
            case .strong(let text): .tag("strong", text)
            case .code(let text): .tag("code", text)
            case .severity(let severity, let word): .tag("span", ["class": "badge \(severity.rawValue)"], word)
            case .mark(let isGood, let word): .tag("span", ["class": isGood ? "mark good" : "mark poor"], word)
            case .link(let text, let address):
                .tag("a", ["href": address.text, "rel": "noreferrer noopener", "title": address.text], text)
            case .jump(let text, let anchor): .tag("a", ["href": "#\(anchor)"], text)
            case .lineBreak: .tag("br")
            }
        }
    }
}
