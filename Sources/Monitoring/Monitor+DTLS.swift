import Decoding

/// DTLS: puts the fragments of a ClientHello in order, and those of the server's Certificate. A server may ask the client
/// to prove its address first (HelloVerifyRequest): then the same hello comes again, as another message.
extension Monitor {
    /// Fragments that a direction may send until its next message is whole: one of 64 kB in fragments of 273 bytes.
    private static let fragmentLimit = 240

    mutating func observeDTLS(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        var handshake = DTLSHandshake()
        do throws(DecodingError) {
            while let fragment = try handshake.nextFragment(in: payload, isCut: packet.isPayloadCut) {
                switch fragment.message.kind {
                case .clientHello:
                    observeFragment(fragment, payload.extracting(fragment.range), packet, context)
                case .serverHello, .helloVerifyRequest:
                    noteServer(context)
                case .certificate where mayShowCertificate(context):
                    observeFragment(fragment, payload.extracting(fragment.range), packet, context)
                case .certificate, nil:
                    continue
                }
            }
        } catch {
            counters.count(error.anomaly(blaming: .dtlsTruncated, isCut: packet.isPayloadCut))
        }
    }

    private mutating func observeFragment(
        _ fragment: DTLSHandshake.Fragment, _ bytes: Bytes, _ packet: Packet, _ context: Context
    ) {
        let message = fragment.message
        let isHello = message.kind == .clientHello
        guard message.length <= HelloScanner.lengthLimit else {
            return counters.count(isHello ? .clientHelloTooLong : .certificateMalformed)
        }
        table.flows[context.slot].dnsState = .absent
        if fragment.offset == 0, bytes.count == message.length, isHello || isServer(context) {
            // Fragments of a copy that came first wait no longer.
            if let slot = waitingMessage(message, context) { removeWaiting(slot) }
            table.flows[context.slot][isUpward: context.isUpward].strays = 0
            guard isHello else { return endCertificate(bytes, message, context) }
            return reportHello(bytes, over: .dtls, nil, isPartial: false, context)
        }
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        guard stream.strays < Self.fragmentLimit else { return counters.count(.dtlsMalformed) }
        table.flows[context.slot][isUpward: context.isUpward].strays += 1
        let slot = waitingMessage(message, context) ?? addWaiting(.dtls(message), context)
        if pool.insert(bytes, at: fragment.offset, into: slot) { counters.count(.streamConflict) }
        if isHello ? pool.entries[slot].prefix.contiguous.count >= message.length : isReady(slot, context) {
            endWaiting(slot, isPartial: false)
        } else if packet.isPayloadCut || pool.entries[slot].prefix.isFull {
            endWaiting(slot, isPartial: true)
        } else {
            keepPoolInBounds()
        }
    }

    private func waitingMessage(_ message: DTLSHandshake.Message, _ context: Context) -> Int? {
        var waiting = firstWaiting(context)
        while let slot = waiting {
            if case .dtls(message) = pool.entries[slot].handshake { return slot }
            waiting = nextWaiting(slot)
        }
        return nil
    }

    // MARK: Certificates

    /// Both ends may show a certificate. Which one is the server, the hellos tell; until then a certificate waits.
    private func isServer(_ context: Context) -> Bool {
        table.flows[context.slot][isUpward: context.isUpward].decoder == .certificate
    }

    /// The server's direction has shown its certificate when it has passed a part.
    private func mayShowCertificate(_ context: Context) -> Bool {
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        return stream.decoder != .clientHello && stream.passages == 0 && wantsCertificate(context)
    }

    /// The sender of this direction is the server.
    private mutating func noteServer(_ context: Context) {
        guard !isServer(context) else { return }
        table.flows[context.slot][isUpward: context.isUpward].decoder = .certificate
        table.flows[context.slot][isUpward: !context.isUpward].decoder = .clientHello
        var waiting = firstWaiting(context)
        while let slot = waiting {
            waiting = nextWaiting(slot)
            if isReady(slot, context) { endWaiting(slot, isPartial: false) }
        }
    }

    /// After a hello: the other direction is the server's, who may show a certificate anew.
    mutating func expectDatagramCertificate(isNamed: Bool, _ context: Context) {
        table.flows[context.slot].hasServerName = isNamed
        table.flows[context.slot][isUpward: !context.isUpward].passages = 0
        var answer = context
        answer.isUpward.toggle()
        noteServer(answer)
    }

    /// Whether the server's own certificate has come; the rest of the chain is not waited for.
    private func isReady(_ slot: Int, _ context: Context) -> Bool {
        guard isServer(context), case .dtls(let message) = pool.entries[slot].handshake, message.kind == .certificate
        else { return false }
        let body = pool.entries[slot].prefix.contiguous
        do throws(DecodingError) {
            _ = try CertificateScanner.ownCertificate(in: body.span)
            return true
        } catch {
            return error != .truncated || body.count >= message.length
        }
    }

    /// Reports what a Certificate message shows, or what has come of it.
    mutating func endCertificate(_ body: Bytes, _ message: DTLSHandshake.Message, _ context: Context) {
        guard isServer(context), mayShowCertificate(context) else { return }
        do throws(DecodingError) {
            guard let range = try CertificateScanner.ownCertificate(in: body) else { return }
            table.flows[context.slot][isUpward: context.isUpward].passages = 1
            reportCertificate(body.extracting(range), context)
        } catch {
            let isWhole = body.count >= message.length
            counters.count(error.anomaly(blaming: isWhole ? .certificateMalformed : .streamGap, isCut: false))
        }
    }
}
