/// The hosts file of operating systems (hosts(5)).
struct HostsFile: ExportFormat {
    let title = "a hosts file"
    let comment: String? = "#"
    let usage = [
        "Each name has both unspecified addresses: with only one of them the other family would still be asked for."
    ]
    /// A hosts file knows no suffix that could cover a name.
    let keepsCovered = true

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact: .whole
        case .suffix: .narrower("suffixes, of which only the bare name can stand in a hosts file")
        case .network: .none("networks; use the format nftables or ipset")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        var written: Set<String> = []
        for entry in list.entries {
            guard let name = entry.name, written.insert(name).inserted else { continue }
            text.remark(entry.origin)
            text.line("0.0.0.0 \(name)")
            text.line(":: \(name)")
        }
    }
}
