import Crypto
import Decoding
package import Monitoring

/// A message about one finding.
package struct Alert: Sendable {
    package enum Action: String, Sendable {
        /// Seen for the first time.
        case opened
        /// Worse than what was told before: looked up and now contacted, or data sent.
        case escalated
        /// Still going on, after the repeat interval.
        case active
    }

    /// What came since the alert before.
    package struct News: Sendable {
        /// Sightings, this one included.
        package var sightings = 0
        package var tally = Tally()
        /// Names, addresses and marks that were not seen before.
        package var values: [String] = []

        package init() {}
    }

    package let action: Action
    /// As it was when the alert arose.
    package let finding: Finding
    /// All that speaks for the finding, look-ups included.
    package let evidence: [Evidence]
    /// The latest sighting; its endpoint is never nil.
    package let sighting: Sighting
    package let endpoint: Endpoint
    /// When what caused it was captured.
    package let time: Timestamp
    package let news: News

    package init(
        action: Action, finding: Finding, evidence: [Evidence], sighting: Sighting, endpoint: Endpoint,
        time: Timestamp, news: News
    ) {
        self.action = action
        self.finding = finding
        self.evidence = evidence
        self.sighting = sighting
        self.endpoint = endpoint
        self.time = time
        self.news = news
    }

    package var severity: Severity { finding.severity }
    package var confidence: Confidence { Confidence(fusing: evidence) }
    /// Why nobody is to be alerted; nil for an alert. Only records tell of it.
    package var exception: Exception? { finding.exception }
    /// Where the server of the latest sighting is; nil where nothing was contacted.
    package var place: Place? {
        guard sighting.isContact else { return nil }
        return finding.destinations.first { $0.address == sighting.server }?.place
    }

    /// The same capture gives the same identifiers: 32 hexadecimal digits.
    package var id: String {
        let digest = SHA256.hash(data: Array("\(finding.key.sortKey)|\(time.nanoseconds)|\(action.rawValue)".utf8))
        return digest.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What the client did, for people.
    package var verb: String {
        switch sighting.act {
        case .contact: return severity == .critical ? "sent data to" : "contacted"
        case .lookUp: return "looked up"
        case .presence: return "has the hardware address"
        }
    }

    /// One sentence for people. Names from the wire come escaped.
    package var reason: String {
        let vendor = [endpoint.vendor.name, endpoint.category.rawValue, endpoint.product ?? ""].filter { !$0.isEmpty }
        var text = "\(finding.host.label) \(verb) \(sighting.target)"
        if case .code(let country) = finding.key.destination { text += " in \(country)" }
        text += ": \(vendor.joined(separator: ", "))"
        if finding.tally.bytesOut > 0 { text += "; \(finding.tally.bytesOut) bytes sent" }
        if action == .active {
            text += "; \(news.sightings) times since the last alert, first seen \(finding.firstSeen.text(fraction: 0))"
        }
        return text
    }
}

extension Host {
    /// For people: the name, where there is one, and the address.
    package var label: String { name.map { "\($0) (\(address))" } ?? "\(address)" }
}

extension Sighting {
    /// What the client did.
    enum Act {
        case contact, lookUp
        /// Nothing: it is there.
        case presence
    }

    var act: Act {
        switch method {
        case .dns: .lookUp
        case .mac: .presence
        default: .contact
        }
    }

    /// Whom the client named or reached, for people: a name, or an address with what was seen of it.
    var target: String {
        let whom = name.isEmpty ? "\(server)" : "\(name)"
        switch detail {
        case .userAgent(let text): return "\(whom) as '\(text)'"
        case .certificate where name.isEmpty: return "\(whom), whose certificate has \(value)"
        case .mac: return value
        case .dns, .hello, .http, .connect, .socks, .certificate, .resolved, .address: return whom
        }
    }
}
