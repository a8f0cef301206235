import Decoding
import Foundation
import Monitoring

extension NativeFields {
    /// What an alert fills in.
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

extension NativeFields {
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
