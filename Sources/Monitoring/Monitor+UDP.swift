import Decoding

/// Hellos in datagrams: QUIC and DTLS. Each direction of a flow has a list of those that wait for the rest.
extension Monitor {
    /// Datagrams go to the protocol that their first bytes name, on whatever port; what is left may be DNS.
    @inline(__always)
    mutating func observeUDP(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        if payload[0] & 0x80 != 0 {
            if observeLongHeader(payload, packet, context) { return }
        } else if DTLSHandshake.canStart(payload) {
            return observeDTLS(payload, packet, context)
        } else if let header = GooglePublicHeader(payload) {
            return observeGoogleHello(payload, header.version, mark: header.mark, context)
        }
        observeDNS(payload, packet, context)
    }

    // MARK: Hellos that wait

    /// Hellos of one direction that wait at the same time. A client that opens more connections between the same two
    /// ports within a round trip is none that was met.
    private static let waitingLimit = 4

    /// What waits in this direction.
    func firstWaiting(_ context: Context) -> Int? {
        let slot = table.flows[context.slot][isUpward: context.isUpward].prefix
        return slot < 0 ? nil : Int(slot)
    }

    func nextWaiting(_ slot: Int) -> Int? {
        let next = pool.entries[slot].next
        return next < 0 ? nil : Int(next)
    }

    mutating func addWaiting(_ handshake: PrefixPool.Handshake, _ context: Context) -> Int {
        var count = 0
        var oldest = firstWaiting(context)
        while let slot = oldest, let next = nextWaiting(slot) {
            count += 1
            oldest = next
        }
        if count + 1 >= Self.waitingLimit, let oldest {
            counters.prefixesEvicted &+= 1
            table.flows[pool.entries[oldest].flow].hasMetLimit = true
            giveUp(oldest)
        }
        let slot = pool.add(flow: context.slot, isUpward: context.isUpward, since: now, interface: context.interface)
        pool.entries[slot].handshake = handshake
        pool.entries[slot].next = table.flows[context.slot][isUpward: context.isUpward].prefix
        table.flows[context.slot][isUpward: context.isUpward].prefix = Int32(slot)
        table.flows[context.slot][isUpward: context.isUpward].state = .gathering
        return slot
    }

    mutating func removeWaiting(_ slot: Int) {
        let flow = pool.entries[slot].flow
        let isUpward = pool.entries[slot].isUpward
        let next = pool.entries[slot].next
        let first = table.flows[flow][isUpward: isUpward].prefix
        if first == Int32(slot) {
            table.flows[flow][isUpward: isUpward].prefix = next
        } else {
            var before = Int(first)
            while before >= 0, pool.entries[before].next != Int32(slot) { before = Int(pool.entries[before].next) }
            if before >= 0 { pool.entries[before].next = next }
        }
        pool.remove(slot)
        if table.flows[flow][isUpward: isUpward].prefix < 0 { table.flows[flow][isUpward: isUpward].state = .settled }
    }

    /// Ends the wait for a hello that is none.
    mutating func dropWaiting(_ slot: Int) {
        let entry = pool.entries[slot]
        removeWaiting(slot)
        if case .quic(let keys) = entry.handshake {
            table.flows[entry.flow][isUpward: entry.isUpward].base = keys.destination.mark
        }
    }

    /// Ends the wait of a message: it is whole, or no longer can be, or time is up.
    mutating func endWaiting(_ slot: Int, isPartial: Bool) {
        let entry = pool.entries[slot]
        removeWaiting(slot)
        guard let handshake = entry.handshake, entry.prefix.contiguous.count > 0 else { return }
        var context = Context(slot: entry.flow, isUpward: entry.isUpward, time: now, interface: entry.interface)
        if isPartial { context.time = entry.since }
        // The limits of a flow hold for each of its hellos.
        table.flows[entry.flow][isUpward: entry.isUpward].strays = 0
        var body = entry.prefix.contiguous.span
        switch handshake {
        case .quic(let keys):
            table.flows[entry.flow][isUpward: entry.isUpward].base = keys.destination.mark
            guard body.count > 4 else { return counters.count(.helloIncomplete) }
            let length = Int(body[1]) << 16 | Int(body[2]) << 8 | Int(body[3])
            body = body.extracting(droppingFirst: 4)
            if length < body.count { body = body.extracting(first: length) }
            reportHello(body, over: .quic, keys.version, isPartial: isPartial, context)
        case .dtls(let message) where message.kind == .certificate:
            endCertificate(body, message, context)
        case .dtls:
            reportHello(body, over: .dtls, nil, isPartial: isPartial, context)
        }
    }

    /// Reports the hello of a datagram, or several. The same one in another packet counts once.
    mutating func reportHello(
        _ body: Bytes, over carrier: HelloCarrier, _ quicVersion: QUICVersion?, isPartial: Bool, _ context: Context
    ) {
        var bytes = body
        let hello: ClientHello
        do throws(DecodingError) {
            hello = try ClientHello(reading: &bytes, carrier: carrier)
        } catch {
            counters.count(isPartial ? .helloIncomplete : .clientHelloMalformed)
            return
        }
        // A client keeps its random bytes when it tries again: behind a Retry, a HelloVerifyRequest or a loss.
        let mark = UInt32(truncatingIfNeeded: (hello.random &* 0x9e37_79b9_7f4a_7c15) >> 32) | 1
        guard table.flows[context.slot].latestHello != mark else { return }
        table.flows[context.slot].latestHello = mark
        if isPartial { counters.count(.helloIncomplete) }
        if hello.isMalformed || hello.isPartial && !isPartial { counters.count(.clientHelloMalformed) }
        note(hello, carrier == .quic ? .quicSNI : .dtlsSNI, context)
        if carrier == .dtls { expectDatagramCertificate(isNamed: hello.serverName != nil, context) }
        defer { if carrier == .quic { explain(context.slot, time: context.time) } }
        guard let interest = interest(in: hello, over: carrier) else { return }
        var fingerprint: ClientFingerprint?
        if !isPartial, !hello.isPartial {
            var again = body
            fingerprint = try? ClientFingerprint(reading: &again, carrier: carrier)
        }
        var facts = facts(hello, over: carrier, fingerprint: fingerprint, isPartial: isPartial, context)
        facts.quicVersion = quicVersion
        report(hello.serverName ?? HostName(), .hello(facts), matching: interest.endpoint, context)
    }
}
