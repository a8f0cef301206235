import TestSupport

/// What a host sets out to do at a site, and on which port.
struct Visit {
    enum Kind {
        case lookup
        case tls
        case http
        case datagrams
        case quic
    }

    let kind: Kind
    let site: Site
    let path: Path

    /// The conversation, with `bulkPackets` behind its opening.
    func conversation(bulkPackets: Int, next: Visit? = nil, random: inout RandomSource) -> Conversation {
        var dialogue = Dialogue(segmentSize: Conversation.segmentSize(isIPv6: path.isIPv6), random: &random)
        switch kind {
        case .lookup:
            lookUp(in: &dialogue, random: &random)
            return Conversation(path: path, transport: .udp, dialogue: dialogue, next: next, random: &random)
        case .tls:
            openTLS(in: &dialogue, random: &random)
            return Conversation(
                path: path, transport: .tcp, dialogue: dialogue, bulk: .records, bulkPackets: bulkPackets,
                random: &random)
        case .http:
            openHTTP(in: &dialogue)
            return Conversation(
                path: path, transport: .tcp, dialogue: dialogue, bulk: .bytes, bulkPackets: bulkPackets, random: &random
            )
        case .datagrams, .quic:
            if case .quic = kind { openQUIC(in: &dialogue, random: &random) }
            return Conversation(
                path: path, transport: .udp, dialogue: dialogue, bulk: .bytes, bulkPackets: bulkPackets, random: &random
            )
        }
    }

    private func lookUp(in dialogue: inout Dialogue, random: inout RandomSource) {
        let identifier = UInt16(truncatingIfNeeded: random.next())
        let addresses = DNSMessage(identifier: identifier, type: .a, site: site)
        dialogue.datagram(addresses.query, fromClient: true)
        guard path.isIPv6 || random.happens(0.3) else {
            dialogue.datagram(addresses.response, fromClient: false)
            return
        }
        // Hosts with IPv6 ask for both types at once.
        let addresses6 = DNSMessage(identifier: identifier ^ 0x5a5a, type: .aaaa, site: site)
        dialogue.datagram(addresses6.query, fromClient: true)
        dialogue.datagram(addresses.response, fromClient: false)
        dialogue.datagram(addresses6.response, fromClient: false)
    }

    private func openTLS(in dialogue: inout Dialogue, random: inout RandomSource) {
        dialogue.shakeHands()
        let hello = random.element(of: ClientHello.all).record(serverName: site.name, random: &random)
        let first = dialogue.segments.count
        if hello.count <= 600, random.happens(0.03) {
            dialogue.say(hello, fromClient: true, cuts: [random.number(in: 1...hello.count - 1)])
        } else {
            dialogue.say(hello, fromClient: true)
        }
        let isSplit = dialogue.segments.count > first + 2
        if isSplit, random.happens(0.15) {
            dialogue.swap(first, first + 1)
        } else if random.happens(0.02) {
            dialogue.repeatSegment(first)
        }
        dialogue.say(ServerHello.flight(for: hello, random: &random), fromClient: false)
        dialogue.say(ServerHello.changeCipherSpec + applicationData(53, random: &random), fromClient: true)
        dialogue.say(applicationData(random.number(in: 200...900), random: &random), fromClient: true)
    }

    /// As browsers do it: the hello over as many Initials as it needs, in frames that are cut and shuffled, the
    /// server's Initial and Handshake packets back, an acknowledgement, then packets with short headers.
    private func openQUIC(in dialogue: inout Dialogue, random: inout RandomSource) {
        let hello = Array(
            random.element(of: ClientHello.all).record(serverName: site.name, random: &random).dropFirst(5))
        let destination = random.bytes(8), answer = random.bytes(8)
        var pieces: [Range<Int>] = []
        var start = 0
        while start < hello.count {
            let end = min(start + random.number(in: 100...500), hello.count)
            pieces.append(start..<end)
            start = end
        }
        for index in pieces.indices { pieces.swapAt(index, random.below(pieces.count)) }
        var frames: [UInt8] = []
        var number: UInt32 = 1
        for (index, piece) in pieces.enumerated() {
            frames += QUICBytes.crypto(hello[piece], at: piece.lowerBound) + [1, 0, 0]
            let next = index + 1 < pieces.count ? pieces[index + 1].count : 1_200
            guard frames.count + next > 1_100 else { continue }
            dialogue.datagram(
                QUICBytes.initial(frames, destination: destination, number: number, length: 1_250), fromClient: true)
            number += 1
            frames = []
        }
        let serverInitial: [UInt8] =
            [0xc1, 0, 0, 0, 1, 0, 8] + answer + [0] + QUICBytes.integer(130) + random.bytes(130)
        let handshake: [UInt8] = [0xe1, 0, 0, 0, 1, 0, 8] + answer + QUICBytes.integer(1_000) + random.bytes(1_000)
        dialogue.datagram(serverInitial + handshake, fromClient: false)
        let acknowledgement = QUICBytes.initial(
            [2, 1, 0, 0, 1], destination: answer, key: destination, number: number, length: 1_250)
        dialogue.datagram(acknowledgement, fromClient: true)
    }

    private func openHTTP(in dialogue: inout Dialogue) {
        dialogue.shakeHands()
        let request = "GET /files/archive.bin HTTP/1.1\r\nHost: \(site.name)\r\nAccept: */*\r\n\r\n"
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
        dialogue.say(Array(request.utf8), fromClient: true)
        dialogue.say(Array(response.utf8), fromClient: false)
    }
}
