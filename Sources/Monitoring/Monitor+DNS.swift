import Decoding

/// DNS over UDP and TCP: the names that clients ask for, and the addresses that they are told.
extension Monitor {
    /// A flow that has not spoken DNS in its first datagrams is something else.
    private static let dnsAttemptLimit = 4

    @inline(__always)
    mutating func observeDNS(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        guard table.flows[context.slot].dnsState != .absent else { return }
        observeDatagram(payload, packet, context)
    }

    private mutating func observeDatagram(_ payload: Bytes, _ packet: Packet, _ context: Context) {
        guard !packet.isLocalNameService else {
            table.flows[context.slot].dnsState = .absent
            table.flows[context.slot].isLocal = true
            return
        }
        let isKnownPort = packet.sourcePort == 53 || packet.destinationPort == 53
        guard DNSMessage.isPlausible(payload, isKnownPort ? .knownPort : .anyPort) else {
            if isKnownPort {
                counters.count(packet.isPayloadCut ? .cutBySnapLength : .notDNSOnPort53)
            } else if table.flows[context.slot].dnsState == .unknown {
                table.flows[context.slot].dnsAttempts += 1
                if table.flows[context.slot].dnsAttempts >= Self.dnsAttemptLimit {
                    table.flows[context.slot].dnsState = .absent
                    explain(context.slot, time: context.time)
                }
            }
            return
        }
        table.flows[context.slot].dnsState = .talking
        do throws(DecodingError) {
            try report(payload, isCut: packet.isPayloadCut, context)
        } catch {
            counters.count(error.anomaly(blaming: .dnsTruncated, isCut: packet.isPayloadCut))
        }
    }

    /// A message of a stream. One that its sender, or the capture, has cut tells what it holds.
    mutating func observeMessage(_ message: Bytes, isCut: Bool, _ context: Context) {
        do throws(DecodingError) {
            try report(message, isCut: isCut, context)
        } catch {
            counters.count(error.anomaly(blaming: .dnsTruncated, isCut: isCut))
        }
    }

    private mutating func report(_ message: Bytes, isCut: Bool, _ context: Context) throws(DecodingError) {
        var dns = try DNSMessage(reading: message)
        let isResponse = dns.isResponse
        let key = table.flows[context.slot].key
        let destination = context.isUpward ? key.high : key.low
        let wasAsked =
            switch key.transport {
            // Packets of a handshake go both ways without a query.
            case .tcp: table.flows[context.slot].recentQueries.wasAsked
            case _ where context.isUpward: table.flows[context.slot].sentDown.packets > 0
            default: table.flows[context.slot].sentUp.packets > 0
            }
        let isRepeat = isResponse && wasAsked
        if isResponse, dns.firstType(in: message) == .https {
            notePublishedKeys(dns, message, client: destination, isCut: isCut, context)
        }
        if !isResponse {
            let isCopy = table.flows[context.slot].recentQueries.isCopy(dns.identifier, at: context.time)
            // A copy of a segment never comes so far: what came twice over TCP was asked twice.
            guard !isCopy || key.transport == .tcp else { return }
        }
        while let question = try dns.nextQuestion(in: message) {
            guard !question.name.isEmpty else { continue }
            // The unicast answer to a multicast question: RFC 6762, section 6.7.
            guard key.lowPort != 5353 && key.highPort != 5353 || !question.name.isLocal else { continue }
            if !isRepeat { counters.dnsNames &+= 1 }
            note(.dns, context)
            explain(context.slot, time: context.time)
            let endpoint = endpoints.endpoint(for: question.name)
            let isWanted = endpoint != nil || settings.reportsEveryName
            // Where its resolvers are, a client was told by DNS that everybody can read.
            guard isWanted || isResponse && settings.resolvers.resolver(named: question.name) != nil else {
                if isResponse, !book.isEmpty { unbindAnswers(in: message, behind: dns, for: destination) }
                continue
            }
            answers.removeAll()
            if isResponse, let records = dns.behindQuestions(of: message) {
                if let defect = answers.read(question.name, in: message, from: records) {
                    counters.count(defect.anomaly(blaming: .dnsTruncated, isCut: isCut))
                }
                if answers.hasMalformedService { counters.count(.dnsServiceBinding) }
                for answer in answers.addresses + answers.hints {
                    book.bind(
                        question.name, to: answer.address, for: destination, timeToLive: answer.timeToLive,
                        at: context.time)
                }
            }
            counters.bindingsEvicted = book.evicted
            if settings.tellsFlows { keepName(question.name, .dns, context.slot) }
            guard isWanted, !isRepeat || settings.reportsEveryName else { continue }
            var asking = context
            asking.isUpward = context.isUpward != isResponse
            let detail = Sighting.Detail.dns(
                type: question.type, addresses: answers.addresses.map(\.address),
                hints: answers.hints.map(\.address), isRepeat: isRepeat)
            // A match promotes no flow: a look-up is over with its answer.
            _ = report(sighting(question.name, detail, asking), matching: endpoint)
        }
    }

    /// The answers to what is not the name of anybody we look for take their addresses away from those that are:
    /// the client reaches both there.
    private mutating func unbindAnswers(in message: Bytes, behind questions: DNSMessage, for client: IPAddress) {
        var records = questions
        guard records.questionCount == 0 else { return }
        do throws(DecodingError) {
            while let address = try records.nextAddress(in: message) { book.unbind(address, for: client) }
        } catch {
            // Nobody reads these records for their names: what is wrong with them is nobody's concern.
        }
    }
}

extension Monitor {
    /// Takes in which keys for encrypted hellos an answer to a question for HTTPS records tells. Whatever records of that
    /// kind it brings stand at the end of the name's aliases.
    private mutating func notePublishedKeys(
        _ start: DNSMessage, _ message: Bytes, client: IPAddress, isCut: Bool, _ context: Context
    ) {
        var dns = start
        var configs: [EncryptedHelloConfig] = []
        var timeToLive: UInt32?
        do throws(DecodingError) {
            guard let question = try dns.nextQuestion(in: message), !question.name.isEmpty else { return }
            while try dns.nextQuestion(in: message) != nil {}
            while let record = try dns.nextRecord(in: message, answersOnly: true) {
                guard case .service(let service) = record.data else { continue }
                timeToLive = min(timeToLive ?? record.timeToLive, record.timeToLive)
                addConfigs(of: service, in: message, to: &configs)
            }
            // That there is no record is an answer, too.
            guard timeToLive != nil || start.isSuccess && !start.isTruncated && !isCut else { return }
            publishedKeys.note(
                configs, of: question.name, to: client,
                timeToLive: timeToLive ?? PublishedKeys.negativeTimeToLive, at: context.time)
            counters.publishedKeysEvicted = publishedKeys.evicted
        } catch {
            // Who reads the names meets the defect, and counts it.
        }
    }

    private mutating func addConfigs(
        of service: ServiceBinding, in message: Bytes, to configs: inout [EncryptedHelloConfig]
    ) {
        guard service.hasEncryptedHello else { return }
        var list = message.extracting(service.encryptedHelloConfigs)
        do throws(DecodingError) {
            try list.keep(first: Int(try list.readUInt16()))
            while configs.count < PublishedKeys.keyLimit, let config = try EncryptedHelloConfig.next(reading: &list) {
                configs.append(config)
            }
        } catch {
            counters.count(.dnsServiceBinding)
        }
    }
}

extension DNSMessage {
    /// The cursor at the first record; nil where a question is defective, which whoever reads the questions will meet.
    fileprivate func behindQuestions(of message: Bytes) -> DNSMessage? {
        var records = self
        do throws(DecodingError) {
            while try records.nextQuestion(in: message) != nil {}
            return records
        } catch {
            return nil
        }
    }
}

extension Packet {
    /// Multicast DNS (RFC 6762), LLMNR (RFC 4795) and NetBIOS name service (RFC 1002): names of the local link, never
    /// outbound. A resolver may listen on port 5353 as well: then the client's port is another one.
    fileprivate var isLocalNameService: Bool {
        destinationPort == 5353 && (sourcePort == 5353 || destination.isMulticastOrBroadcast)
            || destinationPort == 5355 || sourcePort == 5355 || destinationPort == 137 || sourcePort == 137
    }
}
