import Decoding
package import Monitoring

/// Reads the file of resolvers of encrypted DNS. An entry with an error is reported and left out.
package enum ResolverReader {
    private static let entryKeys = Keys(
        required: ["operator", "sources"], optional: ["kind", "country", "names", "addresses", "ports"])

    /// The resolvers in `text`, without those that have errors.
    ///
    /// - Parameter file: where the text came from, for messages.
    package static func read(
        _ text: String, file: String, limits: PackLimits = PackLimits()
    ) -> (resolvers: [DNSResolver], problems: [PackProblem]) {
        var names = Claims<HostName>()
        var addresses = Claims<IPAddress>()
        let (resolvers, problems) = CoverageReader.entries(
            "resolvers", of: text, file: file, limits: limits, keys: entryKeys
        ) { section, problems in
            let resolver = resolver(from: section, problems: &problems)
            for name in resolver?.names ?? [] { names.add(name, at: section.line, &problems) }
            for address in resolver?.addresses ?? [] { addresses.add(address, at: section.line, &problems) }
            return resolver
        }
        return (resolvers, problems)
    }

    private static func resolver(from section: Section, problems: inout ProblemList) -> DNSResolver? {
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
        let sources = section.values("sources", example: "[https://…]", problems: &problems, ValueSyntax.secureSource)
        if !section.has("names"), !section.has("addresses") {
            problems.error(at: section.line, "the entry has neither 'names' nor 'addresses'")
        }
        guard let name = section.text("operator", problems: &problems), let sources else { return nil }
        return DNSResolver(
            operator: name, kind: kind ?? .resolver, country: country, names: names ?? [], addresses: addresses ?? [],
            ports: ports ?? [], sources: sources)
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
}
