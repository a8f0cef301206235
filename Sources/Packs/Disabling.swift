package import Monitoring
import Yams

/// A line of `disable`: an entry of an earlier file that is not to be used, and why.
package struct Disabling: Sendable {
    /// `fortinet/update.fortiguard.net`, as `seaward rules list` and alerts show it.
    package let id: String
    package let reason: String
    package let file: String
    package let line: Int

    private static let keys = Keys(required: ["id", "reason"], optional: [])

    /// What a file disables; nothing where it has no such key.
    static func read(from head: Section, file: String, problems: inout ProblemList) -> [Disabling] {
        (head.entries("disable", problems: &problems) ?? .init([])).compactMap { node in
            guard let section = Section(node, called: "the entry", keys: keys, problems: &problems) else { return nil }
            let id = section.text("id", problems: &problems)
            let reason = section.text("reason", problems: &problems)
            guard let id, let reason else { return nil }
            return Disabling(id: id, reason: reason, file: file, line: section.line)
        }
    }
}

/// An entry that a later file has disabled.
package struct DisabledEntry: Sendable {
    package let endpoint: Endpoint
    package let disabling: Disabling
}

extension PackSet {
    /// The packs without the entries that files behind theirs disable.
    ///
    /// A line that disables nothing is a warning: what it was for may have gone with a newer pack.
    static func applying(
        _ disablings: [(disabling: Disabling, packsBefore: Int)], to packs: [Pack]
    ) -> (packs: [Pack], disabled: [DisabledEntry], problems: [PackProblem]) {
        guard !disablings.isEmpty else { return (packs, [], []) }
        var places: [String: (pack: Int, entry: Int)] = [:]
        for (index, pack) in packs.enumerated() {
            for (entry, endpoint) in pack.endpoints.enumerated() { places[endpoint.id] = (index, entry) }
        }
        var disabled: [DisabledEntry] = []
        var problems: [PackProblem] = []
        var gone: [Int: Set<Int>] = [:]
        for (disabling, packsBefore) in disablings {
            guard let place = places[disabling.id], place.pack < packsBefore else {
                problems.append(
                    PackProblem(
                        severity: .warning, file: disabling.file, line: disabling.line,
                        message: "no file before this one has an entry \(quoted(disabling.id))",
                        hint: packsBefore == 0
                            ? "name the packs that it changes before it: seaward rules check Rules \(disabling.file)"
                            : suggestion(for: disabling.id, among: Array(places.keys))
                                ?? "write it as 'seaward rules explain' shows it, such as fortinet/update.fortiguard.net"
                    ))
                continue
            }
            guard gone[place.pack, default: []].insert(place.entry).inserted else { continue }
            let endpoint = packs[place.pack].endpoints[place.entry]
            disabled.append(DisabledEntry(endpoint: endpoint, disabling: disabling))
        }
        let left = packs.enumerated().map { index, pack in gone[index].map(pack.without) ?? pack }
        return (left, disabled, problems)
    }
}

/// Answers for a name or an address which disabled entry would hold for it.
package struct DisabledIndex: Sendable {
    private let index: PackIndex
    private let entries: [ObjectIdentifier: DisabledEntry]

    package init(_ entries: [DisabledEntry]) {
        index = PackIndex(entries.map(\.endpoint))
        self.entries = Dictionary(entries.map { (ObjectIdentifier($0.endpoint), $0) }) { first, _ in first }
    }

    package func entry(for text: String) -> DisabledEntry? {
        index.endpoint(for: text).flatMap { entries[ObjectIdentifier($0)] }
    }
}
