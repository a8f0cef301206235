package import Decoding

/// A flow that is over, or was open at the end.
package struct FlowRecord: Sendable {
    package let client, server: IPAddress
    /// 0 where the transport has none.
    package let clientPort, serverPort: UInt16
    package let transport: IPProtocol
    package let firstSeen, lastSeen: Timestamp
    /// Without look-ups and application data.
    package let tally: Tally
    /// What the surest method showed; nil for a flow that showed no name.
    package let name: FlowName?
    /// As in `Packet.vlan`, of the packet that opened it.
    package let vlan: UInt32
    package let tunnel: Tunnel?
}

/// What named a flow.
package struct FlowName: Sendable {
    /// Empty where only the server's address did.
    package let name: HostName
    package let method: Method
}

extension Monitor {
    /// Keeps the name of a flow that is to be told of. The surest method counts, and the first of equals.
    mutating func keepName(_ name: HostName, _ method: Method, _ slot: Int) {
        if let known = flowNames[slot], known.method.rank <= method.rank { return }
        flowNames[slot] = FlowName(name: name, method: method)
    }

    mutating func tellFlow(_ slot: Int) {
        let flow = table.flows[slot]
        let isClientLow = clientIsLow(flow)
        let tunnel = table.tunnel(around: slot, isClientLow: isClientLow)
        observations.flowRecords.append(
            FlowRecord(
                client: isClientLow ? flow.key.low : flow.key.high, server: isClientLow ? flow.key.high : flow.key.low,
                clientPort: isClientLow ? flow.key.lowPort : flow.key.highPort,
                serverPort: isClientLow ? flow.key.highPort : flow.key.lowPort, transport: flow.key.transport,
                firstSeen: flow.firstSeen, lastSeen: flow.lastSeen,
                tally: Tally(flow, isClientLow: isClientLow, 0), name: flowNames.removeValue(forKey: slot),
                vlan: tunnel?.vlan ?? flow.key.segment, tunnel: tunnel))
    }
}
