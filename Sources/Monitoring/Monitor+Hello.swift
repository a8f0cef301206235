import Decoding

/// What is said of a ClientHello, whatever carried it.
extension Monitor {
    /// Whether a hello is to be told of, and which entry explains its name: asked before anything is hashed.
    ///
    /// - Returns: nil for a hello that nobody asked for. It is counted all the same.
    @inline(__always)
    mutating func interest(in hello: borrowing ClientHello, over carrier: HelloCarrier) -> Interest? {
        guard let name = hello.serverName, !name.isEmpty else {
            counters.hellosWithoutName &+= 1
            return settings.reportsUnnamedHellos ? Interest(endpoint: nil) : nil
        }
        return interest(in: name, over: carrier)
    }

    @inline(__always)
    mutating func interest(in name: HostName, over carrier: HelloCarrier) -> Interest? {
        if name.isTruncated { counters.count(.serverNameTooLong) }
        switch carrier {
        case .tls: counters.tlsNames &+= 1
        case .quic: counters.quicNames &+= 1
        case .dtls: counters.dtlsNames &+= 1
        }
        let endpoint = endpoints.endpoint(for: name)
        return endpoint != nil || settings.reportsEveryName ? Interest(endpoint: endpoint) : nil
    }

    struct Interest {
        var endpoint: Endpoint?
    }

    /// Reports a hello in which there is interest. Its sender is the client.
    mutating func report(_ name: HostName?, _ facts: HelloFacts, _ interest: Interest, _ context: Context) {
        let key = table.flows[context.slot].key
        let isMatch = report(
            Sighting(
                time: context.time, name: name ?? HostName(), detail: .hello(facts),
                client: context.isUpward ? key.low : key.high, server: context.isUpward ? key.high : key.low,
                clientPort: context.isUpward ? key.lowPort : key.highPort,
                serverPort: context.isUpward ? key.highPort : key.lowPort,
                transport: facts.carrier == .tls ? .tcp : .udp, vlan: key.vlan, interface: context.interface,
                endpoint: interest.endpoint),
            matching: interest.endpoint)
        if isMatch { table.promote(context.slot, to: .matched, now) }
    }
}
