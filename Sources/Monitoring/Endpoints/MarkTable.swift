package import Decoding

/// The entries that are recognised by what hosts say of themselves: marks of certificates and of agents, and prefixes of
/// hardware addresses.
///
/// The marks are few, and what they are held against is rare: a certificate in the clear, a request without TLS. So each is
/// tried in turn.
package struct MarkTable: Sendable {
    /// Marks of one kind in one pack. The shipped ones have 13 at most; a thousand are tried within a millisecond or so.
    package static let limit = 1_000

    private var certificates: [(pattern: CertificatePattern, endpoint: Endpoint)] = []
    private var userAgents: [(pattern: TextPattern, endpoint: Endpoint)] = []
    private var hardware: [MACPrefix: Endpoint] = [:]

    package init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints {
            switch endpoint.subject {
            case .certificate(let pattern): certificates.append((pattern, endpoint))
            case .userAgent(let pattern): userAgents.append((pattern, endpoint))
            case .mac(let prefix):
                // As with names: the surer one answers, and the first of equals.
                if let known = hardware[prefix], known.confidence >= endpoint.confidence { continue }
                hardware[prefix] = endpoint
            case .exact, .suffix, .network: break
            }
        }
        // The one with more conditions says more; then the surer one, then the first.
        certificates = Self.ranked(certificates) { $0.conditions.count }
        userAgents = Self.ranked(userAgents) { $0.description.utf8.count }
    }

    package var hasUserAgents: Bool { !userAgents.isEmpty }

    /// The entry that says most of those that a server's certificate shows.
    package func endpoint(for certificate: Certificate, in bytes: Bytes) -> Endpoint? {
        for (pattern, endpoint) in certificates where pattern.matches(certificate, in: bytes) { return endpoint }
        return nil
    }

    /// The longest pattern that the value of a User-Agent field fits.
    package func endpoint(forUserAgent range: Range<Int>, in bytes: Bytes) -> Endpoint? {
        for (pattern, endpoint) in userAgents where pattern.matches(bytes, in: range) { return endpoint }
        return nil
    }

    /// The entry of the longest prefix that a hardware address begins with.
    package func endpoint(for address: MACAddress) -> Endpoint? {
        for length in MACPrefix.lengths.reversed() {
            if let endpoint = hardware[MACPrefix(of: address, length: length)] { return endpoint }
        }
        return nil
    }

    private static func ranked<Pattern>(
        _ marks: [(pattern: Pattern, endpoint: Endpoint)], by rank: (Pattern) -> Int
    ) -> [(pattern: Pattern, endpoint: Endpoint)] {
        marks.enumerated().sorted { left, right in
            let (first, second) = (rank(left.element.pattern), rank(right.element.pattern))
            if first != second { return first > second }
            let (one, other) = (left.element.endpoint.confidence, right.element.endpoint.confidence)
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }
}
