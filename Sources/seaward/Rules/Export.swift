import ArgumentParser
import Monitoring
import Packs

extension Rules {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the packs for resolvers, firewalls, proxies and sensors.",
            discussion: """
                Every entry stands with its sources where the format has comments. What a format cannot say is counted \
                in the head of the file and on standard error. The same packs give the same bytes.
                """)

        @OptionGroup var packs: PackOptions

        @Option(help: ArgumentHelp("What to write.", valueName: "format"))
        var to: Packs.Export.Target

        @Option(help: ArgumentHelp("A vendor by the name of its pack; may be repeated. (default: all)"))
        var vendor: [String] = []

        @Option(help: ArgumentHelp("What endpoints are for; may be repeated. (default: all)"))
        var category: [Category] = []

        @Option(help: "Entries of this confidence or better.")
        var confidence = Confidence.low

        @Flag(help: "Also networks on a cloud that others share.")
        var includeShared = false

        @OptionGroup var output: OutputOption

        func run() throws {
            let set = try packs.load()
            try set.requireVendors(vendor)
            let export = Packs.Export(
                of: set.packs, vendors: Set(vendor), categories: Set(category), confidence: confidence,
                includesShared: includeShared)
            guard !export.isEmpty else { throw Console.failure("the packs have no such entry; nothing was written") }
            let result = export.text(for: to)
            try output.write(result.text)
            for remark in result.remarks { Console.say(remark) }
        }
    }
}

extension Packs.Export.Target: ExpressibleByArgument {}
extension Category: ExpressibleByArgument {}
extension Confidence: ExpressibleByArgument {}
