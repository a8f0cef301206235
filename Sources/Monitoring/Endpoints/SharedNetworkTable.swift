package import Decoding

/// Addresses of one operator that many parties share. Immutable and shared.
package final class SharedNetwork: Sendable {
    /// What is shared. The raw value is the word in packs.
    package enum Kind: String, CaseIterable, Sendable {
        /// One address is announced from many places; the nearest answers (RFC 4786).
        case anycast
        /// Edges of a content delivery network, in many countries and in other operators' networks.
        case cdn
        /// Servers of customers, in regions that have a place.
        case cloud
        /// Traffic of customers passes through; where it goes is not seen.
        case proxy

        /// Whether an address may be elsewhere than databases say: they know an operator's seat, or one edge of many.
        package var isAnywhere: Bool {
            switch self {
            case .anycast, .cdn: true
            case .cloud, .proxy: false
            }
        }
    }

    package let `operator`: String
    package let kinds: [Kind]
    package let prefixes: [AddressPrefix]
    /// Those whose addresses are all the operator's.
    package let autonomousSystems: [UInt32]
    /// Where the operator publishes its ranges; nil where it does not.
    package let publishedList: String?
    /// The day of the list that `prefixes` are from, YYYY-MM-DD; nil where the source tells none.
    package let asOf: String?
    /// Public addresses of the documents that say so. Never empty.
    package let sources: [String]
    package let note: String?

    package init(
        operator: String, kinds: [Kind], prefixes: [AddressPrefix], autonomousSystems: [UInt32] = [],
        publishedList: String? = nil, asOf: String? = nil, sources: [String], note: String? = nil
    ) {
        self.operator = `operator`
        self.kinds = kinds
        self.prefixes = prefixes
        self.autonomousSystems = autonomousSystems
        self.publishedList = publishedList
        self.asOf = asOf
        self.sources = sources
        self.note = note
    }

    /// Whether one of its addresses may be anywhere.
    package var isAnywhere: Bool { kinds.contains(where: \.isAnywhere) }
}

/// Finds the shared network that an address lies in. Built once, then immutable.
package struct SharedNetworkTable: Sendable {
    package let networks: [SharedNetwork]
    private let prefixes: NetworkTable
    private let autonomousSystems: [UInt32: Int]

    /// - Parameter networks: the first one keeps what two of them claim.
    package init(_ networks: [SharedNetwork] = []) {
        self.networks = networks
        prefixes = NetworkTable(
            networks.enumerated().flatMap { index, network in
                network.prefixes.map { (prefix: $0, number: Int32(index)) }
            })
        autonomousSystems = Dictionary(
            networks.enumerated().flatMap { index, network in network.autonomousSystems.map { ($0, index) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The network of the longest prefix around `address`; without one, the network that the autonomous system is of.
    package func network(of address: IPAddress, in autonomousSystem: UInt32? = nil) -> SharedNetwork? {
        if let number = prefixes.number(for: address) { return networks[Int(number)] }
        return autonomousSystem.flatMap { autonomousSystems[$0] }.map { networks[$0] }
    }
}
