/// What `ipset restore` reads (ipset(8)).
struct IPSet: ExportFormat {
    /// The default of hash:net; a larger list asks for as many as it has.
    static let defaultMaximum = 65_536

    let title = "ipset"
    let comment: String? = "#"
    let usage = [
        "ipset -exist restore <FILE fills the sets seaward-v4 and seaward-v6; what was in them goes.",
        "  iptables  -A FORWARD -m set --match-set seaward-v4 dst -j REJECT",
        "  ip6tables -A FORWARD -m set --match-set seaward-v6 dst -j REJECT",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach { NFTables().reach(of: subject) }

    func write(_ list: ExportList, to text: inout ExportText) {
        let networks = list.networks
        for (set, family, isV4) in [("seaward-v4", "inet", true), ("seaward-v6", "inet6", false)] {
            let members = networks.filter { $0.prefix.isIPv4 == isV4 }
            let maximum = max(Self.defaultMaximum, members.count)
            text.line("create \(set) hash:net family \(family) maxelem \(maximum)")
            text.line("flush \(set)")
            for member in members {
                text.remark(member.entry.origin)
                text.line("add \(set) \(member.prefix)")
            }
        }
    }
}
