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
