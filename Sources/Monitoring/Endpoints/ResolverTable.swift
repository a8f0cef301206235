package import Decoding

/// One operator of encrypted DNS: by which names and addresses it is known. Immutable and shared.
package final class DNSResolver: Sendable {
    /// What it takes from the sensor. The raw value is the word in packs and output.
    package enum Kind: String, CaseIterable, Sendable {
        /// Look-ups: DNS inside TLS (RFC 7858), HTTPS (RFC 8484), QUIC (RFC 9250) or DNSCrypt.
        case resolver
        /// Look-ups and contacts alike: a proxy that carries them out of sight.
        case relay
    }

    package let `operator`: String
    package let kind: Kind
    /// Of the operator, ISO 3166-1 alpha-2; nil where no source says it.
    package let country: String?
    /// Host names as clients say them in their hellos.
    package let names: [HostName]
    /// Those that it shares with nobody.
    package let addresses: [IPAddress]
    /// Further ports, on which it speaks DNSCrypt.
    package let ports: [UInt16]
    /// Public addresses of the documents that say so. Never empty.
    package let sources: [String]

    package init(
        operator: String, kind: Kind, country: String?, names: [HostName], addresses: [IPAddress], ports: [UInt16],
        sources: [String]
    ) {
        self.operator = `operator`
        self.kind = kind
        self.country = country
        self.names = names
        self.addresses = addresses
        self.ports = ports
        self.sources = sources
    }
}

/// Finds the resolver of a name or an address. Built once, then immutable.
package struct ResolverTable: Sendable {
    package let resolvers: [DNSResolver]
    private let names: NameTable
    private let addresses: NetworkTable

    /// - Parameter resolvers: the first one keeps what two of them claim.
    package init(_ resolvers: [DNSResolver] = []) {
        self.resolvers = resolvers
        names = NameTable(
            resolvers.enumerated().flatMap { number, resolver in
                resolver.names.map { (name: $0, reach: .exact, number: Int32(number)) }
            })
        addresses = NetworkTable(
            resolvers.enumerated().flatMap { number, resolver in
                resolver.addresses.map { (prefix: AddressPrefix($0, length: 128), number: Int32(number)) }
            })
    }

    /// The resolver that `name` belongs to. Asked once a hello.
    package func resolver(named name: borrowing HostName) -> DNSResolver? {
        guard let number = names.number(for: name) else { return nil }
        return resolvers[Int(number)]
    }

    /// The resolver that answers at `address`. Asked once a flow.
    package func resolver(at address: IPAddress) -> DNSResolver? {
        addresses.number(for: address).map { resolvers[Int($0)] }
    }
}
