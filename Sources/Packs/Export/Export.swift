package import Monitoring

/// Which entries of the packs are written, and from which packs.
package struct Export: Sendable {
    /// Where entries are to be enforced, or read. The raw value is the word on the command line.
    package enum Target: String, CaseIterable, Sendable {
        case rpz, dnsmasq, unbound, hosts, adguard, nftables, ipset, suricata
        case zeekIntel = "zeek-intel"
        case squid, haproxy, csv, json
    }

    /// What was written, and what was not.
    package struct Result: Sendable {
        /// The file. The same packs and the same selection give the same bytes.
        package let text: String
        /// How many entries were selected, how many are in the text, and one line for each loss and each gain.
        package let remarks: [String]
    }

    /// Every pack, chosen or not.
    let all: [Pack]
    /// Those that are written, by vendor.
    let packs: [Pack]
    let entries: [ExportEntry]
    /// What was asked for, in words.
    let criteria: String
    private let marks: Int
    /// Networks that others share, where they are not wanted.
    private let shared: [ExportEntry]

    /// - Parameters:
    ///   - packs: in any order; they are written by vendor.
    ///   - vendors: identifiers; all where empty.
    ///   - categories: all where empty.
    ///   - confidence: this or better.
    ///   - includesShared: also networks that many tenants of a cloud share.
    package init(
        of packs: [Pack], vendors: Set<String> = [], categories: Set<Category> = [], confidence: Confidence = .low,
        includesShared: Bool = false
    ) {
        var entries: [ExportEntry] = []
        var marks = 0
        var shared: [ExportEntry] = []
        let chosen = packs.filter { vendors.isEmpty || vendors.contains($0.vendor.id) }
            .sorted { $0.vendor.id < $1.vendor.id }
        for endpoint in chosen.flatMap({ $0.endpoints.sorted() }) {
            guard categories.isEmpty || categories.contains(endpoint.category), endpoint.confidence >= confidence else {
                continue
            }
            guard let entry = ExportEntry(endpoint) else {
                marks += 1
                continue
            }
            if case .network = entry.subject, endpoint.isShared, !includesShared {
                shared.append(entry)
                continue
            }
            entries.append(entry)
        }
        all = packs
        self.packs = chosen
        self.entries = entries
        self.marks = marks
        self.shared = shared
        var criteria = vendors.isEmpty ? ["all vendors"] : ["vendor " + vendors.sorted().joined(separator: " or ")]
        if !categories.isEmpty {
            let words = Category.allCases.filter(categories.contains).map(\.rawValue)
            criteria.append("category " + words.joined(separator: " or "))
        }
        criteria.append(confidence == .low ? "any confidence" : "confidence \(confidence.rawValue) or better")
        self.criteria = criteria.joined(separator: ", ")
    }

    /// Nothing was selected.
    package var isEmpty: Bool { entries.isEmpty }

    package func text(for target: Target) -> Result {
        let format = target.format
        var account = ExportAccount(format: format)
        // Where the format has no networks at all, that is why they are not there.
        let spared = shared.filter { format.reach(of: $0.subject) == .whole }
        let kept = account.kept(of: spared.isEmpty ? entries + shared : entries)
        var remarks = ["\(kept.count) of \(entries.count + marks + shared.count) entries written"]
        remarks += account.remarks
        if !spared.isEmpty {
            remarks.append(
                "\(spared.count) left out: networks on a cloud that others share; --include-shared writes them")
        }
        if marks > 0 {
            remarks.append(
                "\(marks) left out: marks of certificates, programs and devices, which only Seaward looks for")
        }
        var text = ExportText(comment: format.comment)
        if format.comment != nil {
            text.remark("Seaward packs for \(format.title).")
            text.remark("Packs: " + packs.map { "\($0.vendor.id) \($0.vendor.version)" }.joined(separator: ", "))
            text.remark("Selected: \(criteria)")
            for remark in remarks { text.remark(remark) }
            for line in format.usage { text.remark(line) }
        }
        format.write(ExportList(export: self, entries: kept), to: &text)
        return Result(text: text.text, remarks: remarks)
    }
}

extension Export.Target {
    var format: any ExportFormat {
        switch self {
        case .rpz: ResponsePolicyZone()
        case .dnsmasq: Dnsmasq()
        case .unbound: Unbound()
        case .hosts: HostsFile()
        case .adguard: AdGuard()
        case .nftables: NFTables()
        case .ipset: IPSet()
        case .suricata: Suricata()
        case .zeekIntel: ZeekIntel()
        case .squid: Squid()
        case .haproxy: HAProxy()
        case .csv: CSVTable()
        case .json: JSONDocument()
        }
    }
}
