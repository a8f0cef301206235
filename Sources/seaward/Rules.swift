import ArgumentParser
import Monitoring
import Packs

struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows and checks the packs: what Seaward knows of each vendor.",
        subcommands: [List.self, Check.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the endpoints of all packs, or of some vendors.")

        @OptionGroup var packs: PackOptions

        @Argument(help: "Vendors by the names of their packs, such as 'fortinet'; all without one.")
        var vendors: [String] = []

        func run() throws {
            let set = try packs.load()
            if let unknown = vendors.first(where: { vendor in !set.packs.contains { $0.vendor.id == vendor } }) {
                let known = set.packs.map(\.vendor.id).joined(separator: ", ")
                throw Console.failure("there is no pack '\(unknown)'; there are: \(known)")
            }
            let shown = set.packs.filter { vendors.isEmpty || vendors.contains($0.vendor.id) }
            var table = TextTable(["VENDOR", "ENDPOINT", "CATEGORY", "CONFIDENCE", "SOURCES", "PRODUCT"])
            for endpoint in shown.flatMap(\.endpoints) {
                table.add([
                    endpoint.vendor.id, "\(endpoint.subject)", endpoint.category.rawValue, endpoint.confidence.rawValue,
                    "\(endpoint.sources.count)", endpoint.product ?? "",
                ])
            }
            try table.print()
            Console.say(summary(shown))
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks packs and tells file, line and likely fix of every problem.",
            discussion: "Exit code 1 where one of them is an error. Without a path the packs in use are checked.")

        @Argument(help: "Files, or folders with packs.", completion: .file())
        var paths: [String] = []

        func run() throws {
            let set = PackSet.load(paths: paths.isEmpty ? try PackOptions.defaultPaths() : paths)
            for problem in set.problems { Console.say("\(problem)") }
            guard set.problems.allSatisfy({ $0.severity == .warning }) else { throw ExitCode.failure }
            print("\(summary(set.packs)); \(set.problems.isEmpty ? "no problems" : "warnings only")")
        }
    }
}

private func summary(_ packs: [Pack]) -> String {
    let names = packs.reduce(0) { $0 + $1.nameCount }
    let networks = packs.reduce(0) { $0 + $1.networkCount }
    return "\(packs.count) pack\(packs.count == 1 ? "" : "s"), \(names) names, \(networks) networks"
}
