package import Decoding

/// Finds the endpoint of a name: exact before suffix, the longer domain before the shorter; and that of an address: the
/// longer prefix before the shorter. Built once, then immutable.
package struct EndpointTable: Sendable {
    /// In the order of the packs.
    package let endpoints: [Endpoint]
    /// Those that are known by what they say of themselves.
    package let marks: MarkTable
    private let names: NameTable
    private let networks: NetworkTable

    package init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        var names: [(HostName, NameTable.Reach, Int32)] = []
        var networks: [(AddressPrefix, Int32)] = []
        for (index, endpoint) in endpoints.enumerated() {
            switch endpoint.subject {
            case .exact(let name): names.append((name, .exact, Int32(index)))
            case .suffix(let name): names.append((name, .suffix, Int32(index)))
            case .network(let prefix): networks.append((prefix, Int32(index)))
            case .certificate, .userAgent, .mac: break
            }
        }
        // Where two packs name the same domain or network, the surer one answers, and the first of equals.
        func isSurer(_ new: Int32, _ old: Int32) -> Bool {
            endpoints[Int(new)].confidence > endpoints[Int(old)].confidence
        }
        self.names = NameTable(names, isBetter: isSurer)
        self.networks = NetworkTable(networks, isBetter: isSurer)
        marks = MarkTable(endpoints)
    }

    /// The most specific endpoint that holds for `name`, or nil.
    @inline(__always)
    package func endpoint(for name: borrowing HostName) -> Endpoint? {
        guard let number = names.number(for: name) else { return nil }
        return endpoints[Int(number)]
    }

    /// The endpoint of the narrowest network around `address`, or nil.
    package func endpoint(for address: IPAddress) -> Endpoint? {
        networks.number(for: address).map { endpoints[Int($0)] }
    }
}
