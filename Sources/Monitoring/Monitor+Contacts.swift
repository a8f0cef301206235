import Decoding

/// Bytes of the flows that matches stand on, told while they flow.
extension Monitor {
    /// How long bytes may wait to be told of, in nanoseconds of packet time. Live, all are told once a second.
    private static let patience: Int64 = 10_000_000_000
    /// More bytes sent than this do not wait: an upload shows while it runs.
    private static let burst: UInt64 = 1 << 16

    /// Not on the path of flows that no match stands on.
    @inline(never)
    mutating func observeContact(_ index: Int, _ payload: Bytes, _ packet: Packet, isUpward: Bool) {
        if contacts.contacts[index].isClientLow == isUpward { contacts.add(payload, packet, to: index) }
        contacts.touch(index, at: now)
        let flow = contacts.contacts[index].flow
        let sent = table.flows[flow][sentUpward: contacts.contacts[index].isClientLow].bytes
        if sent &- contacts.contacts[index].told.bytesOut > Self.burst { tell(index, isLast: false) }
    }

    /// The number under which the flow's bytes will be told.
    mutating func openContact(_ detail: Sighting.Detail, _ context: Context) -> UInt64 {
        let known = Int(table.flows[context.slot].contact)
        if known >= 0 { return contacts.contacts[known].number }
        let application = ApplicationData(detail, table.flows[context.slot].key.transport, context.payloadLength)
        let index = contacts.open(
            flow: context.slot, isClientLow: context.isUpward, application: application, at: now)
        table.flows[context.slot].contact = Int32(index)
        contacts.touch(index, at: now)
        return contacts.contacts[index].number
    }

    /// Tells of flows whose bytes have waited long enough, a few at a time.
    mutating func tellDueTraffic(atMost count: Int) {
        for _ in 0..<count {
            guard let index = contacts.firstPending,
                now.nanoseconds(since: contacts.contacts[index].since) >= Self.patience
            else { return }
            tell(index, isLast: false)
        }
    }

    /// Tells of all bytes that were seen. For whoever cannot wait for the next packet.
    package mutating func tellTraffic() {
        while let index = contacts.firstPending { tell(index, isLast: false) }
    }

    /// Tells the rest of a flow that is over.
    mutating func closeContact(of slot: Int) {
        let index = Int(table.flows[slot].contact)
        guard index >= 0 else { return }
        tell(index, isLast: true)
        contacts.remove(index)
        table.flows[slot].contact = -1
    }

    private mutating func tell(_ index: Int, isLast: Bool) {
        let contact = contacts.contacts[index]
        let flow = table.flows[contact.flow]
        let tally = Tally(flow, isClientLow: contact.isClientLow, contact.application.byteCount)
        contacts.told(index, tally)
        observations.traffic.append(
            Traffic(
                contact: contact.number, start: flow.firstSeen, time: flow.lastSeen,
                tally: tally.subtracting(contact.told), isLast: isLast))
    }
}

extension Tally {
    /// All of a flow.
    init(_ flow: borrowing Flow, isClientLow: Bool, _ applicationBytes: UInt64) {
        let (out, back) = isClientLow ? (flow.sentUp, flow.sentDown) : (flow.sentDown, flow.sentUp)
        self.init()
        flows = 1
        bytesOut = out.bytes
        bytesIn = back.bytes
        packetsOut = UInt64(out.packets)
        packetsIn = UInt64(back.packets)
        applicationBytesOut = applicationBytes
    }

    /// What came since `earlier`.
    fileprivate func subtracting(_ earlier: Tally) -> Tally {
        var rest = self
        rest.flows &-= earlier.flows
        rest.bytesOut &-= earlier.bytesOut
        rest.bytesIn &-= earlier.bytesIn
        rest.packetsOut &-= earlier.packetsOut
        rest.packetsIn &-= earlier.packetsIn
        rest.applicationBytesOut &-= earlier.applicationBytesOut
        return rest
    }
}

extension ApplicationData {
    /// - Parameter length: of the payload that showed it.
    fileprivate init(_ detail: Sighting.Detail, _ transport: IPProtocol, _ length: UInt32) {
        switch detail {
        case .hello(let facts):
            switch facts.carrier {
            case .tls: self.init(.tls)
            case .quic: self.init(.quic)
            case .dtls: self.init(.dtls)
            }
        case .certificate: self.init(transport == .udp ? .dtls : .tls)
        // The request itself is data.
        case .http, .userAgent: self.init(.plain, already: UInt64(length))
        case .dns, .connect, .socks, .resolved, .address, .mac:
            self.init(transport == .tcp ? .undecided : .plain, already: 0)
        }
    }
}
