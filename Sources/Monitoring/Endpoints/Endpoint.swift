package import Decoding

/// One entry of a pack: what it is recognised by, what it is for, and who says so. Immutable and shared.
package final class Endpoint: Sendable {
    /// What a packet must show.
    package enum Subject: Hashable, Sendable {
        /// This host name and no other.
        case exact(HostName)
        /// This domain and every name below it.
        case suffix(HostName)
        /// Every address in this range.
        case network(AddressPrefix)
    }

    package let subject: Subject
    package let vendor: Vendor
    /// As the vendor names it; nil where a range serves several products.
    package let product: String?
    package let category: Category
    package let confidence: Confidence
    /// Documented destination ports; empty where the source names none. Descriptive: a name matches on any port.
    package let ports: [UInt16]
    package let region: String?
    /// Public addresses of the documents that say so. Never empty.
    package let sources: [String]
    package let note: String?

    package init(
        subject: Subject, vendor: Vendor, product: String?, category: Category, confidence: Confidence,
        ports: [UInt16], region: String?, sources: [String], note: String?
    ) {
        self.subject = subject
        self.vendor = vendor
        self.product = product
        self.category = category
        self.confidence = confidence
        self.ports = ports
        self.region = region
        self.sources = sources
        self.note = note
    }

    /// Unique over all packs: `fortinet/update.fortiguard.net`, `fortinet/*.fortinet.com`, `cato-networks/45.62.176.0/20`.
    package var id: String { "\(vendor.id)/\(subject)" }
}

extension Endpoint.Subject: CustomStringConvertible {
    /// The name, `*.name` for a suffix (which holds for the bare name as well), or the range.
    package var description: String {
        switch self {
        case .exact(let name): "\(name)"
        case .suffix(let name): "*.\(name)"
        case .network(let prefix): "\(prefix)"
        }
    }
}

/// Who runs an endpoint: the head of a pack.
package struct Vendor: Hashable, Sendable {
    /// The pack's file name without its ending: `palo-alto-networks`.
    package let id: String
    package let name: String
    /// Other names it goes by, former companies and Chinese names among them.
    package let aliases: [String]
    /// ISO 3166-1 alpha-2.
    package let headquarters: String
    /// The pack's version, a date such as `2026-11-23`.
    package let version: String

    package init(id: String, name: String, aliases: [String], headquarters: String, version: String) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.headquarters = headquarters
        self.version = version
    }
}

/// What an endpoint is for. The raw value is the word in packs and output.
package enum Category: String, CaseIterable, Sendable {
    case update, telemetry, licensing, management
    case threatIntel = "threat-intel"
    case sampleUpload = "sample-upload"
    case logUpload = "log-upload"
    case support
    case remoteAccess = "remote-access"
    case identity, portal
}

/// How sure a pack is that the endpoint belongs to the vendor's product and to nobody else.
package enum Confidence: String, CaseIterable, Comparable, Sendable {
    case low, medium, high

    package static func < (left: Confidence, right: Confidence) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
