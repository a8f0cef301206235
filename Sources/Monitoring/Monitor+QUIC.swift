import Decoding

/// QUIC: opens the client's Initial packets and puts the hello in their CRYPTO frames in order.
///
/// The keys follow from the client's first connection identifier. Which packet was the first, the tag tells: after a
/// Retry, after version negotiation and in the middle of a capture alike. A server's Initials stay closed.
extension Monitor {
    /// What a direction may cost until its next hello is whole. A packet that opens counts one: a hello of 64 kB
    /// takes 60 of them, and each may come four times. One that does not counts eight: then it is no client of QUIC.
    private static let effortLimit = 240
    private static let failureEffort = 8
    /// In the server's direction: its identifier comes from a Retry. Behind one the client begins anew.
    private static let retryMark: UInt8 = 1

    /// - Returns: whether it was QUIC.
    mutating func observeLongHeader(_ payload: Bytes, _ packet: Packet, _ context: Context) -> Bool {
        guard payload.count >= 7 else { return false }
        let version = QUICVersion(
            rawValue: UInt32(payload[1]) << 24 | UInt32(payload[2]) << 16 | UInt32(payload[3]) << 8 | UInt32(payload[4])
        )
        guard let family = version.family else { return false }
        switch family {
        case .publicHeader: return false
        case .clearLongHeader:
            // One byte holds the lengths of both identifiers, or each has one: the hello does not depend on it.
            var mark = version.rawValue
            for index in 5..<min(payload.count, 14) { mark = (mark ^ UInt32(payload[index])) &* 0x0100_0193 }
            observeGoogleHello(payload, version, mark: max(mark, 1), context)
            return true
        case .tls, .protectedGoogle: break
        }
        if table.flows[context.slot][isUpward: !context.isUpward].state != .adrift,
            let source = QUICDatagram.retrySource(in: payload)
        {
            table.flows[context.slot][isUpward: context.isUpward].base = source.mark
            table.flows[context.slot][isUpward: context.isUpward].strays = Self.retryMark
            return true
        }
        var datagram = QUICDatagram()
        do throws(DecodingError) {
            while let initial = try datagram.nextInitial(in: payload) { observeInitial(initial, payload, context) }
        } catch {
            counters.count(error.anomaly(blaming: .quicTruncated, isCut: packet.isPayloadCut))
            return false
        }
        return true
    }

    private mutating func observeInitial(_ initial: QUICDatagram.Initial, _ datagram: Bytes, _ context: Context) {
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        let other = table.flows[context.slot][isUpward: !context.isUpward]
        guard other.state == .adrift else {
            // The server's: its identifier is the one that the client's later packets go to.
            table.flows[context.slot][isUpward: context.isUpward].base = initial.source.mark
            table.flows[context.slot][isUpward: context.isUpward].strays = 0
            return
        }
        let mark = initial.destination.mark
        if stream.base == mark { return }
        if stream.state == .settled, other.base == mark {
            // Some clients say another hello behind a Retry, though RFC 9000, section 17.2.5.3 wants the same.
            if other.strays == Self.retryMark { table.flows[context.slot][isUpward: context.isUpward].base = mark }
            return
        }
        guard stream.strays < Self.effortLimit else { return counters.count(.quicTooManyInitials) }
        guard let slot = open(initial, datagram, context) else {
            table.flows[context.slot][isUpward: context.isUpward].strays += UInt8(Self.failureEffort)
            return counters.count(.quicNotVerified)
        }
        table.flows[context.slot][isUpward: context.isUpward].strays += 1
        table.flows[context.slot].dnsState = .absent
        if initial.version.family == .protectedGoogle {
            removeWaiting(slot)
            let packet = scratch
            return observeGoogleHello(packet.span, initial.version, mark: mark, context)
        }
        gatherCrypto(initial.version, slot)
    }

    /// Opens a packet into `scratch` with the keys of a hello that waits, or with its own.
    ///
    /// - Returns: the hello that it belongs to.
    private mutating func open(_ initial: QUICDatagram.Initial, _ datagram: Bytes, _ context: Context) -> Int? {
        var waiting = firstWaiting(context)
        while let slot = waiting {
            if case .quic(let keys) = pool.entries[slot].handshake, keys.version == initial.version {
                if keys.open(initial, in: datagram, into: &scratch) { return slot }
                if keys.destination == initial.destination { return nil }
            }
            waiting = nextWaiting(slot)
        }
        guard initial.destination.count >= QUICInitialKeys.shortestDestination else { return nil }
        let keys = QUICInitialKeys(version: initial.version, destination: initial.destination)
        guard keys.open(initial, in: datagram, into: &scratch) else { return nil }
        return addWaiting(.quic(keys), context)
    }

    /// Takes the frames of an opened packet, which stands in `scratch`, to the hello that they belong to.
    mutating func gatherCrypto(_ version: QUICVersion, _ slot: Int) {
        // Lent out, and given back to be filled again.
        var packet: [UInt8] = []
        swap(&packet, &scratch)
        defer { swap(&packet, &scratch) }
        var frames = QUICFrames(version)
        do throws(DecodingError) {
            while let frame = try frames.nextCrypto(in: packet.span) {
                guard frame.offset < HelloScanner.lengthLimit else { continue }
                if pool.insert(packet.span.extracting(frame.range), at: frame.offset, into: slot) {
                    counters.count(.streamConflict)
                }
            }
        } catch {
            counters.count(error.anomaly(blaming: .quicFrame, isCut: false))
        }
        let stream = pool.entries[slot].prefix.contiguous
        if stream.count >= 4 {
            let length = Int(stream[1]) << 16 | Int(stream[2]) << 8 | Int(stream[3])
            if stream[0] != 1 || length + 4 > HelloScanner.lengthLimit {
                counters.count(stream[0] == 1 ? .clientHelloTooLong : .clientHelloMalformed)
                return dropWaiting(slot)
            }
            if stream.count >= 4 + length { return endWaiting(slot, isPartial: false) }
        }
        if pool.entries[slot].prefix.isFull { return endWaiting(slot, isPartial: true) }
        keepPoolInBounds()
    }

    /// Google's own handshake: a hello is in one packet. The client sends it again with what the server told it.
    mutating func observeGoogleHello(_ packet: Bytes, _ version: QUICVersion, mark: UInt32, _ context: Context) {
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        guard stream.base != mark, let hello = GoogleClientHello(searching: packet) else { return }
        table.flows[context.slot][isUpward: context.isUpward].base = mark
        table.flows[context.slot][isUpward: context.isUpward].state = .settled
        table.flows[context.slot].dnsState = .absent
        reportGoogleHello(hello, version, context)
    }

    private mutating func reportGoogleHello(_ hello: GoogleClientHello, _ version: QUICVersion, _ context: Context) {
        guard let name = hello.serverName, !name.isEmpty else {
            counters.hellosWithoutName &+= 1
            table.flows[context.slot].hasNamelessHello = true
            return explain(context.slot, time: context.time)
        }
        note(.quicSNI, context)
        noteResolver(name, context)
        guard let interest = interest(in: name, over: .quic) else { return }
        report(name, .hello(HelloFacts(google: version)), matching: interest.endpoint, context)
    }
}
