import Decoding

/// Keeps count of what a format cannot say.
struct ExportAccount {
    private let format: any ExportFormat
    private var counts: [Reach: Int] = [:]
    private var order: [Reach] = []
    private var covered = 0

    init(format: any ExportFormat) { self.format = format }

    /// The entries that are to be written.
    mutating func kept(of entries: [ExportEntry]) -> [ExportEntry] {
        let cover = Cover(format.keepsCovered ? [] : entries.filter { format.reach(of: $0.subject).isNotNarrowed })
        var seen: Set<ExportEntry.Subject> = []
        return entries.filter { entry in
            let reach = format.reach(of: entry.subject)
            if !format.keepsCovered, cover.holds(entry.subject) || !seen.insert(entry.subject).inserted {
                if case .none = reach {
                } else {
                    covered += 1
                    return false
                }
            }
            if reach != .whole {
                if counts[reach] == nil { order.append(reach) }
                counts[reach, default: 0] += 1
            }
            if case .none = reach { return false }
            return true
        }
    }

    var remarks: [String] {
        var lines: [String] = []
        for reach in order {
            let count = counts[reach] ?? 0
            switch reach {
            case .whole: break
            case .none(let what): lines.append("\(count) left out: \(what)")
            case .narrower(let what): lines.append("\(count) match less than the packs say: \(what)")
            case .wider(let what): lines.append("\(count) match more than the packs say: \(what)")
            }
        }
        if covered > 0 { lines.append("\(covered) not repeated: another entry of the list covers them") }
        return lines
    }
}

extension Reach {
    fileprivate var isNotNarrowed: Bool {
        switch self {
        case .whole, .wider: true
        case .narrower, .none: false
        }
    }
}

/// The suffixes and networks of a list, and what lies within them.
private struct Cover {
    private var suffixes: Set<Substring> = []
    private var networks: Set<AddressPrefix> = []
    private var lengths: Set<Int> = []

    init(_ entries: [ExportEntry]) {
        for entry in entries {
            switch entry.subject {
            case .exact: break
            case .suffix(let name): suffixes.insert(name[...])
            case .network(let prefix):
                networks.insert(prefix)
                lengths.insert(prefix.length)
            }
        }
    }

    /// Whether a wider entry holds for all of it.
    func holds(_ subject: ExportEntry.Subject) -> Bool {
        switch subject {
        case .exact(let name): return suffixes.contains(name[...]) || holdsParent(of: name)
        case .suffix(let name): return holdsParent(of: name)
        case .network(let prefix):
            return lengths.contains {
                $0 < prefix.length && networks.contains(AddressPrefix(prefix.address, length: $0))
            }
        }
    }

    private func holdsParent(of name: String) -> Bool {
        var rest = name[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if suffixes.contains(rest) { return true }
        }
        return false
    }
}
