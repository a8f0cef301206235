import Decoding
import Monitoring

/// Rules of Suricata 7 and later: for a name its look-up, TLS, QUIC and HTTP; for a network any packet.
struct Suricata: ExportFormat {
    let title = "Suricata 7"
    let comment: String? = "#"
    let usage = [
        "Rule numbers (sid) are from 1000000000 to 2073741823: eight for each entry, derived from its identifier, so",
        "that an entry keeps its numbers whatever else is exported. The revision is the date of the pack.",
    ]
    /// A rule tells which entry it stands for; the one for a narrower name says more.
    let keepsCovered = true

    func reach(of subject: ExportEntry.Subject) -> Reach { .whole }

    func write(_ list: ExportList, to text: inout ExportText) {
        let numbers = RuleNumbers(list.export.all.flatMap(\.endpoints))
        for entry in list.entries {
            guard let first = numbers.first(of: entry.id) else { continue }
            text.remark(entry.origin)
            switch entry.subject {
            case .exact(let name):
                names(entry, first, "content:\"\(name)\"; startswith; endswith;", &text)
            case .suffix(let name):
                names(entry, first, "dotprefix; content:\".\(name)\"; endswith;", &text)
            case .network(let prefix):
                let limit = "threshold:type limit, track by_src, count 1, seconds 3600;"
                text.line(
                    "alert ip any any -> \(prefix) any (msg:\"\(message(entry, "contacted"))\"; \(limit) \(tail(entry, first + 4)))"
                )
            }
        }
    }

    private func names(_ entry: ExportEntry, _ first: Int, _ match: String, _ text: inout ExportText) {
        // http.host refuses nocase, as it should be in lower case; 7.0.10 leaves 'WWW.Example.com:80' as it came.
        let rules = [
            ("dns", "dns.query;", "\(match) nocase;", "looked up"),
            ("tls", "tls.sni;", "\(match) nocase;", "contacted over TLS"),
            ("quic", "quic.sni;", "\(match) nocase;", "contacted over QUIC"),
            ("http", "http.host; to_lowercase;", match, "contacted over HTTP"),
        ]
        for (offset, (application, buffer, match, verb)) in rules.enumerated() {
            text.line(
                "alert \(application) any any -> any any (msg:\"\(message(entry, verb))\"; \(buffer) \(match) \(tail(entry, first + offset)))"
            )
        }
    }

    private func message(_ entry: ExportEntry, _ verb: String) -> String {
        let endpoint = entry.endpoint
        let text = "Seaward \(endpoint.vendor.name) \(endpoint.category.rawValue) \(verb) \(endpoint.subject)"
        return String(
            text.unicodeScalars.filter { $0.isASCII && !"\";\\".unicodeScalars.contains($0) }.map(Character.init))
    }

    private func tail(_ entry: ExportEntry, _ number: Int) -> String {
        let endpoint = entry.endpoint
        var options = ["classtype:policy-violation;"]
        for source in endpoint.sources {
            if let place = Self.reference(source) { options.append("reference:url,\(place);") }
        }
        let metadata = [
            "vendor \(endpoint.vendor.id)", "category \(endpoint.category.rawValue)",
            "confidence \(endpoint.confidence.rawValue)",
        ]
        options.append("metadata:\(metadata.joined(separator: ", "));")
        let revision = Int(endpoint.vendor.version.filter { $0 != "-" }) ?? 1
        options.append("sid:\(number); rev:\(revision);")
        return options.joined(separator: " ")
    }

    /// The address without its scheme, where it has no character that would end or cut the option; the comment above
    /// the rule has it in any case.
    static func reference(_ source: String) -> String? {
        guard let scheme = source.firstRange(of: "://") else { return nil }
        let place = source[scheme.upperBound...]
        let isPlain = place.utf8.allSatisfy { byte in
            byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "-_./?=".utf8.contains(byte)
        }
        return isPlain ? String(place) : nil
    }
}

/// Eight rule numbers for each entry, by its identifier.
///
/// The place is a hash of the identifier; the second of two entries with the same hash takes the next free place. All
/// entries of all packs in use take part, in the order of their identifiers, whichever of them are written.
struct RuleNumbers {
    /// Below 2^31, which some readers of alerts cannot hold, and far from the numbers that others have reserved.
    static let range = 1_000_000_000..<1_000_000_000 + 8 * places
    private static let places = 1 << 27

    private var placeOfEntry: [String: Int] = [:]

    init(_ endpoints: [Endpoint]) {
        var taken: Set<Int> = []
        for id in endpoints.map(\.id).sorted() where placeOfEntry[id] == nil {
            var place = Self.hash(id)
            while !taken.insert(place).inserted { place = (place + 1) % Self.places }
            placeOfEntry[id] = place
        }
    }

    func first(of id: String) -> Int? { placeOfEntry[id].map { Self.range.lowerBound + 8 * $0 } }

    /// FNV-1a of 64 bits, folded.
    private static func hash(_ id: String) -> Int {
        let hash = id.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return Int((hash ^ hash >> 32) & UInt64(places - 1))
    }
}
