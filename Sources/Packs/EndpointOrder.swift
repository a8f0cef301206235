import Decoding
import Monitoring

extension [Endpoint] {
    /// In the order of a pack: names from their registrable end (`example.com`, `api.example.com`, `example.net`), exact
    /// before suffix, then networks by number, IPv4 first.
    func sorted() -> [Endpoint] {
        map { (key: EndpointOrder($0.subject), endpoint: $0) }.sorted { $0.key < $1.key }.map(\.endpoint)
    }
}

/// Where an entry stands in a pack.
struct EndpointOrder: Comparable {
    private let kind: Int
    /// The labels from the last to the first, with `!` between them, which is less than every byte of a label.
    private let name: String
    private let isSuffix: Bool
    private let network: (bits: UInt128, length: Int)

    init(_ subject: Endpoint.Subject) {
        switch subject {
        case .exact(let name): self.init(kind: 0, name: name)
        case .suffix(let name): self.init(kind: 0, name: name, isSuffix: true)
        case .network(let prefix):
            self.init(kind: prefix.isIPv4 ? 1 : 2, network: (prefix.address.bits, prefix.length))
        case .certificate: self.init(kind: 3)
        case .userAgent: self.init(kind: 4)
        case .mac: self.init(kind: 5)
        }
    }

    private init(kind: Int, name: HostName? = nil, isSuffix: Bool = false, network: (UInt128, Int) = (0, 0)) {
        self.kind = kind
        self.name = name.map { "\($0)".split(separator: ".").reversed().joined(separator: "!") } ?? ""
        self.isSuffix = isSuffix
        self.network = network
    }

    static func == (left: EndpointOrder, right: EndpointOrder) -> Bool { !(left < right) && !(right < left) }

    static func < (left: EndpointOrder, right: EndpointOrder) -> Bool {
        if left.kind != right.kind { return left.kind < right.kind }
        if left.name != right.name { return left.name < right.name }
        if left.isSuffix != right.isSuffix { return right.isSuffix }
        return left.network < right.network
    }
}

extension AddressPrefix {
    /// A prefix of the 32-bit addresses.
    var isIPv4: Bool { address.isIPv4 && length >= 96 }
}
