import Decoding
import Monitoring
import Yams

/// Turns the entries of one pack into endpoints. An entry with an error is reported and left out.
struct EntryReader {
    static let nameKeys = Keys(
        required: ["domain", "match", "product", "category", "confidence", "sources"],
        optional: ["ports", "region", "note"])
    static let networkKeys = Keys(
        required: ["cidr", "category", "confidence", "sources"],
        optional: ["product", "ports", "region", "note"])

    private let vendor: Vendor
    /// No more endpoints than this: what the packs before this one have left.
    private let maximum: Int
    private(set) var endpoints: [Endpoint] = []
    private(set) var lines: [Int] = []
    var problems: ProblemList
    private var lineOfSubject: [Endpoint.Subject: Int] = [:]

    init(vendor: Vendor, maximum: Int, problems: ProblemList) {
        self.vendor = vendor
        self.maximum = maximum
        self.problems = problems
    }

    /// Reads the list under `key` of the pack.
    mutating func read(_ key: String, of head: Section, keys: Keys) {
        for node in head.entries(key, problems: &problems) ?? .init([]) {
            guard endpoints.count < maximum else {
                problems.error(at: node.mark?.line, "too many endpoints: all packs together have reached their limit")
                return
            }
            let errorsBefore = problems.errorCount
            guard let section = Section(node, called: "the entry", keys: keys, problems: &problems) else { continue }
            let endpoint = endpoint(from: section)
            guard let endpoint, problems.errorCount == errorsBefore else { continue }
            if let first = lineOfSubject.updateValue(section.line, forKey: endpoint.subject) {
                lineOfSubject[endpoint.subject] = first
                problems.error(
                    at: section.line, "'\(endpoint.subject)' is listed twice, first in line \(first)",
                    hint: "merge the two entries")
                continue
            }
            endpoints.append(endpoint)
            lines.append(section.line)
        }
    }

    /// nil, or an endpoint that counts only where no error was reported meanwhile.
    private mutating func endpoint(from section: Section) -> Endpoint? {
        let subject = subject(of: section)
        let category = word("category", of: section, as: Category.self)
        let confidence = word("confidence", of: section, as: Confidence.self)
        let sources = section.values("sources", example: "[https://…]", problems: &problems, ValueSyntax.source)
        let ports = section.values("ports", example: "[443]", problems: &problems, ValueSyntax.port)
        let region = section.value("region", problems: &problems) { text throws(Objection) in
            guard ValueSyntax.isIdentifier(text) else {
                let hint = "use lower-case letters, digits and hyphens, such as us-gov"
                throw Objection("\(quoted(text)) is no region", hint: hint)
            }
            return text
        }
        let product = section.text("product", problems: &problems)
        let note = section.text("note", problems: &problems)
        guard let subject, let category, let confidence, let sources else { return nil }
        return Endpoint(
            subject: subject, vendor: vendor, product: product, category: category, confidence: confidence,
            ports: ports ?? [], region: region, sources: sources, note: note)
    }

    private mutating func subject(of section: Section) -> Endpoint.Subject? {
        if section.has("cidr") {
            return section.value("cidr", problems: &problems, ValueSyntax.prefix).map { .network($0) }
        }
        let name = section.value("domain", problems: &problems, DomainSyntax.read)
        let match = word("match", of: section, as: Match.self)
        guard let name, let match else { return nil }
        return match == .exact ? .exact(name) : .suffix(name)
    }

    private mutating func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, of section: Section, as type: Word.Type
    ) -> Word? where Word.RawValue == String {
        section.value(key, problems: &problems) { text throws(Objection) in
            guard let word = Word(rawValue: text) else {
                let hint = suggestion(for: text, orAnyOf: Word.allCases.map(\.rawValue))
                throw Objection("unknown \(key) \(quoted(text))", hint: hint)
            }
            return word
        }
    }

    private enum Match: String, CaseIterable {
        case exact, suffix
    }
}
