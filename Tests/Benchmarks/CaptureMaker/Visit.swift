/// What a host sets out to do at a site, and on which port.
struct Visit {
    enum Kind {
        case lookup
        case tls
        case http
        case datagrams
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
        case .datagrams:
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

    private func openHTTP(in dialogue: inout Dialogue) {
        dialogue.shakeHands()
        let request = "GET /files/archive.bin HTTP/1.1\r\nHost: \(site.name)\r\nAccept: */*\r\n\r\n"
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
        dialogue.say(Array(request.utf8), fromClient: true)
        dialogue.say(Array(response.utf8), fromClient: false)
    }
}
