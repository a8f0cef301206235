import ArgumentParser
import Foundation
import Monitoring
import Packs

extension Rules {
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells which entry holds for a name or an address, why, and why not its neighbours.",
            discussion: """
                As traffic shows them: in any case, with or without a trailing dot. Exit code 0 where an entry holds \
                for at least one of them, 1 where none does.
                """)

        @OptionGroup var packs: PackOptions

        @Option(
            help: ArgumentHelp("A file of names and addresses, one a line; '-' is standard input.", valueName: "path"),
            completion: .file())
        var file: String?

        @Argument(help: ArgumentHelp("Names or addresses.", valueName: "name-or-address"))
        var names: [String] = []

        func validate() throws {
            guard file != nil || !names.isEmpty else {
                throw ValidationError("give a name or an address, or a file of them with --file")
            }
        }

        func run() throws {
            let asked = try names + lines()
            let set = try packs.load()
            let index = PackIndex(set.packs)
            let places = places(of: set)
            let disabled = DisabledIndex(set.disabled)
            var isAnyKnown = false
            for (number, name) in asked.enumerated() {
                if number > 0 { print() }
                let winner = index.endpoint(for: name)
                if winner != nil { isAnyKnown = true }
                print("\(plain(name)): \(winner?.id ?? "no entry")")
                if let winner { explain(winner, places[ObjectIdentifier(winner)]) }
                if let entry = disabled.entry(for: name) {
                    let (id, why) = (entry.endpoint.id, entry.disabling)
                    row("not", "\(id): disabled in \(why.file):\(why.line): \(why.reason)")
                }
                for neighbour in index.neighbours(of: name) {
                    row("not", "\(neighbour.endpoint.id): \(neighbour.reason.sentence)")
                }
            }
            guard isAnyKnown else { throw ExitCode.failure }
        }

        /// The lines of the file, without blank ones and comments.
        private func lines() throws -> [String] {
            guard let file else { return [] }
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else { throw Console.failure("\(file): the file cannot be read") }
            return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        }

        /// Where each entry stands: `Rules/fortinet.yaml:12`.
        private func places(of set: PackSet) -> [ObjectIdentifier: String] {
            var places: [ObjectIdentifier: String] = [:]
            for pack in set.packs {
                for (endpoint, line) in zip(pack.endpoints, pack.lines) {
                    places[ObjectIdentifier(endpoint)] = "\(pack.file):\(line)"
                }
            }
            return places
        }

        private func explain(_ endpoint: Endpoint, _ place: String?) {
            let vendor = endpoint.vendor
            row("entry", place)
            row("because", endpoint.subject.sentence)
            row("vendor", "\(vendor.name) (\(vendor.headquarters)), pack of \(vendor.version)")
            row("product", endpoint.product)
            row("category", endpoint.category.rawValue)
            row("confidence", endpoint.confidence.rawValue)
            if endpoint.isShared { row("shared", "the address belongs to a cloud or CDN that many tenants share") }
            row("ports", endpoint.ports.isEmpty ? nil : endpoint.ports.map(String.init).joined(separator: ", "))
            row("region", endpoint.region)
            for source in endpoint.sources { row("source", source) }
            row("note", endpoint.note)
        }

        private func row(_ key: String, _ value: String?) {
            guard let value else { return }
            print("  \(key)\(String(repeating: " ", count: max(12 - key.count, 1)))\(value)")
        }

        /// What was asked for, without anything that a terminal would act on.
        private func plain(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map {
                        $0.properties.isWhitespace || $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) ? "?" : $0
                    }))
        }
    }
}

extension Endpoint.Subject {
    /// Why the entry holds.
    fileprivate var sentence: String {
        switch self {
        case .exact(let name): "exact: this name and no other is \(name)"
        case .suffix(let name): "suffix: the name is \(name) or stands below it"
        case .network(let prefix): "network: the address lies in \(prefix)"
        case .certificate, .userAgent, .mac: "\(self)"
        }
    }
}

extension PackIndex.Neighbour.Reason {
    /// Why the entry is not the answer.
    fileprivate var sentence: String {
        switch self {
        case .moreGeneral: "it holds as well and is more general"
        case .equallyNarrow: "it holds as well; the other one is surer or comes first"
        case .exactOnly: "exact: it is that name and nothing below it"
        case .labelBorder: "the name only ends in the same letters; whole labels count"
        case .otherEnd: "the name only begins with it; the end of a name says whose it is"
        }
    }
}
