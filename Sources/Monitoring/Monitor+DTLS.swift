import Decoding

/// DTLS: puts the fragments of a ClientHello in order. A server may ask the client to prove its address first
/// (HelloVerifyRequest): then the same hello comes again, as another message.
extension Monitor {
    /// Fragments that a direction may send until its next hello is whole: one of 64 kB in fragments of 273 bytes.
    private static let fragmentLimit = 240

    mutating func observeDTLS(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        var handshake = DTLSHandshake()
        do throws(DecodingError) {
            while let fragment = try handshake.nextFragment(in: payload, isCut: packet.isPayloadCut) {
                guard fragment.isClientHello else { continue }
                observeFragment(fragment, payload.extracting(fragment.range), packet, context)
            }
        } catch {
            counters.count(error.anomaly(blaming: .dtlsTruncated, isCut: packet.isPayloadCut))
        }
    }

    private mutating func observeFragment(
        _ fragment: DTLSHandshake.Fragment, _ bytes: Bytes, _ packet: Packet, _ context: Context
    ) {
        guard fragment.length <= HelloScanner.lengthLimit else { return counters.count(.clientHelloTooLong) }
        table.flows[context.slot].dnsState = .absent
        if fragment.offset == 0, bytes.count == fragment.length {
            // Fragments of a copy that came first wait no longer.
            if let slot = waitingMessage(fragment, context) { removeWaiting(slot) }
            table.flows[context.slot][isUpward: context.isUpward].strays = 0
            return reportHello(bytes, over: .dtls, nil, isPartial: false, context)
        }
        let stream = table.flows[context.slot][isUpward: context.isUpward]
        guard stream.strays < Self.fragmentLimit else { return counters.count(.dtlsMalformed) }
        table.flows[context.slot][isUpward: context.isUpward].strays += 1
        let slot =
            waitingMessage(fragment, context)
            ?? addWaiting(.dtls(sequence: fragment.sequence, length: fragment.length), context)
        if pool.insert(bytes, at: fragment.offset, into: slot) { counters.count(.streamConflict) }
        if pool.entries[slot].prefix.contiguous.count >= fragment.length {
            endWaiting(slot, isPartial: false)
        } else if packet.isPayloadCut || pool.entries[slot].prefix.isFull {
            endWaiting(slot, isPartial: true)
        } else {
            keepPoolInBounds()
        }
    }

    private func waitingMessage(_ fragment: DTLSHandshake.Fragment, _ context: Context) -> Int? {
        var waiting = firstWaiting(context)
        while let slot = waiting {
            if case .dtls(fragment.sequence, fragment.length) = pool.entries[slot].handshake { return slot }
            waiting = nextWaiting(slot)
        }
        return nil
    }
}
