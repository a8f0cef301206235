import Monitoring

/// A file of Zeek's Intelligence Framework: tabs between columns, `-` where nothing is known.
struct ZeekIntel: ExportFormat {
    let title = "the Intelligence Framework of Zeek"
    let comment: String? = "#"
    let usage = [
        "redef Intel::read_files += { \"/path/to/this/file\" };  with  @load frameworks/intel/seen"
    ]
    let keepsCovered = true

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .network: .whole
        case .suffix: .narrower("suffixes, of which Zeek compares only the bare name")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        text.line(
            ["#fields", "indicator", "indicator_type", "meta.source", "meta.desc", "meta.url"].joined(separator: "\t"))
        for entry in list.entries {
            let indicator: (String, String) =
                switch entry.subject {
                case .exact(let name), .suffix(let name): (name, "Intel::DOMAIN")
                case .network(let prefix): ("\(prefix)", "Intel::SUBNET")
                }
            let endpoint = entry.endpoint
            let facts = [
                endpoint.vendor.name, endpoint.product, endpoint.category.rawValue, endpoint.confidence.rawValue,
            ]
            let columns = [
                indicator.0, indicator.1, "seaward-\(endpoint.vendor.id)",
                facts.compactMap { $0 }.joined(separator: ", "),
                endpoint.sources.joined(separator: " "),
            ]
            text.line(columns.joined(separator: "\t"))
        }
    }
}
