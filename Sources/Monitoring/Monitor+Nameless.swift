import Decoding

/// Flows that show no name: what their client had resolved names them, or the network that they go to.
extension Monitor {
    /// Looks for what explains a flow that will show no name, once.
    ///
    /// - Parameter time: of the sighting.
    mutating func explain(_ slot: Int, time: Timestamp) {
        let flow = table.flows[slot]
        guard !flow.isExplained, flow.method == nil || flow.method == .dns else { return }
        table.flows[slot].isExplained = true
        let isUpward = clientIsLow(flow)
        let (client, server) = isUpward ? (flow.key.low, flow.key.high) : (flow.key.high, flow.key.low)
        guard settings.reportsEveryName || settings.home.contains(client) && !settings.home.contains(server) else {
            return
        }
        let context = Context(slot: slot, isUpward: isUpward, time: time, interface: Int(flow.interface))
        // A look-up says whom the client is after, wherever the resolver is.
        if flow.method == nil, !book.isEmpty, let name = book.name(of: server, for: client, at: flow.firstSeen) {
            note(.resolved, context)
            noteResolvedResolver(name, slot, isUpward: isUpward)
            counters.resolvedNames &+= 1
            return report(name, .resolved, context)
        }
        guard let endpoint = endpoints.endpoint(for: server) else { return }
        note(.address, context)
        report(HostName(), .address, matching: endpoint, context)
    }

    /// Explains a TCP flow whose client will say nothing more, unless the server's certificate is on its way.
    mutating func explainSettled(_ slot: Int, time: Timestamp) {
        let flow = table.flows[slot]
        guard flow.method == nil, !flow.isExplained else { return }
        let isUpward = clientIsLow(flow)
        let server = flow[isUpward: !isUpward]
        guard flow[isUpward: isUpward].state == .settled,
            server.state == .settled || server.decoder != .certificate
        else { return }
        explain(slot, time: time)
    }

    /// Notes that a flow has shown a name. The surest method counts.
    @inline(__always)
    mutating func note(_ method: Method, _ context: Context) {
        if let known = table.flows[context.slot].method, known.rank <= method.rank { return }
        table.flows[context.slot].method = method
    }

    /// Whether the lower end of the key is the client: who opened the flow, else who is at home, else the higher port.
    func clientIsLow(_ flow: Flow) -> Bool {
        switch flow.opener {
        case .low: return true
        case .high: return false
        case .unknown:
            let isLowHome = settings.home.contains(flow.key.low)
            if isLowHome != settings.home.contains(flow.key.high) { return isLowHome }
            return flow.key.lowPort >= flow.key.highPort
        }
    }
}

extension Packet {
    /// Who opened the flow that this packet is the first of.
    func opener(isUpward: Bool) -> Flow.Opener {
        if transport == .tcp {
            guard tcpFlags.hasSYN else { return .unknown }
            return isUpward != tcpFlags.hasACK ? .low : .high
        }
        // An answer to what came before the capture goes from a known port to another.
        let isAnswer = sourcePort < 1_024 && destinationPort >= 1_024
        return isUpward != isAnswer ? .low : .high
    }
}
