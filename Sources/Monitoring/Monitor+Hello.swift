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

    /// Notes what a flow's hello has shown. In datagrams nothing else can name the server then.
    mutating func note(_ hello: borrowing ClientHello, _ method: Method, _ context: Context) {
        if hello.encryptedName != nil { table.flows[context.slot].hasEncryptedName = true }
        if let name = hello.serverName, !name.isEmpty {
            note(method, context)
            noteResolver(name, context)
        } else {
            table.flows[context.slot].hasNamelessHello = true
        }
    }

    /// What a hello that nobody but this flow's sender has made tells besides its name.
    func facts(
        _ hello: borrowing ClientHello, over carrier: HelloCarrier, fingerprint: ClientFingerprint?, isPartial: Bool,
        _ context: Context
    ) -> HelloFacts {
        var facts = HelloFacts(hello, over: carrier, fingerprint: fingerprint, isPartial: isPartial)
        if facts.encryptedName == .encryptedHello {
            let key = table.flows[context.slot].key
            facts.encryptedName = publishedKeys.judge(
                hello.encryptedHello, name: hello.serverName, client: context.isUpward ? key.low : key.high,
                at: context.time)
        }
        return facts
    }

    struct Interest {
        var endpoint: Endpoint?
    }
}
