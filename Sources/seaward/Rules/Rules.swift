import ArgumentParser
import Monitoring
import Packs

struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows, checks, exports and imports packs: what Seaward knows of each vendor.",
        subcommands: [List.self, Explain.self, Stats.self, Check.self, Export.self, Import.self])

    /// What a set of packs holds, in a few words.
    static func summary(_ packs: [Pack]) -> String {
        let counts = Endpoint.Subject.Kind.allCases.map { kind in
            (kind, packs.reduce(0) { $0 + $1.count(kind) })
        }
        // Every set has names or networks to tell of; the other kinds only where there are some.
        let parts = counts.filter { $0.1 > 0 || $0.0 == .name || $0.0 == .network }.map { kind, count in
            let word =
                switch kind {
                case .name: "name"
                case .network: "network"
                case .certificate: "certificate pattern"
                case .userAgent: "user agent"
                case .mac: "MAC prefix"
                }
            return "\(count) \(word)\(count == 1 ? "" : kind == .mac ? "es" : "s")"
        }
        return (["\(packs.count) pack\(packs.count == 1 ? "" : "s")"] + parts).joined(separator: ", ")
    }
}
