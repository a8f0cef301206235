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
        /// A server's certificate that says this of itself.
        case certificate(CertificatePattern)
        /// The User-Agent field of a request of HTTP/1 (RFC 9110, section 10.1.5).
        case userAgent(TextPattern)
        /// Every hardware address that begins so.
        case mac(MACPrefix)
    }

    package let subject: Subject
    /// The entry's own identifier within the pack, where the subject cannot serve as one.
    package let label: String?
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
    /// The name or address stands on a cloud or CDN that many tenants share: by its address alone nobody is named.
    package let isShared: Bool

    package init(
        subject: Subject, label: String? = nil, vendor: Vendor, product: String?, category: Category,
        confidence: Confidence, ports: [UInt16], region: String?, sources: [String], note: String?,
        isShared: Bool = false
    ) {
        self.subject = subject
        self.label = label
        self.vendor = vendor
        self.product = product
        self.category = category
        self.confidence = confidence
        self.ports = ports
        self.region = region
        self.sources = sources
        self.note = note
        self.isShared = isShared
    }

    /// Unique over all packs: `fortinet/update.fortiguard.net`, `fortinet/*.fortinet.com`, `cato-networks/45.62.176.0/20`,
    /// `fortinet/00:09:0f`, and with a label `fortinet/fortigate-factory`. No blank is in it.
    package var id: String { "\(vendor.id)/\(label ?? "\(subject)")" }
}

extension Endpoint.Subject {
    /// What it is recognised by. The raw value is the word for people.
    package enum Kind: String, CaseIterable, Sendable {
        case name, network, certificate
        case userAgent = "user-agent"
        case mac
    }

    package var kind: Kind {
        switch self {
        case .exact, .suffix: .name
        case .network: .network
        case .certificate: .certificate
        case .userAgent: .userAgent
        case .mac: .mac
        }
    }
}

extension Endpoint.Subject: CustomStringConvertible {
    /// The name, `*.name` for a suffix (which holds for the bare name as well), the range, the patterns, or the prefix.
    package var description: String {
        switch self {
        case .exact(let name): "\(name)"
        case .suffix(let name): "*.\(name)"
        case .network(let prefix): "\(prefix)"
        case .certificate(let pattern): "\(pattern)"
        case .userAgent(let pattern): "User-Agent \(pattern)"
        case .mac(let prefix): "\(prefix)"
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

    /// The surer the higher, from 0.
    package var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
