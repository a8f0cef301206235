import Decoding

/// TCP: puts the bytes of each direction in order, until nothing more is to be found in them.
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
        table.flows[context.slot].hasPayload = true
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
            if !packet.tcpFlags.hasACK {
                restart(slot, isUpward: !context.isUpward)
                table.flows[slot].hasServerName = false
                table.flows[slot].isProxied = false
                table.flows[slot].dnsState = .unknown
                table.flows[slot].isExplained = false
            }
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
            guard isShore(payload, packet, context) else {
                return hold(payload, sequence: sequence, packet, context)
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
        guard offset < Self.windowLimit else { return }
        if offset == 0, bytes.isPadding(of: packet) { return counters.count(.paddingAsPayload) }
        if table.flows[context.slot][isUpward: context.isUpward].prefix < 0 {
            guard offset == 0 else { return gather(bytes, at: offset, packet, context) }
            observeFront(bytes, packet, context)
        } else {
            gather(bytes, at: offset, packet, context)
        }
    }

    /// How far in front of the first missing byte a segment is kept: one message of DNS and a hello of 64 kB, the
    /// longest pieces of a stream that are read as a whole.
    private static let windowLimit = 2 + 65_535

    /// A segment mostly holds whole what a decoder asks for: then nothing is copied.
    private mutating func observeFront(_ bytes: Bytes, _ packet: Packet, _ context: Context) {
        let context = context.acknowledging(packet)
        var scanners = Scanners()
        let walk = walk(bytes, &scanners, context)
        guard walk.needed > 0 else { return settle(context) }
        advanceBase(walk.passed, context)
        guard walk.passed < bytes.count else { return }
        gather(bytes.extracting(droppingFirst: walk.passed), at: 0, packet, context)
    }

    /// Adds a segment to what waits for more.
    private mutating func gather(_ bytes: Bytes, at offset: Int, _ packet: Packet, _ context: Context) {
        let context = context.acknowledging(packet)
        var slot = Int(table.flows[context.slot][isUpward: context.isUpward].prefix)
        if slot < 0 {
            slot = pool.add(flow: context.slot, isUpward: context.isUpward, since: now, interface: context.interface)
            table.flows[context.slot][isUpward: context.isUpward].prefix = Int32(slot)
        }
        table.flows[context.slot][isUpward: context.isUpward].state = .gathering
        if pool.insert(bytes, at: offset, into: slot) { counters.count(.streamConflict) }
        let passed = scan(slot, context)
        guard table.flows[context.slot][isUpward: context.isUpward].state == .gathering else { return }
        let prefix = pool.entries[slot].prefix
        // What a snap length took away never comes: the stream ends where the bytes in order run into the cut.
        if prefix.isFull || packet.isPayloadCut && prefix.contiguous.count == offset + bytes.count - passed {
            giveUp(slot)
        }
        keepPoolInBounds()
    }

    mutating func keepPoolInBounds() {
        while pool.isOverLimit, let oldest = pool.oldest {
            counters.prefixesEvicted &+= 1
            table.flows[pool.entries[oldest].flow].hasMetLimit = true
            giveUp(oldest)
        }
    }

    /// Shows what waits in order to the decoders.
    ///
    /// - Returns: how many bytes they passed.
    private mutating func scan(_ slot: Int, _ context: Context) -> Int {
        var passed = 0
        // What is passed unread may close the gap in front of what waits: then there is more to be shown.
        while pool.entries[slot].prefix.contiguous.count >= max(pool.entries[slot].needed, 1) {
            var scanners = Scanners(hello: pool.entries[slot].scanner, certificate: pool.entries[slot].certificates)
            let walk = walkPool(slot, &scanners, context)
            guard walk.needed > 0 else {
                settle(context)
                return 0
            }
            pool.entries[slot].scanner = scanners.hello
            pool.entries[slot].certificates = scanners.certificate
            pool.entries[slot].needed = walk.needed
            guard walk.passed > 0 else { return passed }
            passed += walk.passed
            pool.consume(slot, walk.passed, at: now)
            advanceBase(walk.passed, context)
            if pool.entries[slot].prefix.isEmpty {
                pool.remove(slot)
                table.flows[context.slot][isUpward: context.isUpward].prefix = -1
                table.flows[context.slot][isUpward: context.isUpward].state = .expecting
                return passed
            }
        }
        return passed
    }

    /// Apart, so that nothing holds on to the bytes when they are consumed: they would be copied.
    private mutating func walkPool(_ slot: Int, _ scanners: inout Scanners, _ context: Context) -> Walk {
        let stream = pool.entries[slot].prefix.contiguous
        return walk(stream.span, &scanners, context)
    }

    private mutating func advanceBase(_ passed: Int, _ context: Context) {
        table.flows[context.slot][isUpward: context.isUpward].base &+= UInt32(truncatingIfNeeded: passed)
        if table.flows[context.slot][isUpward: context.isUpward].state == .adrift {
            table.flows[context.slot][isUpward: context.isUpward].state = .expecting
        }
    }

    /// Uses what has come of a stream that will not go on.
    mutating func giveUp(_ slot: Int) {
        guard pool.entries[slot].handshake == nil else { return endWaiting(slot, isPartial: true) }
        let entry = pool.entries[slot]
        let context = Context(slot: entry.flow, isUpward: entry.isUpward, time: entry.since, interface: entry.interface)
        useRemains(of: entry, context)
        settle(context)
    }

    mutating func settle(_ context: Context) {
        let slot = table.flows[context.slot][isUpward: context.isUpward].prefix
        if slot >= 0 { pool.remove(Int(slot)) }
        table.flows[context.slot][isUpward: context.isUpward].prefix = -1
        table.flows[context.slot][isUpward: context.isUpward].state = .settled
        explainSettled(context.slot, time: context.time)
    }

    // MARK: Streams without a SYN

    /// Keeps a segment that may be the later part of a hello whose first part is on its way.
    private mutating func hold(_ bytes: Bytes, sequence: UInt32, _ packet: Packet, _ context: Context) {
        var stream = table.flows[context.slot][isUpward: context.isUpward]
        stream.strays += 1
        if stream.strays > Self.strayLimit {
            table.flows[context.slot][isUpward: context.isUpward] = stream
            if packet.isOnDNSPort { counters.count(.dnsStreamWithoutStart) }
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

    /// Whether a segment of a stream without a beginning surely begins something that names somebody.
    private func isShore(_ payload: Bytes, _ packet: Packet, _ context: Context) -> Bool {
        if payload[0] == 22, payload.count > 5 {
            return HelloScanner.canStart(payload) || wantsCertificate(context) && CertificateScanner.canStart(payload)
        }
        if packet.isOnDNSPort { return DNSStream.startsWhole(payload) }
        return HTTPRequest.isFront(payload)
    }

    /// A segment that looks like the start of a message tells where the stream began.
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

    mutating func reportHello(in stream: Bytes, isPartial: Bool, _ context: Context) {
        let hello: ClientHello
        do throws(DecodingError) {
            hello = try HelloScanner.clientHello(in: stream, scratch: &scratch)
        } catch {
            counters.count(isPartial ? .helloIncomplete : .clientHelloMalformed)
            return
        }
        if isPartial { counters.count(.helloIncomplete) }
        if hello.isMalformed || hello.isPartial && !isPartial { counters.count(.clientHelloMalformed) }
        expectCertificate(isNamed: hello.serverName != nil, context)
        note(hello, .tlsSNI, context)
        guard let interest = interest(in: hello, over: .tls) else { return }
        let fingerprint =
            isPartial || hello.isPartial ? nil : try? HelloScanner.fingerprint(in: stream, scratch: &scratch)
        let facts = facts(hello, over: .tls, fingerprint: fingerprint, isPartial: isPartial, context)
        report(hello.serverName ?? HostName(), .hello(facts), matching: interest.endpoint, context)
    }
}

extension Packet {
    var isOnDNSPort: Bool { sourcePort == 53 || destinationPort == 53 }
}

extension Bytes {
    /// What fills an empty segment up to the 46 bytes that Ethernet asks for, 42 where a tag goes along. Some senders
    /// count it as payload.
    fileprivate func isPadding(of packet: Packet) -> Bool {
        guard packet.ipLength == 46 || packet.ipLength == 42 else { return false }
        for index in 0..<count where self[index] != 0 { return false }
        return count <= 6
    }
}
