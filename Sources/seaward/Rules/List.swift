import ArgumentParser
import Monitoring
import Packs

extension Rules {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the entries of all packs, or of some vendors.",
            discussion: "Filters add up: an entry is listed where all of them hold.")

        enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, csv }

        @OptionGroup var packs: PackOptions

        @Option(help: ArgumentHelp("Products with this text in their names, in any case.", valueName: "text"))
        var product: String?

        @Option(help: "What the endpoint is for; may be repeated.")
        var category: [Monitoring.Category] = []

        @Option(
            help: ArgumentHelp(
                "Vendors with their head office in this country (ISO 3166-1, such as US); may be repeated.",
                valueName: "country"))
        var headquarters: [String] = []

        @Option(help: "How to print the entries. JSON is one object a line.")
        var format = Format.table

        @Argument(help: "Vendors by the names of their packs, such as 'fortinet'; all without one.")
        var vendors: [String] = []

        func run() throws {
            let set = try packs.load()
            try set.requireVendors(vendors)
            let countries = headquarters.map { $0.uppercased() }
            let shown = set.packs.filter { pack in
                (vendors.isEmpty || vendors.contains(pack.vendor.id))
                    && (countries.isEmpty || countries.contains(pack.vendor.headquarters))
            }
            let isWhole = product == nil && category.isEmpty
            let entries = shown.flatMap(\.endpoints).filter { isWhole || isWanted($0) }
            switch format {
            case .table: try table(entries).print()
            case .json: try EntryLines(entries).printJSON()
            case .csv: try EntryLines(entries).printCSV()
            }
            Console.say(isWhole ? Rules.summary(shown) : "\(entries.count) entries")
        }

        private func isWanted(_ endpoint: Endpoint) -> Bool {
            if let product, endpoint.product?.lowercased().contains(product.lowercased()) != true { return false }
            return category.isEmpty || category.contains(endpoint.category)
        }

        private func table(_ entries: [Endpoint]) -> TextTable {
            var table = TextTable(["VENDOR", "ENDPOINT", "CATEGORY", "CONFIDENCE", "SOURCES", "PRODUCT"])
            for endpoint in entries {
                table.add([
                    endpoint.vendor.id, "\(endpoint.subject)", endpoint.category.rawValue, endpoint.confidence.rawValue,
                    "\(endpoint.sources.count)", endpoint.product ?? "",
                ])
            }
            return table
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
