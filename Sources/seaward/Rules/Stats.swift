import ArgumentParser
import Monitoring
import Packs

extension Rules {
    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Counts the entries of all packs by vendor, kind, category and confidence.")

        enum Format: String, CaseIterable, ExpressibleByArgument { case table, markdown }

        @OptionGroup var packs: PackOptions

        @Option(help: "How to print the counts. Markdown is what Rules/README.md holds.")
        var format = Format.table

        func run() throws {
            let packs = try packs.load().packs
            let vendors = byVendor(packs)
            let categories = byCategory(packs)
            switch format {
            case .table:
                for (number, rows) in [vendors, categories].enumerated() {
                    if number > 0 { print() }
                    var table = TextTable(rows[0].map { $0.uppercased() })
                    for row in rows.dropFirst() { table.add(row) }
                    try table.print()
                }
            case .markdown:
                for (number, rows) in [vendors, categories].enumerated() {
                    if number > 0 { print() }
                    markdown(rows)
                }
            }
        }

        /// The head, a row a vendor, and their sum.
        private func byVendor(_ packs: [Pack]) -> [[String]] {
            func row(_ name: String, _ packs: [Pack]) -> [String] {
                let entries = packs.flatMap(\.endpoints)
                let kinds = Endpoint.Subject.Kind.allCases.map { kind in packs.reduce(0) { $0 + $1.count(kind) } }
                let levels = Confidence.allCases.reversed().map { level in
                    entries.count { $0.confidence == level }
                }
                return [name] + ([entries.count] + kinds + levels).map { "\($0)" }
            }
            let head =
                ["vendor", "entries", "names", "networks", "certificates", "user agents", "MAC prefixes"]
                + Confidence.allCases.reversed().map(\.rawValue)
            return [head] + packs.map { row($0.vendor.id, [$0]) } + [row("all", packs)]
        }

        /// The head, a row a category, and their sum.
        private func byCategory(_ packs: [Pack]) -> [[String]] {
            let entries = packs.flatMap(\.endpoints)
            func row(_ name: String, _ entries: [Endpoint]) -> [String] {
                let levels = Confidence.allCases.reversed().map { level in entries.count { $0.confidence == level } }
                return [name] + ([entries.count, Set(entries.map(\.vendor.id)).count] + levels).map { "\($0)" }
            }
            let head = ["category", "entries", "vendors"] + Confidence.allCases.reversed().map(\.rawValue)
            let rows = Monitoring.Category.allCases.map { category in
                row(category.rawValue, entries.filter { $0.category == category })
            }
            return [head] + rows + [row("all", entries)]
        }

        private func markdown(_ rows: [[String]]) {
            for (number, row) in rows.enumerated() {
                print("| " + row.joined(separator: " | ") + " |")
                if number == 0 { print("| --- |" + String(repeating: " ---: |", count: row.count - 1)) }
            }
        }
    }
}
