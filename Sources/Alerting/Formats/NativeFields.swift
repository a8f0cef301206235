import Monitoring

/// The fields in the shape that JSON gives them. A nil is left out.
struct NativeFields: Encodable {
    struct Event: Encodable {
        let kind: String
        let category: [String]
        let type: [String]
        let action: String
        let severity: Int
        let id: String
        let reason: String
        let start: String
        let end: String
    }
    struct Rule: Encodable {
        let id: String
        let name: String
        let category: String
        let ruleset: String
        let version: String
        let reference: [String]
    }
    struct Interface: Encodable { let name: String }
    struct Ingress: Encodable { let interface: Interface }
    struct Observer: Encodable {
        let product = "seaward"
        let version: String
        let hostname: String?
        let ingress: Ingress?
    }
    struct Geo: Encodable { let country_iso_code: String }
    struct Organization: Encodable { let name: String }
    struct AutonomousSystem: Encodable {
        let number: UInt32
        let organization: Organization?
    }
    struct End: Encodable {
        let ip: String
        let port: UInt16?
        var domain: String?
        var mac: String?
        /// What it sent, in the finding as a whole.
        var bytes: UInt64?
        var packets: UInt64?
        var geo: Geo?
        var `as`: AutonomousSystem?
    }
    struct VLAN: Encodable { let id: String }
    struct Network: Encodable {
        let transport: String?
        let `protocol`: String?
        let type: String
        let direction: String?
        let community_id: String?
        let vlan: VLAN?
    }
    struct Question: Encodable { let name: String, type: String }
    struct DNS: Encodable { let question: Question }
    struct TLSClient: Encodable {
        let server_name: String
        let ja3: String?
    }
    struct Subject: Encodable {
        let common_name, organization, organizational_unit: String?
    }
    struct Issuer: Encodable {
        let common_name, organization, organizational_unit: String?
    }
    struct UserAgent: Encodable { let original: String }
    struct X509: Encodable { let subject: Subject, issuer: Issuer }
    struct TLSServer: Encodable { let x509: X509 }
    struct TLS: Encodable {
        var client: TLSClient?
        var server: TLSServer?
    }
    /// What the client asked a proxy for.
    struct ProxyTarget: Encodable { let domain: String, port: UInt16? }
    struct Vendor: Encodable { let id: String, name: String }
    struct Evidence: Encodable {
        let method: String
        let value: String
        let endpoint: String
        let first_seen: String
        let last_seen: String
        let count: UInt64
        let sources: [String]

        init(_ evidence: Monitoring.Evidence) {
            method = evidence.method.rawValue
            value = evidence.value
            endpoint = "\(evidence.endpoint.subject)"
            first_seen = "\(evidence.firstSeen)"
            last_seen = "\(evidence.lastSeen)"
            count = evidence.count
            sources = evidence.endpoint.sources
        }
    }
    struct Hello: Encodable {
        /// The highest that the client offers.
        let version: String?
        let quic_version: String?
        let alpn: [String]
        let partial: Bool
    }
    /// What was agreed to, by whom, and the last day on which it holds.
    struct ExceptionFields: Encodable {
        let reason: String
        let approved_by, until: String?
    }
    /// What is around the flow: the addresses of its ends, and the network of VXLAN and GENEVE.
    struct TunnelFields: Encodable { let source_ip, destination_ip: String, vni: UInt32? }
    /// A hello that may hide its name.
    struct EncryptedHello: Encodable {
        let present = true
        /// Whether it does, as far as that can be told.
        let kind: String
        /// Where it does: the name in front, which is not the destination's.
        let outer_name: String?
    }
    /// Who the client is, and by what that is known.
    struct HostFields: Encodable {
        let id, identity: String
        let name, name_source, owner, site: String?

        init(_ host: Monitoring.Host) {
            id = host.id
            identity = host.identity.rawValue
            name = host.name
            name_source = host.nameSource?.rawValue
            owner = host.owner
            site = host.site
        }
    }
    /// Sent out of the home country.
    struct Overseas: Encodable {
        let home: [String]
        let destination: String
        let bytes_out: UInt64
        /// The database that places the destination, with its date.
        let basis: String?
        /// Anycast or a CDN: the machine that answers may stand elsewhere.
        let uncertain: Bool
        let shared_by: String?
    }
    /// What came since the alert before.
    struct News: Encodable {
        let sightings: Int
        let flows, bytes_out, bytes_in: UInt64
        let values: [String]

        init(_ news: Alert.News) {
            sightings = news.sightings
            flows = news.tally.flows
            bytes_out = news.tally.bytesOut
            bytes_in = news.tally.bytesIn
            values = news.values
        }
    }
    /// How regular the contacts are, in seconds.
    struct Beat: Encodable { let interval, jitter: Double }
    struct Seaward: Encodable {
        let host: HostFields
        let flows, application_bytes_out: UInt64
        let overseas: Overseas?
        let contradictions: [Evidence]?
        let news: News?
        let beat: Beat?
        let vendor: Vendor
        let product: String?
        let category: String
        let confidence: String
        let severity: String
        let evidence: [Evidence]
        let hello: Hello?
        let ja4: String?
        let ech: EncryptedHello?
        let proxy_target: ProxyTarget?
        let exception: ExceptionFields?
        let tunnel: TunnelFields?
    }

    let timestamp: String
    let ecs = ["version": "9.0.0"]
    let event: Event
    let rule: Rule
    let observer: Observer
    let source: End
    /// Nil where the method is `mac`: nobody was contacted.
    let destination: End?
    let network: Network
    let dns: DNS?
    let tls: TLS?
    var user_agent: UserAgent?
    let seaward: Seaward

    enum CodingKeys: String, CodingKey {
        case timestamp = "@timestamp"
        case ecs, event, rule, observer, source, destination, network, dns, tls, user_agent, seaward
    }
}
