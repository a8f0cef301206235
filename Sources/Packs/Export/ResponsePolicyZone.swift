import Decoding

/// Response policy zones: draft-vixie-dnsop-dns-rpz-00, as BIND, Unbound, Knot Resolver and PowerDNS read them.
struct ResponsePolicyZone: ExportFormat {
    /// An owner name is the blocked name within the zone's own (RFC 1035: 253 together); this leaves 33 to the zone.
    static let longestName = 220

    let title = "a response policy zone (RPZ) of BIND, Unbound, Knot Resolver or PowerDNS"
    let comment: String? = ";"
    let usage = [
        "All names are relative: load it under any zone name. 'CNAME .' answers NXDOMAIN.",
        "A network acts on every answer that contains one of its addresses (trigger rpz-ip).",
        "BIND: zone \"rpz.local\" { type primary; file \"…\"; allow-query { none; }; };",
        "      and in options: response-policy { zone \"rpz.local\"; };",
    ]

    func reach(of subject: ExportEntry.Subject) -> Reach {
        switch subject {
        case .exact(let name), .suffix(let name):
            name.utf8.count <= Self.longestName ? .whole : .none("names too long to stand within a zone's name")
        case .network: .whole
        }
    }

    func write(_ list: ExportList, to text: inout ExportText) {
        text.line("$TTL 300")
        text.line("@ IN SOA localhost. hostmaster.localhost. (\(list.revision) 3600 600 86400 300)")
        text.line("@ IN NS localhost.")
        for entry in list.entries {
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name): text.line("\(name) CNAME .")
            case .suffix(let name):
                text.line("\(name) CNAME .")
                text.line("*.\(name) CNAME .")
            case .network(let prefix): text.line("\(Self.trigger(prefix)) CNAME .")
            }
        }
    }

    /// Section 4.3 of the draft: prefix length, then the address backwards, `zz` for the `::` of RFC 5952.
    static func trigger(_ prefix: AddressPrefix) -> String {
        let parts = prefix.description.split(separator: "/")
        let address = parts[0]
        let labels: [Substring]
        if prefix.address.isIPv4, prefix.length >= 96 {
            labels = address.split(separator: ".").reversed()
        } else {
            labels = address.replacing("::", with: ":zz:").split(separator: ":").reversed().map { $0[...] }
        }
        return ([parts[1]] + labels).joined(separator: ".") + ".rpz-ip"
    }
}
