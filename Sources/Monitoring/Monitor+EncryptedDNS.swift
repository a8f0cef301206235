import Decoding

/// Flows in which look-ups are hidden: DNS inside TLS, HTTPS, QUIC or DNSCrypt, and relays that carry it.
extension Monitor {
    /// DNS over TLS and DTLS (RFC 7858, section 3.1; RFC 8094, section 3.1) and over QUIC (RFC 9250, section 4.1.1).
    private static let reservedPort: UInt16 = 853

    /// Whether a resolver may answer in secret on this port: besides the reserved one 443 for HTTPS and DNSCrypt, and
    /// 784 and 8853, over UDP, for QUIC as the drafts of RFC 9250 had it.
    private func mayHide(_ resolver: DNSResolver, on port: UInt16, _ transport: IPProtocol) -> Bool {
        switch port {
        case Self.reservedPort, 443: true
        case 784, 8853: transport == .udp || resolver.ports.contains(port)
        default: resolver.ports.contains(port)
        }
    }

    /// The sender of this direction has named the server.
    mutating func noteResolver(_ name: borrowing HostName, _ context: Context) {
        guard let resolver = settings.resolvers.resolver(named: name) else { return }
        mark(context.slot, isUpward: context.isUpward, resolver, by: .name)
    }

    /// The client had resolved a name to the server's address: it has others, and others may have it.
    mutating func noteResolvedResolver(_ name: borrowing HostName, _ slot: Int, isUpward: Bool) {
        guard let resolver = settings.resolvers.resolver(named: name) else { return }
        let key = table.flows[slot].key
        guard canHideLookups(slot), mayHide(resolver, on: isUpward ? key.highPort : key.lowPort, key.transport) else {
            return
        }
        mark(slot, isUpward: isUpward, resolver, by: .name)
    }

    /// Looks whether the server's address or port tells what no name did, once a flow, when it is over.
    mutating func recognizeEncryptedDNS(_ slot: Int) {
        guard table.flows[slot].secrecy == .none, canHideLookups(slot) else { return }
        let isUpward = clientIsLow(table.flows[slot])
        let key = table.flows[slot].key
        let port = isUpward ? key.highPort : key.lowPort
        if let resolver = settings.resolvers.resolver(at: isUpward ? key.high : key.low),
            mayHide(resolver, on: port, key.transport)
        {
            mark(slot, isUpward: isUpward, resolver, by: .address)
        } else if port == Self.reservedPort {
            mark(slot, isUpward: isUpward, nil, by: .port)
        }
    }

    /// Whether a flow carried something, and not DNS in the clear. A connection that nobody answered hides nothing.
    private func canHideLookups(_ slot: Int) -> Bool {
        guard table.flows[slot].method != .dns else { return false }
        switch table.flows[slot].key.transport {
        case .tcp: return table.flows[slot].hasPayload || table.flows[slot].isCut
        case .udp: return table.flows[slot].dnsState != .talking
        default: return false
        }
    }

    private mutating func mark(
        _ slot: Int, isUpward: Bool, _ resolver: DNSResolver?, by evidence: EncryptedDNSList.Evidence
    ) {
        guard table.flows[slot].secrecy == .none else { return }
        let key = table.flows[slot].key
        let (client, server) = isUpward ? (key.low, key.high) : (key.high, key.low)
        // Who comes from outside to a resolver of ours hides nothing of ours.
        guard settings.reportsEveryName || settings.home.contains(client), !server.isMulticastOrBroadcast else {
            return
        }
        table.flows[slot].secrecy = resolver?.kind == .relay ? .everything : .lookups
        counters.coverage.encryptedDNS.add(
            client: client, server: server, port: isUpward ? key.highPort : key.lowPort, transport: key.transport,
            resolver: resolver, evidence: evidence)
    }
}
