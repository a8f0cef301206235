import Decoding
import Monitoring

/// Reads the file of networks that many parties share. An entry with an error is reported and left out.
enum SharedNetworkReader {
    private static let keys = Keys(
        required: ["operator", "kinds", "sources"],
        optional: ["published_list", "as_of", "prefixes", "as_numbers", "note"])

    /// The networks in `text`, without those that have errors.
    static func read(
        _ text: String, file: String, limits: PackLimits
    ) -> (networks: [SharedNetwork], problems: [PackProblem]) {
        var prefixes = Claims<AddressPrefix>()
        var systems = Claims<UInt32>()
        let (networks, problems) = CoverageReader.entries(
            "networks", of: text, file: file, limits: limits, keys: keys
        ) { section, problems in
            let network = network(from: section, &problems)
            for prefix in network?.prefixes ?? [] { prefixes.add(prefix, at: section.line, &problems) }
            for number in network?.autonomousSystems ?? [] { systems.add(number, at: section.line, &problems) }
            return network
        }
        return (networks, problems)
    }

    private static func network(from section: Section, _ problems: inout ProblemList) -> SharedNetwork? {
        let kinds = section.values("kinds", example: "[cdn, anycast]", problems: &problems) { text throws(Objection) in
            guard let kind = SharedNetwork.Kind(rawValue: text) else {
                let hint = suggestion(for: text, orAnyOf: SharedNetwork.Kind.allCases.map(\.rawValue))
                throw Objection("unknown kind \(quoted(text))", hint: hint)
            }
            return kind
        }
        let list = section.value("published_list", problems: &problems, ValueSyntax.secureSource)
        let asOf = section.value("as_of", problems: &problems, ValueSyntax.date)
        let prefixes = section.values("prefixes", example: "[203.0.113.0/24]", problems: &problems, ValueSyntax.prefix)
        let systems = section.values("as_numbers", example: "[64496]", problems: &problems, systemNumber)
        let note = section.value("note", problems: &problems, ValueSyntax.line)
        let sources = section.values(
            "sources", example: "[https://…]", problems: &problems, ValueSyntax.secureSource)
        if !section.has("prefixes"), !section.has("as_numbers") {
            problems.error(at: section.line, "the entry has neither 'prefixes' nor 'as_numbers'")
        }
        guard let name = section.text("operator", problems: &problems), let kinds, let sources else { return nil }
        return SharedNetwork(
            operator: name, kinds: kinds, prefixes: prefixes ?? [], autonomousSystems: systems ?? [],
            publishedList: list, asOf: asOf, sources: sources, note: note)
    }

    private static func systemNumber(_ text: String) throws(Objection) -> UInt32 {
        guard let number = UInt32(text), number > 0, text.utf8.first != UInt8(ascii: "+") else {
            throw Objection("\(quoted(text)) is no AS number", hint: "write it as 64496")
        }
        return number
    }
}
