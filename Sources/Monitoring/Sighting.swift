package import Decoding

/// How a name was seen. The raw value is the word in output.
package enum Method: String, CaseIterable, Sendable {
    case dns
    case tlsSNI = "tls-sni"
    case quicSNI = "quic-sni"
    case dtlsSNI = "dtls-sni"
    case certificate
    case httpHost = "http-host"
    case userAgent = "user-agent"
    case connect
    case socks
    /// An address that the client had resolved.
    case resolved
    /// A published range of addresses.
    case address
    /// The hardware address of a device.
    case mac

    /// The surest first.
    @inline(__always)
    var rank: Int {
        switch self {
        case .tlsSNI: 0
        case .quicSNI: 1
        case .dtlsSNI: 2
        case .httpHost: 3
        case .connect: 4
        case .socks: 5
        case .certificate: 6
        case .userAgent: 7
        case .dns: 8
        case .resolved: 9
        case .address: 10
        case .mac: 11
        }
    }
}

/// What a ClientHello told besides its name.
package struct HelloFacts: Sendable {
    package var carrier: HelloCarrier
    /// Of the transport, where QUIC is it.
    package var quicVersion: QUICVersion?
    /// The highest that the client offers; nil in Google's own handshake, which is not TLS.
    package var version: TLSVersion?
    package var protocols = ApplicationProtocols()
    package var encryptedName: EncryptedName?
    /// Nil for a hello that never became whole: it would be another client's.
    package var fingerprint: ClientFingerprint?
    /// The hello never became whole.
    package var isPartial = false

    init(_ hello: ClientHello, over carrier: HelloCarrier, fingerprint: ClientFingerprint?, isPartial: Bool) {
        self.carrier = carrier
        version = hello.version
        protocols = hello.applicationProtocols
        encryptedName = hello.encryptedName
        self.fingerprint = fingerprint
        self.isPartial = isPartial
    }

    /// The server name is one in front: the client wants another server behind it.
    package var isOuterName: Bool { encryptedName == .real }

    package init(over carrier: HelloCarrier, version: TLSVersion?) {
        self.carrier = carrier
        self.version = version
    }

    /// Of a CHLO.
    init(google version: QUICVersion) {
        carrier = .quic
        quicVersion = version
    }
}

/// One piece of evidence: a client named something to a server.
package struct Sighting: Sendable {
    /// What only one method tells.
    package enum Detail: Sendable {
        /// - type: what was asked for.
        /// - addresses: the A and AAAA answers to the name, through aliases. Empty for a query.
        /// - hints: the addresses of SVCB and HTTPS records (RFC 9460, section 7.3), which a client may try unasked.
        /// - isRepeat: the answer to a query that was a sighting already.
        case dns(type: DNSType, addresses: [IPAddress], hints: [IPAddress] = [], isRepeat: Bool)
        case hello(HelloFacts)
        /// A request of HTTP/1 without TLS around it.
        case http
        /// The User-Agent field of such a request, escaped. The name is the host it was meant for, where it names one.
        case userAgent(String)
        /// What a client asked a proxy for by HTTP CONNECT, and by SOCKS: the server is the proxy.
        /// - port: of the target.
        case connect(port: UInt16)
        case socks(port: UInt16)
        /// A server's certificate: the name is a host that it holds for, or empty where an entry knows the
        /// certificate by what it says of its owner or its signer.
        case certificate(CertificateNames)
        /// The flow shows no name; its client was told by DNS that the name is at the server's address.
        case resolved
        /// The flow shows no name; its server's address is in a range of a pack. There is no name.
        case address
        /// The inside host has a hardware address of a vendor's devices. Nobody was contacted: the server is the host
        /// itself, the ports are 0, and there is no name.
        case mac(MACAddress)
    }

    package var time: Timestamp
    /// Empty where the method is `address` or `mac`, and for a hello without a server name, which is reported only where
    /// `reportsUnnamedHellos` asks for it.
    package var name: HostName
    package var detail: Detail
    /// The inside host, where the sighting is outbound.
    package var client, server: IPAddress
    package var clientPort, serverPort: UInt16
    package var transport: IPProtocol
    /// As in `Packet.vlan`.
    package var vlan: UInt32
    /// What is around the flow; nil without one.
    package var tunnel: Tunnel?
    /// The number that the capture gave to the interface.
    package var interface: Int
    /// The entry that explains the name; nil where every name is wanted and none does.
    package var endpoint: Endpoint?
    /// The entry whose network the server of a named contact stands in.
    package var neighbour: Endpoint?
    /// Under which `Traffic` tells what the flow carries; 0 where none does.
    package var contact: UInt64 = 0

    package init(
        time: Timestamp, name: HostName, detail: Detail, client: IPAddress, server: IPAddress, clientPort: UInt16,
        serverPort: UInt16, transport: IPProtocol, vlan: UInt32, tunnel: Tunnel? = nil, interface: Int,
        endpoint: Endpoint?
    ) {
        self.time = time
        self.name = name
        self.detail = detail
        self.client = client
        self.server = server
        self.clientPort = clientPort
        self.serverPort = serverPort
        self.transport = transport
        self.vlan = vlan
        self.tunnel = tunnel
        self.interface = interface
        self.endpoint = endpoint
    }

    package var method: Method { Self.method(of: detail) }

    /// The client went on to the server itself; a look-up alone is none, and a device has done nothing yet.
    package var isContact: Bool { method != .dns && method != .mac }

    static func method(of detail: borrowing Detail) -> Method {
        switch detail {
        case .dns: .dns
        case .hello(let facts):
            switch facts.carrier {
            case .tls: .tlsSNI
            case .quic: .quicSNI
            case .dtls: .dtlsSNI
            }
        case .http: .httpHost
        case .userAgent: .userAgent
        case .connect: .connect
        case .socks: .socks
        case .certificate: .certificate
        case .resolved: .resolved
        case .address: .address
        case .mac: .mac
        }
    }

    /// What was seen that the entry explains, as text: a name, the User-Agent, the names in the certificate, the
    /// hardware address, else the server's address.
    package var value: String {
        switch detail {
        case .userAgent(let text): return text
        case .mac(let address): return "\(address)"
        case .certificate(let names):
            guard case .certificate(let pattern) = endpoint?.subject else { return "\(name)" }
            return names.text(pattern.concerns)
        case .dns, .hello, .http, .connect, .socks, .resolved, .address:
            return name.isEmpty ? "\(server)" : "\(name)"
        }
    }
}

/// What is around a flow: the outermost IP addresses of the packet that opened it, and the network inside.
package struct Tunnel: Hashable, Sendable {
    /// On the client's side and on the server's side.
    package var client, server: IPAddress
    /// As in `Packet.virtualNetwork`.
    package var virtualNetwork: UInt32?
    /// As in `Packet.vlan`: the tags inside.
    package var vlan: UInt32

    package init(client: IPAddress, server: IPAddress, virtualNetwork: UInt32? = nil, vlan: UInt32 = 0) {
        self.client = client
        self.server = server
        self.virtualNetwork = virtualNetwork
        self.vlan = vlan
    }

    var reversed: Tunnel { Tunnel(client: server, server: client, virtualNetwork: virtualNetwork, vlan: vlan) }

    /// With the packet's sender as client; nil without a tunnel.
    init?(around packet: borrowing Packet) {
        guard let source = packet.outerSource, let destination = packet.outerDestination else { return nil }
        self.init(client: source, server: destination, virtualNetwork: packet.virtualNetwork, vlan: packet.vlan)
    }
}

/// Whose a certificate is, and who signed it. Bytes that are not printable ASCII stand as `\DDD`.
package struct CertificateNames: Equatable, Sendable {
    package var commonName, organization, organizationalUnit: String?
    package var issuerCommonName, issuerOrganization, issuerOrganizationalUnit: String?

    package init(
        commonName: String? = nil, organization: String? = nil, organizationalUnit: String? = nil,
        issuerCommonName: String? = nil, issuerOrganization: String? = nil, issuerOrganizationalUnit: String? = nil
    ) {
        self.commonName = commonName
        self.organization = organization
        self.organizationalUnit = organizationalUnit
        self.issuerCommonName = issuerCommonName
        self.issuerOrganization = issuerOrganization
        self.issuerOrganizationalUnit = issuerOrganizationalUnit
    }

    /// `subject CN=FG100D3G13803999 O=Fortinet`, and the same for the issuer, of those parties that are wanted.
    package func text(_ isWanted: (CertificatePattern.Party) -> Bool) -> String {
        let parties: [(CertificatePattern.Party, [(String, String?)])] = [
            (.subject, [("CN", commonName), ("O", organization), ("OU", organizationalUnit)]),
            (.issuer, [("CN", issuerCommonName), ("O", issuerOrganization), ("OU", issuerOrganizationalUnit)]),
        ]
        return parties.filter { isWanted($0.0) }.map { party, attributes in
            let parts = attributes.compactMap { key, value in value.map { "\(key)=\($0)" } }
            return ([party.rawValue] + parts).joined(separator: " ")
        }.joined(separator: ", ")
    }
}
