import Monitoring

/// Local zones of unbound.conf(5).
///
/// The nearest local zone answers: an exact name within a blocked suffix would open what is below it. The list has none,
/// since covered names are not repeated.
struct Unbound: ExportFormat {
    let title = "Unbound"
    let comment: String? = "#"
    let usage = [
        "Name it with include: in unbound.conf. A suffix is answered with NXDOMAIN, an exact name without any address",
        "(NODATA; its TXT record says why), and the names below an exact name are resolved as ever.",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .suffix: .whole
        case .network: .none("networks; use the format rpz, nftables or ipset")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        text.line("server:")
        for entry in list.entries {
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name):
                text.line("local-zone: \"\(name).\" transparent")
                text.line("local-data: '\(name). TXT \"blocked: \(entry.endpoint.vendor.id)\"'")
            case .suffix(let name): text.line("local-zone: \"\(name).\" always_nxdomain")
            case .network: break
            }
        }
    }
}
