import Crypto
import Decoding
package import Monitoring

/// A message about one client, one endpoint and one method.
package struct Alert: Sendable {
    package enum Action: String, Sendable {
        /// Seen for the first time.
        case opened
        /// Seen again after the repeat interval.
        case active
    }

    package let action: Action
    /// The latest sighting; its endpoint is never nil.
    package let sighting: Sighting
    package let endpoint: Endpoint
    package let severity: Severity
    /// Sightings since the alert before, this one included.
    package let count: Int
    package let firstSeen: Timestamp
    /// Why nobody is to be alerted; nil for an alert. Only records tell of it.
    package let exception: Exception?

    package init(
        action: Action, sighting: Sighting, endpoint: Endpoint, severity: Severity, count: Int, firstSeen: Timestamp,
        exception: Exception? = nil
    ) {
        self.action = action
        self.sighting = sighting
        self.endpoint = endpoint
        self.severity = severity
        self.count = count
        self.firstSeen = firstSeen
        self.exception = exception
    }

    package var lastSeen: Timestamp { sighting.time }

    /// The same capture gives the same identifiers: 32 hexadecimal digits.
    package var id: String {
        let facts =
            "\(endpoint.id)|\(sighting.client)|\(sighting.method.rawValue)|\(lastSeen.nanoseconds)|\(action.rawValue)"
        let digest = SHA256.hash(data: Array(facts.utf8))
        return digest.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// One sentence for people. Names from the wire come escaped.
    package var reason: String {
        let vendor = [endpoint.vendor.name, endpoint.category.rawValue, endpoint.product ?? ""].filter { !$0.isEmpty }
        var text = "\(sighting.client) \(sighting.act.verb) \(sighting.target): \(vendor.joined(separator: ", "))"
        if action == .active {
            text += "; \(count) times since the last alert, first seen \(firstSeen.text(fraction: 0))"
        }
        return text
    }
}

extension Sighting {
    /// The client went on to the server itself; a look-up alone is none, and a device has done nothing yet.
    package var isContact: Bool { act == .contact }

    /// What the client did.
    enum Act {
        case contact, lookUp
        /// Nothing: it is there.
        case presence

        /// In front of whom it was done to.
        var verb: String {
            switch self {
            case .contact: "contacted"
            case .lookUp: "looked up"
            case .presence: "has the hardware address"
            }
        }
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
