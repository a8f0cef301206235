/// One name, address or mark that a client used, and the entry that explains it.
package struct Evidence: Sendable {
    package let method: Method
    /// As in `Sighting.value`.
    package let value: String
    package let endpoint: Endpoint
    /// Whether it speaks for another vendor than the finding's: the server stands in that vendor's network.
    package let isContradiction: Bool
    package var count: UInt64
    package var firstSeen, lastSeen: Timestamp

    package init(
        method: Method, value: String, endpoint: Endpoint, isContradiction: Bool = false, count: UInt64,
        firstSeen: Timestamp, lastSeen: Timestamp
    ) {
        self.method = method
        self.value = value
        self.endpoint = endpoint
        self.isContradiction = isContradiction
        self.count = count
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }

    /// The same thing seen again.
    func isSame(_ method: Method, _ value: String, _ endpoint: Endpoint) -> Bool {
        self.method == method && self.value == value
            && (self.endpoint === endpoint || self.endpoint.id == endpoint.id)
    }
}

extension Confidence {
    /// What evidence of one vendor and product is worth together: the best of it, one step more where things that do
    /// not depend on each other agree, one step less where something speaks for another vendor.
    package init(fusing evidence: [Evidence]) {
        let agreeing = evidence.filter { !$0.isContradiction }
        var rank = agreeing.map { $0.worth.rank }.max() ?? 0
        if Set(agreeing.filter { $0.worth > .low }.map { $0.method.witness }).count > 1 { rank += 1 }
        if agreeing.count < evidence.count { rank -= 1 }
        self = Self.allCases[max(0, min(rank, Self.allCases.count - 1))]
    }
}

extension Evidence {
    /// The entry's confidence, capped by how it was seen: by an address alone nobody is certain.
    private var cap: Confidence {
        switch method {
        case .address: endpoint.isShared ? .low : .medium
        case .resolved: .medium
        case .dns, .tlsSNI, .quicSNI, .dtlsSNI, .certificate, .httpHost, .userAgent, .connect, .socks, .mac: .high
        }
    }

    fileprivate var worth: Confidence { min(endpoint.confidence, cap) }
}

extension Method {
    /// Who says so. What a client names, however it names it, is one witness.
    fileprivate enum Witness { case client, certificate, program, address, hardware }

    fileprivate var witness: Witness {
        switch self {
        case .dns, .tlsSNI, .quicSNI, .dtlsSNI, .httpHost, .connect, .socks, .resolved: .client
        case .certificate: .certificate
        case .userAgent: .program
        case .address: .address
        case .mac: .hardware
        }
    }
}
