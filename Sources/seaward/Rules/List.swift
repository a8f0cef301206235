import ArgumentParser
import Monitoring
import Packs

extension Rules {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the endpoints of all packs, or of some vendors.")

        @OptionGroup var packs: PackOptions

        @Argument(help: "Vendors by the names of their packs, such as 'fortinet'; all without one.")
        var vendors: [String] = []

        func run() throws {
            let set = try packs.load()
            try set.requireVendors(vendors)
            let shown = set.packs.filter { vendors.isEmpty || vendors.contains($0.vendor.id) }
            var table = TextTable(["VENDOR", "ENDPOINT", "CATEGORY", "CONFIDENCE", "SOURCES", "PRODUCT"])
            for endpoint in shown.flatMap(\.endpoints) {
                table.add([
                    endpoint.vendor.id, "\(endpoint.subject)", endpoint.category.rawValue, endpoint.confidence.rawValue,
                    "\(endpoint.sources.count)", endpoint.product ?? "",
                ])
            }
            try table.print()
            Console.say(Rules.summary(shown))
        }
    }
}

extension PackSet {
    /// An error that names the packs there are, where one of `vendors` has none.
    func requireVendors(_ vendors: [String]) throws {
        guard let unknown = vendors.first(where: { vendor in !packs.contains { $0.vendor.id == vendor } }) else {
            return
        }
        let known = packs.map(\.vendor.id).joined(separator: ", ")
        throw Console.failure("there is no pack '\(unknown)'; there are: \(known)")
    }
}
