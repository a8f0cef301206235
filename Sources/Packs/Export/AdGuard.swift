/// DNS filtering rules of AdGuard Home and AdGuard DNS ("DNS filtering rules syntax").
struct AdGuard: ExportFormat {
    let title = "AdGuard Home and other filters of names that read AdGuard's DNS syntax"
    let comment: String? = "!"
    let usage = [
        "'||name^' is the name and all names below it, '|name^' the name alone. Filters in browsers read '|' otherwise."
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .suffix: .whole
        case .network: .none("networks; use the format nftables or ipset")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        for entry in list.entries {
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name): text.line("|\(name)^")
            case .suffix(let name): text.line("||\(name)^")
            case .network: break
            }
        }
    }
}
