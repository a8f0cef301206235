import Decoding
import Monitoring

/// What only `seaward rules check` looks for, beyond what loading a pack finds: it takes time, or other files.
package enum PackCheck {
    /// All further problems of a set, in the order of its packs, each pack's by line.
    ///
    /// - Parameter suffixes: nil where the list is not installed.
    package static func problems(of set: PackSet, suffixes: PublicSuffixList?) -> [PackProblem] {
        set.packs.flatMap { pack in
            let found =
                shadowed(in: pack) + (suffixes.map { publicSuffixes(in: pack, $0) } ?? []) + PackTest.failures(of: pack)
            return found.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        }
    }

    /// An entry for a domain that belongs to everybody below it.
    private static func publicSuffixes(in pack: Pack, _ suffixes: PublicSuffixList) -> [PackProblem] {
        zip(pack.endpoints, pack.lines).compactMap { endpoint, line in
            let isSuffix: Bool
            let domain: String
            switch endpoint.subject {
            case .exact(let name): (isSuffix, domain) = (false, "\(name)")
            case .suffix(let name): (isSuffix, domain) = (true, "\(name)")
            case .network, .certificate, .userAgent, .mac: return nil
            }
            switch suffixes.kind(of: domain) {
            case nil: return nil
            case .registry:
                return PackProblem(
                    severity: .error, file: pack.file, line: line,
                    message: "'\(domain)' is a public suffix: names below it belong to anybody",
                    hint: "list the vendor's own domain")
            case .company:
                // The bare name is the company's own.
                guard isSuffix else { return nil }
                return PackProblem(
                    severity: .warning, file: pack.file, line: line,
                    message: "'\(domain)' is a public suffix of a company: names below it belong to its customers",
                    hint: "list the full names as 'match: exact', unless the vendor is that company")
            }
        }
    }

    /// An entry that says nothing which a more general one of its pack does not say.
    private static func shadowed(in pack: Pack) -> [PackProblem] {
        var suffixes: [String: Int] = [:]
        var networks: [AddressPrefix: Int] = [:]
        for (index, endpoint) in pack.endpoints.enumerated() {
            switch endpoint.subject {
            case .suffix(let name): suffixes["\(name)"] = index
            case .network(let prefix): networks[prefix] = index
            case .exact, .certificate, .userAgent, .mac: break
            }
        }
        let lengths = Set(networks.keys.map(\.length)).sorted(by: >)
        return pack.endpoints.indices.compactMap { index in
            let endpoint = pack.endpoints[index]
            let wider: Int?
            switch endpoint.subject {
            case .exact(let name): wider = nearest(above: "\(name)", orAt: true, suffixes)
            case .suffix(let name): wider = nearest(above: "\(name)", orAt: false, suffixes)
            case .network(let prefix):
                let wideLength = lengths.first { length in
                    length < prefix.length && networks[AddressPrefix(prefix.address, length: length)] != nil
                }
                wider = wideLength.flatMap { networks[AddressPrefix(prefix.address, length: $0)] }
            case .certificate, .userAgent, .mac: wider = nil
            }
            guard let wider, endpoint.tellsNothingBeyond(pack.endpoints[wider]) else { return nil }
            return PackProblem(
                severity: .warning, file: pack.file, line: pack.lines[index],
                message:
                    "'\(endpoint.subject)' says no more than '\(pack.endpoints[wider].subject)' in line \(pack.lines[wider])",
                hint: "leave it out, or say what is special about it")
        }
    }

    /// The suffix entry that would hold for a name if it had no entry of its own.
    private static func nearest(above name: String, orAt: Bool, _ suffixes: [String: Int]) -> Int? {
        if orAt, let index = suffixes[name] { return index }
        var rest = name[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if let index = suffixes[String(rest)] { return index }
        }
        return nil
    }
}

extension Endpoint {
    /// Whether leaving this entry out would change nothing that a finding says, but for which entry it names.
    fileprivate func tellsNothingBeyond(_ other: Endpoint) -> Bool {
        product == other.product && category == other.category && confidence == other.confidence
            && (region == nil || region == other.region) && isShared == other.isShared
            && ports.allSatisfy(other.ports.contains) && sources.allSatisfy(other.sources.contains)
            && (note == nil || note == other.note)
    }
}
