import ArgumentParser
import Foundation
import Monitoring
import Packs

extension Rules {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a pack from a list of host names.",
            discussion: """
                What cannot be taken over is told with its line on standard error. A list seldom says what a name is \
                for: the defaults claim as little as a pack can. Edit the result before you rely on it.
                """)

        @Option(help: ArgumentHelp("The form of the list.", valueName: "format"))
        var from: Packs.Import.Origin

        @Option(help: ArgumentHelp("Whose endpoints these are, as reports print it.", valueName: "name"))
        var vendor: String

        @Option(help: ArgumentHelp("Country of the vendor's head office, such as US.", valueName: "code"))
        var headquarters: String

        @Option(help: ArgumentHelp("Where the list is published.", valueName: "url"))
        var source: String

        @Option(help: ArgumentHelp("The product. (default: the vendor's name)", valueName: "name"))
        var product: String?

        @Option(help: "What the endpoints are for.")
        var category = Category.portal

        @Option(help: "How sure the list is.")
        var confidence = Confidence.low

        @OptionGroup var output: OutputOption

        @Argument(help: "The list; '-' is standard input.", completion: .file())
        var file: String

        func run() throws {
            let vendor = Vendor(
                id: output.output.map(PackReader.vendorID) ?? "imported", name: vendor, aliases: [],
                headquarters: headquarters, version: Self.today)
            let defaults = Packs.Import.Defaults(
                product: product ?? self.vendor, category: category, confidence: confidence, source: source)
            let maker = try Console.attempt { () throws(ImportError) in
                try Packs.Import(vendor: vendor, defaults: defaults)
            }
            let result = maker.read(try text(), from: from, file: file)
            for problem in result.problems { Console.say("\(problem)") }
            guard let pack = result.pack else { throw Console.failure("\(file): nothing could be taken over") }
            // A pack that does not load would be found much later, where it is used.
            let faults = PackReader.read(pack, file: output.output ?? "imported.yaml").problems
            guard faults.isEmpty else {
                throw Console.failure(faults.map(\.description).joined(separator: "\n"))
            }
            try output.write(pack)
            Console.say(
                "taken over: \(result.nameCount) names, \(result.networkCount) networks; "
                    + "repeated: \(result.repeatCount); not taken over: \(result.problemCount)")
        }

        private func text() throws -> String {
            // One byte more than a pack may have tells the reader that the list is too large.
            let limit = PackLimits.fileSize + 1
            let data: Data?
            do {
                let handle =
                    file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
                data = try handle.read(upToCount: limit)
            } catch {
                throw Console.failure("\(file): the file cannot be read")
            }
            guard let text = String(validating: data ?? Data(), as: UTF8.self) else {
                throw Console.failure("\(file): not UTF-8 text; save the file as UTF-8")
            }
            return text
        }

        /// In UTC, as a pack's version.
        private static var today: String { String(Date().ISO8601Format().prefix(10)) }
    }
}

extension Packs.Import.Origin: ExpressibleByArgument {}
