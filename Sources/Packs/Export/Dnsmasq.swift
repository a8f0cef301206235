/// The configuration file of dnsmasq (man page, `--address`).
struct Dnsmasq: ExportFormat {
    let title = "dnsmasq"
    let comment: String? = "#"
    let usage = ["Put it into /etc/dnsmasq.d/ or name it with conf-file=. Blocked names are answered with NXDOMAIN."]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact: .wider("exact names, for dnsmasq blocks every name below one as well")
        case .suffix: .whole
        case .network: .none("networks; use the format nftables or ipset")
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        for entry in list.entries {
            guard let name = entry.name else { continue }
            text.remark(entry.origin)
            text.line("address=/\(name)/")
        }
    }
}
