import Decoding

/// IP fragments: a datagram is looked at, and counted, once it is whole or will not become so.
extension Monitor {
    /// Not on the path of whole packets.
    @inline(never)
    mutating func observeFragment(_ payload: Bytes, _ packet: Packet, time: Timestamp, interface: Int) {
        add(payload, packet, time, interface)
        while defragmenter.isOverLimit, let slot = defragmenter.leastWanted {
            if !defragmenter.entries[slot].isDone { counters.datagramsEvicted &+= 1 }
            giveUpDatagram(slot)
        }
    }

    private mutating func add(_ payload: Bytes, _ packet: Packet, _ time: Timestamp, _ interface: Int) {
        let outcome = defragmenter.insert(
            payload, packet, time: time, interface: interface, counters: &counters)
        switch outcome {
        case .waiting: break
        case .copy: counters.fragmentCopies &+= 1
        case .refused: observe(packet, payload, time: time, interface: interface)
        case .hopeless(let slot): giveUpDatagram(slot)
        case .whole(let slot):
            let entry = defragmenter.entries[slot]
            defragmenter.finish(slot, at: time)
            join(entry, isWhole: true, time)
        }
    }

    /// Uses what has come of a datagram that will not become whole; lets go of one that is done.
    mutating func giveUpDatagram(_ slot: Int) {
        let entry = defragmenter.entries[slot]
        defragmenter.remove(slot)
        guard !entry.isDone else { return }
        counters.count(.datagramIncomplete)
        join(entry, isWhole: false, entry.since)
    }

    /// A datagram may be a fragment again, inside a tunnel or by malice: `Packet` bounds how often.
    private mutating func join(_ entry: Defragmenter.Entry, isWhole: Bool, _ time: Timestamp) {
        let payload = entry.payload.contiguous
        var bytes = payload.span
        if let length = entry.length, length < bytes.count { bytes = bytes.extracting(first: length) }
        let packet = Packet(joining: entry.piece, reading: &bytes, ipLength: entry.ipLength, isWhole: isWhole)
        if let anomaly = packet.anomaly { counters.count(anomaly) }
        if packet.isFragment {
            add(bytes, packet, time, entry.interface)
        } else {
            observe(packet, bytes, time: time, interface: entry.interface)
        }
    }
}
