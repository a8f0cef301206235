/// A list for Squid's `acl … dstdomain`: `.name` is the name and all below it.
///
/// Squid complains of a list in which one entry lies within another; covered names are not repeated.
struct Squid: ExportFormat {
    let title = "Squid"
    let comment: String? = "#"
    let usage = [
        "acl seaward dstdomain \"/path/to/this/file\"",
        "http_access deny seaward",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .suffix: .whole
        case .network: .none("networks; a list for dstdomain holds names")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        for entry in list.entries {
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name): text.line(name)
            case .suffix(let name): text.line(".\(name)")
            case .network: break
            }
        }
    }
}
