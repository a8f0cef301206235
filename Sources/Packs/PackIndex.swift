package import Decoding
package import Monitoring

/// Answers for a name or an address which entry holds for it, as the monitor would, and which entries are near.
package struct PackIndex: Sendable {
    /// What was asked for.
    package enum Question: Sendable {
        case name(HostName)
        case address(IPAddress)

        /// A text that is no address is a name: anything can stand in traffic.
        package init(_ text: String) {
            self = IPAddress(text).map { .address($0) } ?? .name(HostName(text))
        }
    }

    private let table: EndpointTable
    /// The longest prefix first, then the surer entry, then the first.
    private let networks: [(prefix: AddressPrefix, endpoint: Endpoint)]
    /// Entries by their domain.
    private let byDomain: [String: [Endpoint]]

    package init(_ packs: [Pack]) { self.init(packs.flatMap(\.endpoints)) }

    init(_ endpoints: [Endpoint]) {
        table = EndpointTable(endpoints)
        var networks: [(prefix: AddressPrefix, endpoint: Endpoint)] = []
        var byDomain: [String: [Endpoint]] = [:]
        for endpoint in endpoints {
            switch endpoint.subject {
            case .exact(let name), .suffix(let name): byDomain["\(name)", default: []].append(endpoint)
            case .network(let prefix): networks.append((prefix, endpoint))
            case .certificate, .userAgent, .mac: break
            }
        }
        self.byDomain = byDomain
        self.networks = networks.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.prefix.length != second.prefix.length { return first.prefix.length > second.prefix.length }
            let (one, other) = (first.endpoint.confidence, second.endpoint.confidence)
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }

    /// The entry that wins, or nil.
    package func endpoint(for text: String) -> Endpoint? {
        switch Question(text) {
        case .name(let name): table.endpoint(for: name)
        case .address(let address): table.endpoint(for: address)
        }
    }

    /// An entry that could be thought to be the answer, and why it is not.
    package struct Neighbour: Sendable {
        package enum Reason: Sendable {
            /// It holds as well, and another one is narrower.
            case moreGeneral
            /// It holds as well, for another vendor or in another pack, and another one is surer or comes first.
            case equallyNarrow
            /// It names the domain around this name, and that domain alone.
            case exactOnly
            /// The name ends in the same letters in the middle of a label.
            case labelBorder
            /// The name begins with the domain, and ends in another one.
            case otherEnd
        }

        package let endpoint: Endpoint
        package let reason: Reason
    }

    /// The entries near to what was asked for, the nearest first.
    package func neighbours(of text: String) -> [Neighbour] {
        let winner = endpoint(for: text)
        switch Question(text) {
        case .name(let name): return neighbours(of: name, winner)
        case .address(let address):
            return networks.filter { $0.prefix.contains(address) && $0.endpoint !== winner }.map { other in
                var isEqual = false
                if case .network(let prefix) = winner?.subject { isEqual = prefix == other.prefix }
                return Neighbour(endpoint: other.endpoint, reason: isEqual ? .equallyNarrow : .moreGeneral)
            }
        }
    }

    private func neighbours(of name: HostName, _ winner: Endpoint?) -> [Neighbour] {
        let text = "\(name)"
        var found: [Neighbour] = []
        // Every end of the name, the longest first.
        for start in text.utf8.indices {
            for endpoint in byDomain[String(text[start...])] ?? [] where endpoint !== winner {
                let reason: Neighbour.Reason
                if start != text.startIndex, text.utf8[text.utf8.index(before: start)] != UInt8(ascii: ".") {
                    reason = .labelBorder
                } else if case .exact = endpoint.subject, start != text.startIndex {
                    reason = .exactOnly
                } else {
                    reason = endpoint.subject == winner?.subject ? .equallyNarrow : .moreGeneral
                }
                found.append(Neighbour(endpoint: endpoint, reason: reason))
            }
        }
        // Every front of it that ends with a label.
        for end in text.utf8.indices.reversed() where text.utf8[end] == UInt8(ascii: ".") {
            for endpoint in byDomain[String(text[..<end])] ?? [] where endpoint !== winner {
                found.append(Neighbour(endpoint: endpoint, reason: .otherEnd))
            }
        }
        return found
    }
}
