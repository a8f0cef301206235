import Decoding
package import Monitoring
import Yams

/// Reads the file of resolvers of encrypted DNS. An entry with an error is reported and left out.
package enum ResolverReader {
    private static let headKeys = Keys(required: ["version", "resolvers"], optional: [])
    private static let entryKeys = Keys(
        required: ["operator", "sources"], optional: ["kind", "country", "names", "addresses", "ports"])

    /// The resolvers in `text`, without those that have errors.
    ///
    /// - Parameter file: where the text came from, for messages.
    package static func read(
        _ text: String, file: String, limits: PackLimits = PackLimits()
    ) -> (resolvers: [DNSResolver], problems: [PackProblem]) {
        var problems = ProblemList(file: file)
        guard text.utf8.count <= limits.fileSize else {
            problems.error(at: nil, "the file is larger than \(limits.fileSize) bytes")
            return ([], problems.all)
        }
        guard let root = Document.root(of: text, problems: &problems),
            let head = Section(root, called: "the file", keys: headKeys, problems: &problems)
        else { return ([], problems.all) }
        _ = head.value("version", problems: &problems, ValueSyntax.date)
        var resolvers: [DNSResolver] = []
        var claims = Claims()
        for node in head.entries("resolvers", problems: &problems) ?? .init([]) {
            guard resolvers.count < limits.endpoints else {
                problems.error(at: node.mark?.line, "too many resolvers: more than \(limits.endpoints)")
                break
            }
            let errorsBefore = problems.errorCount
            guard let section = Section(node, called: "the entry", keys: entryKeys, problems: &problems),
                let resolver = resolver(from: section, &claims, problems: &problems),
                problems.errorCount == errorsBefore
            else { continue }
            resolvers.append(resolver)
        }
        return (resolvers, problems.all)
    }

    private static func resolver(
        from section: Section, _ claims: inout Claims, problems: inout ProblemList
    ) -> DNSResolver? {
        let kind = section.value("kind", problems: &problems) { text throws(Objection) in
            guard let kind = DNSResolver.Kind(rawValue: text) else {
                let hint = suggestion(for: text, orAnyOf: DNSResolver.Kind.allCases.map(\.rawValue))
                throw Objection("unknown kind \(quoted(text))", hint: hint)
            }
            return kind
        }
        let country = section.value("country", problems: &problems, ValueSyntax.country)
        let names = section.values("names", example: "[dns.example.net]", problems: &problems, DomainSyntax.read)
        let addresses = section.values("addresses", example: "[192.0.2.53]", problems: &problems, address)
        let ports = section.values("ports", example: "[8443]", problems: &problems, dnsCryptPort)
        let sources = section.values("sources", example: "[https://…]", problems: &problems, secureSource)
        if !section.has("names"), !section.has("addresses") {
            problems.error(at: section.line, "the entry has neither 'names' nor 'addresses'")
        }
        for name in names ?? [] { claims.add(name, to: \.names, section.line, &problems) }
        for address in addresses ?? [] { claims.add(address, to: \.addresses, section.line, &problems) }
        guard let name = section.text("operator", problems: &problems), let sources else { return nil }
        return DNSResolver(
            operator: name, kind: kind ?? .resolver, country: country, names: names ?? [], addresses: addresses ?? [],
            ports: ports ?? [], sources: sources)
    }

    /// The line of the entry that has each name and address.
    private struct Claims {
        var names: [HostName: Int] = [:]
        var addresses: [IPAddress: Int] = [:]

        mutating func add<Subject: CustomStringConvertible>(
            _ subject: Subject, to list: WritableKeyPath<Claims, [Subject: Int]>, _ line: Int,
            _ problems: inout ProblemList
        ) {
            guard let first = self[keyPath: list].updateValue(line, forKey: subject) else { return }
            problems.error(
                at: line, "'\(subject)' is listed twice, first in the entry of line \(first)",
                hint: "leave it with the operator that runs it")
        }
    }

    private static func address(_ text: String) throws(Objection) -> IPAddress {
        guard let address = IPAddress(text) else {
            let isName = (try? DomainSyntax.read(text)) != nil
            let hint = isName ? "list names under 'names'" : "write one address, as 192.0.2.53 or 2001:db8::53"
            throw Objection("\(quoted(text)) is no address", hint: hint)
        }
        return address
    }

    private static func dnsCryptPort(_ text: String) throws(Objection) -> UInt16 {
        let port = try ValueSyntax.port(text)
        guard port != 53 else { throw Objection("port 53 is for DNS that everybody can read", hint: "leave it out") }
        return port
    }

    private static func secureSource(_ text: String) throws(Objection) -> String {
        guard !text.hasPrefix("http://") else {
            throw Objection("the source \(quoted(text)) is not https", hint: "give its https address")
        }
        return try ValueSyntax.source(text)
    }
}
