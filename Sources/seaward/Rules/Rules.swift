import ArgumentParser
import Packs

struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows, checks, exports and imports packs: what Seaward knows of each vendor.",
        subcommands: [List.self, Check.self, Export.self, Import.self])

    /// What a set of packs holds, in a few words.
    static func summary(_ packs: [Pack]) -> String {
        let names = packs.reduce(0) { $0 + $1.nameCount }
        let networks = packs.reduce(0) { $0 + $1.networkCount }
        return "\(packs.count) pack\(packs.count == 1 ? "" : "s"), \(names) names, \(networks) networks"
    }
}
