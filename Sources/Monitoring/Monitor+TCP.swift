import Decoding

/// TCP: puts the first bytes of each direction in order until they are a ClientHello or cannot be one.
extension Monitor {
    /// A stream whose SYN was not seen is given up after this many segments without a hello. A hello of 64 kB in
    /// segments of 1,460 bytes would take 45; those that are met take three at most, in any order.
    private static let strayLimit = 8
    /// How far in front of the first stray its hello may begin.
    private static let strayRoom: UInt32 = 65_536

    @inline(__always)
    mutating func observeTCP(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        let flags = packet.tcpFlags
        if flags.changesConnection {
            observeHandshake(packet, context)
        } else if payload.count == 0 || table.flows[context.slot][isUpward: context.isUpward].state == .settled {
            return
        }
        guard payload.count > 0 else { return }
        observeSegment(payload, packet, context)
    }

    private mutating func observeHandshake(_ packet: Packet, _ context: Context) {
        let slot = context.slot
        guard packet.tcpFlags.hasSYN else {
            // The end of a connection only shortens how long we remember it: anyone can forge a reset.
            if table.flows[slot].standing == .open { table.promote(slot, to: .brief, now) }
            return
        }
        let base = packet.tcpSequence &+ 1
        let stream = table.flows[slot][isUpward: context.isUpward]
        if stream.state == .adrift || stream.base != base {
            // A SYN with another number opens a new connection between the same ports, or tries again.
            if !packet.tcpFlags.hasACK { restart(slot, isUpward: !context.isUpward) }
            restart(slot, isUpward: context.isUpward)
            table.flows[slot][isUpward: context.isUpward].state = .expecting
            table.flows[slot][isUpward: context.isUpward].base = base
        }
        if packet.tcpFlags.hasACK, table.flows[slot].standing == .brief { table.promote(slot, to: .open, now) }
    }

    private mutating func restart(_ slot: Int, isUpward: Bool) {
        let prefix = table.flows[slot][isUpward: isUpward].prefix
        if prefix >= 0 { giveUp(Int(prefix)) }
        table.flows[slot][isUpward: isUpward] = Flow.Stream()
    }

    private mutating func observeSegment(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        if table.flows[context.slot].standing == .brief, !packet.tcpFlags.ends {
            table.promote(context.slot, to: .open, now)
        }
        // Data on a SYN follows the SYN's own number (RFC 7413).
        let sequence = packet.tcpFlags.hasSYN ? packet.tcpSequence &+ 1 : packet.tcpSequence
        var bytes = payload
        var offset = Int(Int32(bitPattern: sequence &- stream.base))
        switch stream.state {
        case .settled:
            return
        case .adrift:
            guard HelloScanner.canStart(payload), payload.count > 5 else {
                return hold(payload, sequence: sequence, context)
            }
            findShore(sequence, context)
            offset = 0
        case .expecting, .gathering:
            // A keep-alive repeats the byte before the next one; a retransmission may begin earlier than its gap.
            if offset < 0 {
                guard -offset < bytes.count else { return }
                bytes = bytes.extracting(droppingFirst: -offset)
                offset = 0
            }
        }
        // Beyond every hello. What waits for its other part goes on waiting: the sender may have made this one up.
        guard offset < HelloScanner.lengthLimit else { return }
        if offset == 0, bytes.isPadding { return counters.count(.paddingAsPayload) }
        if table.flows[context.slot][isUpward: context.isUpward].prefix < 0 {
            guard offset == 0 else { return gather(bytes, at: offset, packet, context) }
            observeStart(bytes, packet, context)
        } else {
            gather(bytes, at: offset, packet, context)
        }
    }

    /// The first segment of a stream holds the whole hello nearly always: then nothing is copied.
    private mutating func observeStart(_ bytes: Bytes, _ packet: Packet, _ context: Context) {
        var scanner = HelloScanner()
        switch scanner.advance(over: bytes) {
        case .notHello(let anomaly):
            if let anomaly { counters.count(anomaly) }
            settle(context)
        case .complete:
            reportHello(in: bytes, isPartial: false, context)
            settle(context)
        case .needs:
            if packet.isPayloadCut {
                reportHello(in: bytes, isPartial: true, context)
                settle(context)
            } else {
                gather(bytes, at: 0, packet, context)
            }
        }
    }

    /// Adds a segment to what waits for the rest of the hello.
    private mutating func gather(_ bytes: Bytes, at offset: Int, _ packet: Packet, _ context: Context) {
        var slot = Int(table.flows[context.slot][isUpward: context.isUpward].prefix)
        if slot < 0 {
            slot = pool.add(flow: context.slot, isUpward: context.isUpward, since: now, interface: context.interface)
            table.flows[context.slot][isUpward: context.isUpward].prefix = Int32(slot)
        }
        table.flows[context.slot][isUpward: context.isUpward].state = .gathering
        if pool.insert(bytes, at: offset, into: slot) { counters.count(.streamConflict) }
        scan(slot, context)
        guard table.flows[context.slot][isUpward: context.isUpward].state == .gathering else { return }
        let prefix = pool.entries[slot].prefix
        // What a snap length took away never comes: the hello ends where the bytes in order run into the cut.
        if prefix.isFull || packet.isPayloadCut && prefix.contiguous.count == offset + bytes.count { giveUp(slot) }
        keepPoolInBounds()
    }

    mutating func keepPoolInBounds() {
        while pool.isOverLimit, let oldest = pool.oldest {
            counters.prefixesEvicted &+= 1
            giveUp(oldest)
        }
    }

    private mutating func scan(_ slot: Int, _ context: Context) {
        let stream = pool.entries[slot].prefix.contiguous
        guard stream.count >= max(pool.entries[slot].needed, 1) else { return }
        let progress = pool.entries[slot].scanner.advance(over: stream.span)
        switch progress {
        case .needs(let count):
            pool.entries[slot].needed = count
        case .notHello(let anomaly):
            if let anomaly { counters.count(anomaly) }
            settle(context)
        case .complete:
            reportHello(in: stream.span, isPartial: false, context)
            settle(context)
        }
    }

    /// Uses what has come of a hello that will not become whole.
    mutating func giveUp(_ slot: Int) {
        guard pool.entries[slot].handshake == nil else { return endWaiting(slot, isPartial: true) }
        let entry = pool.entries[slot]
        let context = Context(slot: entry.flow, isUpward: entry.isUpward, time: entry.since, interface: entry.interface)
        if entry.prefix.contiguous.count > 0 {
            reportHello(in: entry.prefix.contiguous.span, isPartial: true, context)
        }
        settle(context)
    }

    private mutating func settle(_ context: Context) {
        let slot = table.flows[context.slot][isUpward: context.isUpward].prefix
        if slot >= 0 { pool.remove(Int(slot)) }
        table.flows[context.slot][isUpward: context.isUpward].prefix = -1
        table.flows[context.slot][isUpward: context.isUpward].state = .settled
    }

    // MARK: Streams without a SYN

    /// Keeps a segment that may be the later part of a hello whose first part is on its way.
    private mutating func hold(_ bytes: Bytes, sequence: UInt32, _ context: Context) {
        var stream = table.flows[context.slot][isUpward: context.isUpward]
        stream.strays += 1
        if stream.strays > Self.strayLimit {
            table.flows[context.slot][isUpward: context.isUpward] = stream
            return settle(context)
        }
        if stream.prefix < 0 {
            stream.base = sequence &- Self.strayRoom
            stream.prefix = Int32(
                pool.add(flow: context.slot, isUpward: context.isUpward, since: now, interface: context.interface))
        }
        table.flows[context.slot][isUpward: context.isUpward] = stream
        let offset = Int(Int32(bitPattern: sequence &- stream.base))
        guard offset > 0, offset < 2 * Int(Self.strayRoom) else { return }
        if pool.insert(bytes, at: offset, into: Int(stream.prefix)) { counters.count(.streamConflict) }
        keepPoolInBounds()
    }

    /// A segment that looks like the start of a hello tells where the stream began.
    private mutating func findShore(_ sequence: UInt32, _ context: Context) {
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        if stream.prefix >= 0 {
            let offset = Int(Int32(bitPattern: sequence &- stream.base))
            pool.rebase(Int(stream.prefix), to: offset)
        }
        table.flows[context.slot][isUpward: context.isUpward].base = sequence
        table.flows[context.slot][isUpward: context.isUpward].state = .expecting
    }

    // MARK: Names

    private mutating func reportHello(in stream: Bytes, isPartial: Bool, _ context: Context) {
        let hello: ClientHello
        do throws(DecodingError) {
            hello = try HelloScanner.clientHello(in: stream, scratch: &scratch)
        } catch {
            counters.count(isPartial ? .helloIncomplete : .clientHelloMalformed)
            return
        }
        if isPartial { counters.count(.helloIncomplete) }
        if hello.isMalformed || hello.isPartial && !isPartial { counters.count(.clientHelloMalformed) }
        guard let interest = interest(in: hello, over: .tls) else { return }
        let fingerprint =
            isPartial || hello.isPartial ? nil : try? HelloScanner.fingerprint(in: stream, scratch: &scratch)
        let facts = HelloFacts(hello, over: .tls, fingerprint: fingerprint, isPartial: isPartial)
        report(hello.serverName, facts, interest, context)
    }
}

extension Bytes {
    /// What fills an empty segment up to the 46 bytes that Ethernet asks for. Some senders count it as payload.
    fileprivate var isPadding: Bool {
        for index in 0..<count where self[index] != 0 { return false }
        return count <= 6
    }
}
