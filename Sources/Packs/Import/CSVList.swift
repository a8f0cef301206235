import Decoding
import Monitoring

/// A table (RFC 4180) whose first row names its columns. `endpoint` (or `domain`, `host`, `name`, `cidr`) is needed;
/// `match`, `product`, `category`, `confidence`, `ports`, `region`, `shared`, `sources` and `note` are used where they
/// are.
struct CSVList: ImportFormat {
    private static let subjectColumns = ["endpoint", "domain", "host", "name", "cidr", "value"]

    func read(_ text: String, into list: inout ImportList) {
        var reader = CSVReader(text)
        guard let head = reader.next() else { return }
        let columns = head.cells.map { $0[...].trimmed.lowercased() }
        guard let subject = Self.subjectColumns.lazy.compactMap({ columns.firstIndex(of: $0) }).first else {
            let names = Self.subjectColumns.joined(separator: ", ")
            return list.reject(head.line, "the first row names no column of endpoints", hint: "name one of \(names)")
        }
        while let row = reader.next() {
            guard row.isWhole else {
                list.reject(row.line, "a quote that does not end, or text behind one")
                continue
            }
            if row.cells.allSatisfy(\.isEmpty) { continue }
            guard row.cells.count == columns.count else {
                list.reject(row.line, "\(row.cells.count) cells, where the head has \(columns.count)")
                continue
            }
            var cells: [String: String] = [:]
            for (column, cell) in zip(columns, row.cells) where !cell.isEmpty { cells[column] = cell }
            entry(row.cells[subject], cells, row.line, &list)
        }
    }

    private func entry(_ subject: String, _ cells: [String: String], _ line: Int, _ list: inout ImportList) {
        let facts: ImportFacts
        do throws(Objection) {
            facts = try Self.facts(cells)
        } catch {
            return list.reject(line, error.message, hint: error.hint)
        }
        let text = subject[...].trimmed
        let isWild = text.hasPrefix("*.") || text.hasPrefix(".")
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text.hasPrefix(".") ? text.dropFirst() : text
        switch cells["match"] {
        case "network": list.add(network: text, line: line, facts: facts)
        case "suffix": list.add(name: name, isSuffix: true, line: line, facts: facts)
        case "exact" where !isWild: list.add(name: name, isSuffix: false, line: line, facts: facts)
        case nil where AddressPrefix(text) != nil: list.add(network: text, line: line, facts: facts)
        case nil: list.add(name: name, isSuffix: isWild, line: line, facts: facts)
        case let match?: list.reject(line, "\(quoted(text)) with the match \(quoted(match))")
        }
    }

    private static func facts(_ cells: [String: String]) throws(Objection) -> ImportFacts {
        var facts = ImportFacts()
        facts.product = try cells["product"].map(ValueSyntax.line)
        facts.note = try cells["note"].map(ValueSyntax.line)
        if let word = cells["category"] {
            guard let category = Category(rawValue: word) else {
                throw Objection("unknown category \(quoted(word))")
            }
            facts.category = category
        }
        if let word = cells["confidence"] {
            guard let confidence = Confidence(rawValue: word) else {
                throw Objection("unknown confidence \(quoted(word))")
            }
            facts.confidence = confidence
        }
        for port in (cells["ports"] ?? "").split(separator: " ") {
            facts.ports.append(try ValueSyntax.port(String(port)))
        }
        if let region = cells["region"] {
            guard ValueSyntax.isIdentifier(region) else { throw Objection("\(quoted(region)) is no region") }
            facts.region = region
        }
        facts.isShared = try cells["shared"].map(ValueSyntax.truth) ?? false
        for source in (cells["sources"] ?? "").split(separator: " ") {
            facts.sources.append(try ValueSyntax.source(String(source)))
        }
        return facts
    }
}
