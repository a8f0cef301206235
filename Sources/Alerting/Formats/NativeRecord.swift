import Decoding
import Foundation
import Monitoring

/// The native record: one JSON object a line, in the field names of the Elastic Common Schema, version 9.
/// What ECS lacks stands under `seaward`.
///
/// `Tests/native-record.schema.json` freezes it.
package struct NativeRecord {
    package let observer: Observer

    /// The sensor that reports.
    package struct Observer: Sendable {
        package var version: String
        /// Nil in a replay: the same capture gives the same bytes on every machine.
        package var hostname: String?
        /// The names of the watched interfaces, by their number in the sightings; empty in a replay.
        package var interfaces: [String]
        /// The home country, ISO 3166-1 alpha-2, and the territories that count as domestic with it.
        package var home: [String]

        package init(version: String, hostname: String? = nil, interfaces: [String] = [], home: [String] = ["CN"]) {
            self.version = version
            self.hostname = hostname
            self.interfaces = interfaces
            self.home = home
        }
    }

    private let encoder: JSONEncoder

    package init(observer: Observer) {
        self.observer = observer
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The record of an alert, without a line end.
    package func line(for alert: Alert) throws -> String {
        String(decoding: try encoder.encode(Fields(alert, observer)), as: UTF8.self)
    }
}

/// The fields in the shape that JSON gives them. A nil is left out.
private struct Fields: Encodable {
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

    init(_ alert: Alert, _ sensor: NativeRecord.Observer) {
        let sighting = alert.sighting
        let endpoint = alert.endpoint
        let name = sighting.value
        timestamp = "\(alert.time)"
        let isFlow = sighting.act != .presence
        event = Event(
            kind: alert.exception == nil ? "alert" : "event", category: [isFlow ? "network" : "host"],
            type: [sighting.isContact ? "connection" : "info"], action: alert.action.rawValue,
            severity: alert.severity.syslogLevel, id: alert.id, reason: alert.reason,
            start: "\(alert.finding.firstSeen)",
            end: "\(alert.time)")
        rule = Rule(
            id: endpoint.id, name: endpoint.product ?? endpoint.vendor.name, category: endpoint.category.rawValue,
            ruleset: endpoint.vendor.id, version: endpoint.vendor.version, reference: endpoint.sources)
        let interface =
            sensor.interfaces.indices.contains(sighting.interface) ? sensor.interfaces[sighting.interface] : nil
        observer = Observer(
            version: sensor.version, hostname: sensor.hostname,
            ingress: interface.map { Ingress(interface: Interface(name: $0)) })
        let tally = alert.finding.tally
        let isCounted = tally.packetsOut + tally.packetsIn > 0
        let place = alert.place
        source = End(
            ip: "\(sighting.client)", port: isFlow ? sighting.clientPort : nil, domain: alert.finding.host.name,
            mac: sighting.hardware ?? alert.finding.host.mac.map(Self.ecsMAC),
            bytes: isCounted ? tally.bytesOut : nil, packets: isCounted ? tally.packetsOut : nil)
        let server = End(
            ip: "\(sighting.server)", port: sighting.serverPort,
            domain: sighting.isContact && !sighting.name.isEmpty ? "\(sighting.name)" : nil,
            bytes: isCounted ? tally.bytesIn : nil, packets: isCounted ? tally.packetsIn : nil,
            geo: place?.country.map { Geo(country_iso_code: $0) },
            as: place?.autonomousSystem.map {
                AutonomousSystem(number: $0.number, organization: $0.organisation.map { Organization(name: $0) })
            })
        destination = isFlow ? server : nil
        let community = communityID(
            source: sighting.client, destination: sighting.server, transport: sighting.transport,
            sourcePort: sighting.clientPort, destinationPort: sighting.serverPort)
        network = Network(
            transport: isFlow ? "\(sighting.transport)" : nil, protocol: sighting.protocolName,
            type: sighting.client.isIPv4 ? "ipv4" : "ipv6", direction: isFlow ? "outbound" : nil,
            community_id: isFlow ? community : nil,
            vlan: sighting.vlan == 0 ? nil : VLAN(id: "\(sighting.vlan & 0xfff)"))
        var hello: Hello?
        var facts: HelloFacts?
        var target: ProxyTarget?
        switch sighting.detail {
        case .dns(let type, _, _, _):
            dns = DNS(question: Question(name: name, type: "\(type)"))
            tls = nil
        case .hello(let told):
            facts = told
            dns = nil
            tls = TLS(client: TLSClient(server_name: name, ja3: told.fingerprint?.ja3))
            hello = Hello(
                version: told.version.map { "\($0)" }, quic_version: told.quicVersion.map { "\($0)" },
                alpn: told.protocols.names, partial: told.isPartial)
        case .http, .resolved, .address, .mac:
            (dns, tls) = (nil, nil)
        case .userAgent(let text):
            (dns, tls) = (nil, nil)
            user_agent = UserAgent(original: text)
        case .connect(let port), .socks(let port):
            (dns, tls) = (nil, nil)
            target = ProxyTarget(domain: name, port: port == 0 ? nil : port)
        case .certificate(let names):
            dns = nil
            let subject = Subject(
                common_name: names.commonName, organization: names.organization,
                organizational_unit: names.organizationalUnit)
            let issuer = Issuer(
                common_name: names.issuerCommonName, organization: names.issuerOrganization,
                organizational_unit: names.issuerOrganizationalUnit)
            tls = TLS(server: TLSServer(x509: X509(subject: subject, issuer: issuer)))
        }
        let contradictions = alert.evidence.filter(\.isContradiction).map(Evidence.init)
        var overseas: Overseas?
        if case .code(let country) = alert.finding.key.destination, !sensor.home.contains(country) {
            overseas = Overseas(
                home: sensor.home, destination: country, bytes_out: tally.bytesOut, basis: place?.basis,
                uncertain: place?.isUncertain ?? false, shared_by: place?.operator)
        }
        let encrypted = facts?.encryptedName.map {
            EncryptedHello(kind: $0.kind, outer_name: $0 == .real ? name : nil)
        }
        seaward = Seaward(
            host: HostFields(alert.finding.host), flows: tally.flows,
            application_bytes_out: tally.applicationBytesOut, overseas: overseas,
            contradictions: contradictions.isEmpty ? nil : contradictions,
            news: alert.action == .active ? News(alert.news) : nil,
            beat: alert.finding.rhythm.beat.map { Beat(interval: $0.interval, jitter: $0.jitter) },
            vendor: Vendor(id: endpoint.vendor.id, name: endpoint.vendor.name), product: endpoint.product,
            category: endpoint.category.rawValue, confidence: alert.confidence.rawValue,
            severity: alert.severity.rawValue, evidence: alert.evidenceLatestFirst.map(Evidence.init), hello: hello,
            ja4: facts?.fingerprint?.ja4, ech: encrypted, proxy_target: target,
            exception: alert.exception.map {
                ExceptionFields(reason: $0.reason, approved_by: $0.approvedBy, until: $0.until?.day)
            },
            tunnel: sighting.tunnel.map {
                TunnelFields(source_ip: "\($0.client)", destination_ip: "\($0.server)", vni: $0.virtualNetwork)
            })
    }
}

extension Fields {
    /// ECS writes hardware addresses in capitals with hyphens (RFC 7042).
    fileprivate static func ecsMAC(_ address: MACAddress) -> String {
        "\(address)".uppercased().replacingOccurrences(of: ":", with: "-")
    }
}

extension Alert {
    /// What speaks for the finding, and in front of it what the latest sighting showed.
    fileprivate var evidenceLatestFirst: [Monitoring.Evidence] {
        let agreeing = evidence.filter { !$0.isContradiction && $0.count > 0 }
        func isLatest(_ evidence: Monitoring.Evidence) -> Bool {
            evidence.method == sighting.method && evidence.value == sighting.value
                && evidence.endpoint.id == endpoint.id
        }
        return agreeing.filter(isLatest) + agreeing.filter { !isLatest($0) }
    }
}

extension EncryptedName {
    fileprivate var kind: String { self == .encryptedHello ? "unknown" : rawValue }
}

extension Sighting {
    /// The word of ECS `network.protocol`: what the packets themselves spoke.
    fileprivate var protocolName: String? {
        switch method {
        case .dns: "dns"
        case .certificate where transport == .udp: "dtls"
        case .tlsSNI, .certificate: "tls"
        case .quicSNI: "quic"
        case .dtlsSNI: "dtls"
        case .httpHost, .userAgent, .connect: "http"
        case .socks: "socks"
        case .resolved, .address, .mac: nil
        }
    }

    /// As ECS writes `source.mac` (RFC 7042, section 2.1): upper case with hyphens. Only where it is the evidence.
    fileprivate var hardware: String? {
        guard case .mac(let address) = detail else { return nil }
        return "\(address)".uppercased().replacing(":", with: "-")
    }
}
