import Monitoring

/// A map for HAProxy's `map_reg`: a pattern for each name, and the entry as its value.
struct HAProxy: ExportFormat {
    let title = "a map of HAProxy"
    let comment: String? = "#"
    let usage = [
        "tcp-request content reject if { req.ssl_sni,lower,map_reg(/path/to/this/file) -m found }",
        "http-request deny if { hdr(host),host_only,lower,map_reg(/path/to/this/file) -m found }",
        "The value of a name is its entry: vendor/name.",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .suffix: .whole
        case .network: .none("networks; a map of patterns holds names")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        for entry in list.entries {
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name): text.line("^\(pattern(name))$ \(entry.id)")
            case .suffix(let name): text.line("(^|\\.)\(pattern(name))$ \(entry.id)")
            case .network: break
            }
        }
    }

    /// Of the characters of a host name only the dot means something else in a pattern.
    private func pattern(_ name: String) -> String { name.replacing(".", with: "\\.") }
}
