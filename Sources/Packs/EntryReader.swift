import Decoding
import Monitoring
import Yams

/// The lists of a pack. The raw value is the key.
enum EntryList: String, CaseIterable {
    case endpoints, networks, certificates
    case userAgents = "user_agents"
    case macPrefixes = "mac_prefixes"

    /// The keys of its entries.
    var keys: Keys {
        switch self {
        case .endpoints:
            Keys(
                required: ["domain", "match", "product", "category", "confidence", "sources"],
                optional: ["ports", "region", "shared", "note"])
        case .networks:
            Keys(
                required: ["cidr", "category", "confidence", "sources"],
                optional: ["product", "ports", "region", "shared", "note"])
        case .certificates:
            Keys(
                required: ["id", "product", "category", "confidence", "sources"],
                optional: ["subject", "issuer", "note"])
        case .userAgents:
            Keys(required: ["id", "pattern", "product", "category", "confidence", "sources"], optional: ["note"])
        case .macPrefixes:
            Keys(required: ["prefix", "category", "confidence", "sources"], optional: ["product", "note"])
        }
    }

    /// Entries of one pack, where each costs time with everything that is held against it.
    var limit: Int? {
        switch self {
        case .certificates, .userAgents: MarkTable.limit
        case .endpoints, .networks, .macPrefixes: nil
        }
    }
}

/// Turns the entries of one pack into endpoints. An entry with an error is reported and left out.
struct EntryReader {
    private let vendor: Vendor
    /// No more endpoints than this: what the packs before this one have left.
    private let maximum: Int
    private(set) var endpoints: [Endpoint] = []
    private(set) var lines: [Int] = []
    var problems: ProblemList
    private var lineOfSubject: [Endpoint.Subject: Int] = [:]
    private var lineOfLabel: [String: Int] = [:]

    init(vendor: Vendor, maximum: Int, problems: ProblemList) {
        self.vendor = vendor
        self.maximum = maximum
        self.problems = problems
    }

    /// Reads one list of the pack.
    mutating func read(_ list: EntryList, of head: Section) {
        let first = endpoints.count
        for node in head.entries(list.rawValue, problems: &problems) ?? .init([]) {
            if let limit = list.limit, endpoints.count - first >= limit {
                let message = "too many '\(list.rawValue)': each costs time with everything that is held against it"
                problems.error(at: node.mark?.line, message, hint: "keep \(limit) at most")
                return
            }
            guard endpoints.count < maximum else {
                problems.error(at: node.mark?.line, "too many endpoints: all packs together have reached their limit")
                return
            }
            let errorsBefore = problems.errorCount
            guard let section = Section(node, called: "the entry", keys: list.keys, problems: &problems) else {
                continue
            }
            let endpoint = endpoint(from: section, list)
            guard let endpoint, problems.errorCount == errorsBefore else { continue }
            if let label = endpoint.label, let first = lineOfLabel.updateValue(section.line, forKey: label) {
                problems.error(at: section.line, "'\(label)' is the id of two entries, first in line \(first)")
                continue
            }
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
    private mutating func endpoint(from section: Section, _ list: EntryList) -> Endpoint? {
        let subject = subject(of: section, list)
        let label = section.value("id", problems: &problems) { text throws(Objection) in
            guard ValueSyntax.isIdentifier(text) else {
                let hint = "use lower-case letters, digits and hyphens, such as fortigate-factory"
                throw Objection("\(quoted(text)) is no id", hint: hint)
            }
            return text
        }
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
        let isShared = section.value("shared", problems: &problems, ValueSyntax.truth)
        guard let subject, let category, let confidence, let sources else { return nil }
        return Endpoint(
            subject: subject, label: label, vendor: vendor, product: product, category: category,
            confidence: confidence, ports: ports ?? [], region: region, sources: sources, note: note,
            isShared: isShared ?? false)
    }

    private mutating func subject(of section: Section, _ list: EntryList) -> Endpoint.Subject? {
        switch list {
        case .endpoints: domain(of: section)
        case .networks: section.value("cidr", problems: &problems, ValueSyntax.prefix).map { .network($0) }
        case .certificates: certificate(of: section)
        case .userAgents: section.value("pattern", problems: &problems, ValueSyntax.pattern).map { .userAgent($0) }
        case .macPrefixes: section.value("prefix", problems: &problems, ValueSyntax.macPrefix).map { .mac($0) }
        }
    }

    private mutating func certificate(of section: Section) -> Endpoint.Subject? {
        let attributes = Keys(required: [], optional: CertificatePattern.Attribute.allCases.map(\.rawValue))
        var conditions: [CertificatePattern.Condition] = []
        for party in CertificatePattern.Party.allCases {
            let names = section.section(
                party.rawValue, called: "'\(party.rawValue)'", keys: attributes, problems: &problems)
            for attribute in CertificatePattern.Attribute.allCases {
                guard let pattern = names?.value(attribute.rawValue, problems: &problems, ValueSyntax.pattern) else {
                    continue
                }
                conditions.append(.init(party: party, attribute: attribute, pattern: pattern))
            }
        }
        guard !conditions.isEmpty else {
            let message = "the entry asks nothing of a certificate"
            problems.error(at: section.line, message, hint: "write 'subject: {O: Name}' or 'issuer: {CN: Name}'")
            return nil
        }
        return .certificate(CertificatePattern(conditions))
    }

    private mutating func domain(of section: Section) -> Endpoint.Subject? {
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
