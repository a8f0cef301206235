import Decoding
import Monitoring

/// A table as RFC 4180 has it, one entry a row, with everything that the packs say.
struct CSVTable: ExportFormat {
    /// The head. `seaward rules import --from csv` finds columns by these words.
    static let columns = [
        "vendor", "vendor_name", "headquarters", "endpoint", "match", "product", "category", "confidence", "ports",
        "region", "shared", "sources", "note", "version",
    ]

    let title = "a table"
    let comment: String? = nil
    let keepsCovered = true

    func reach(of subject: ExportEntry.Subject) -> Reach { .whole }

    func write(_ list: ExportList, to text: inout ExportText) {
        text.line(CSV.row(Self.columns))
        for entry in list.entries {
            let endpoint = entry.endpoint
            let vendor = endpoint.vendor
            let (value, match) = entry.columns
            let cells = [
                vendor.id, vendor.name, vendor.headquarters, value, match, endpoint.product ?? "",
                endpoint.category.rawValue, endpoint.confidence.rawValue,
                endpoint.ports.map { "\($0)" }.joined(separator: " "), endpoint.region ?? "",
                endpoint.isShared ? "true" : "",
                endpoint.sources.joined(separator: " "), endpoint.note ?? "", vendor.version,
            ]
            text.line(CSV.row(cells))
        }
    }
}

/// Rows of tables as RFC 4180 has them.
package enum CSV {
    /// One row with its carriage return, without the line feed.
    package static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r" }

    /// One cell. Spreadsheets take what begins with one of `=+-@`, a tab or a carriage return for a formula, and run it:
    /// an apostrophe in front makes it text.
    static func cell(_ text: String) -> String {
        let guarded = isFormula(text) ? "'" + text : text
        let needsQuotes = guarded.utf8.contains { ",\"\r\n".utf8.contains($0) } || guarded.hasPrefix(" ")
        return needsQuotes ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
    }

    /// Whether a spreadsheet would run it.
    static func isFormula(_ text: String) -> Bool {
        text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    }
}

extension ExportEntry {
    /// The subject as text, and the word for how it matches.
    var columns: (value: String, match: String) {
        switch subject {
        case .exact(let name): (name, "exact")
        case .suffix(let name): (name, "suffix")
        case .network(let prefix): ("\(prefix)", "network")
        }
    }
}
