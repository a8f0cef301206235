import Decoding

/// Two named sets of nft(8), of one transaction: read again it replaces what was in them.
struct NFTables: ExportFormat {
    let title = "nftables"
    let comment: String? = "#"
    let usage = [
        "nft -f FILE fills the sets seaward_v4 and seaward_v6 of the table 'inet seaward'; a rule of that table uses them:",
        "  nft 'add chain inet seaward forward { type filter hook forward priority filter; }'",
        "  nft 'add rule inet seaward forward ip daddr @seaward_v4 counter reject'",
        "  nft 'add rule inet seaward forward ip6 daddr @seaward_v6 counter reject'",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact, .suffix: .none("names; a packet filter knows addresses only")
        case .network: .whole
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        let networks = list.networks
        text.line("add table inet seaward")
        for (set, type, isV4) in [("seaward_v4", "ipv4_addr", true), ("seaward_v6", "ipv6_addr", false)] {
            text.line("add set inet seaward \(set) { type \(type); flags interval; auto-merge; }")
            text.line("flush set inet seaward \(set)")
            let members = networks.filter { $0.prefix.isIPv4 == isV4 }
            // An empty list of elements is a syntax error.
            guard !members.isEmpty else { continue }
            text.line("add element inet seaward \(set) {")
            for member in members {
                text.remark(member.entry.origin)
                text.line("\(member.prefix),")
            }
            text.line("}")
        }
    }
}
