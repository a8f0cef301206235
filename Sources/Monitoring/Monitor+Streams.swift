import Decoding

/// What decoders make of the bytes of one direction, in order.
extension Monitor {
    /// Parts that decoders may pass on the way to DNS, HTTP or a hello: SOCKS takes three, three rounds of HTTP CONNECT
    /// with NTLM and a hello behind them four, and talkative mail clients send a dozen lines before STARTTLS.
    private static let passageLimit = 32

    /// How far the decoders have come in the part of a stream that they were shown.
    struct Walk {
        /// Bytes that are done with, more than were shown where a body is passed unread.
        var passed = 0
        /// Bytes behind them before which nothing can be said; 0: nothing more is to be found.
        var needed = 0
    }

    /// The decoders that go on where they stopped, for the front of what waits.
    struct Scanners {
        var hello = HelloScanner()
        var certificate = CertificateScanner()
    }

    /// Shows all bytes that are there to the decoders, one behind the other.
    mutating func walk(_ stream: Bytes, _ scanners: inout Scanners, _ context: Context) -> Walk {
        var walk = Walk()
        while walk.passed < stream.count {
            let rest = stream.extracting(droppingFirst: walk.passed)
            let decoder = table.flows[context.slot][isUpward: context.isUpward].decoder
            switch decoder {
            case .undecided:
                if let needed = decide(rest, context) {
                    walk.needed = needed
                    return walk
                }
            case .clientHello:
                walk.needed = scanHello(rest, &scanners.hello, context)
                return walk
            case .certificate:
                walk.needed = scanCertificate(rest, &scanners.certificate, context)
                return walk
            case .dns:
                switch DNSStream.step(over: rest, strictness(context)) {
                case .message(let length):
                    table.flows[context.slot].dnsState = .talking
                    observeMessage(rest.extracting(2..<2 + length), isCut: false, context)
                    walk.passed += 2 + length
                case .needs(let count):
                    walk.needed = count
                    return walk
                case .notDNS:
                    if isOnDNSPort(context) { counters.count(.notDNSOnPort53) }
                    return walk
                }
            default:
                switch decoder.step(over: rest) {
                case .needs(let count):
                    walk.needed = count
                    return walk
                case .over:
                    return walk
                case .passes(let passage):
                    report(passage, in: rest, context)
                    guard pass(passage, context) else { return walk }
                    walk.passed += passage.length
                }
            }
        }
        walk.needed = 1
        return walk
    }

    /// Chooses the decoder by the first bytes.
    ///
    /// - Returns: nil where one was chosen, else how many bytes are needed first; 0 where there is none.
    private mutating func decide(_ stream: Bytes, _ context: Context) -> Int? {
        var isStrange = false
        if mayBeDNS(stream, context) {
            switch DNSStream.step(over: stream, .knownPort) {
            case .needs(let count): return count
            case .message:
                table.flows[context.slot][isUpward: context.isUpward].decoder = .dns
                return nil
            case .notDNS: isStrange = true
            }
        }
        let decision = StreamDecoder.decide(stream, strictness(context))
        if case .needs(let count) = decision { return count }
        if isStrange { counters.count(.notDNSOnPort53) }
        guard case .speaks(let choice) = decision, choice != .certificate || wantsCertificate(context) else { return 0 }
        table.flows[context.slot][isUpward: context.isUpward].decoder = choice
        return nil
    }

    /// Chooses the decoder of a stream that will not go on.
    private mutating func decideAtLast(_ stream: Bytes, _ context: Context) -> StreamDecoder {
        guard let needed = decide(stream, context) else {
            return table.flows[context.slot][isUpward: context.isUpward].decoder
        }
        // Of DNS only the rest of the first message was missing.
        let isDNS =
            needed > 0 && strictness(context) == .knownPort && !HelloScanner.canStart(stream)
            && DNSStream.canStart(stream, .knownPort)
        return isDNS ? .dns : .undecided
    }

    /// On its own port DNS comes first, unless it is TLS.
    private func mayBeDNS(_ stream: Bytes, _ context: Context) -> Bool {
        isOnDNSPort(context) && !HelloScanner.canStart(stream)
            && table.flows[context.slot][isUpward: context.isUpward].passages == 0
    }

    /// The first message on a port that is not known for DNS must fit exactly.
    private func strictness(_ context: Context) -> DNSMessage.Strictness {
        isOnDNSPort(context) || table.flows[context.slot].dnsState == .talking ? .knownPort : .anyPort
    }

    private func isOnDNSPort(_ context: Context) -> Bool {
        let key = table.flows[context.slot].key
        return key.lowPort == 53 || key.highPort == 53
    }

    private mutating func scanHello(_ stream: Bytes, _ scanner: inout HelloScanner, _ context: Context) -> Int {
        switch scanner.advance(over: stream) {
        case .needs(let count): return count
        case .complete: reportHello(in: stream, isPartial: false, context)
        case .notHello(let anomaly): if let anomaly { counters.count(anomaly) }
        }
        return 0
    }

    private mutating func report(_ passage: Passage, in stream: Bytes, _ context: Context) {
        if let target = passage.connect {
            counters.proxyNames &+= 1
            note(.connect, context)
            report(HostName(copying: stream.extracting(target.name)), .connect(port: target.port), context)
        }
        if let target = passage.socks {
            counters.proxyNames &+= 1
            note(.socks, context)
            report(HostName(copying: stream.extracting(target.name)), .socks(port: target.port), context)
        }
        if let host = passage.host {
            counters.httpNames &+= 1
            note(.httpHost, context)
            report(HostName(copying: stream.extracting(host)), .http, context)
        }
        if let agent = passage.userAgent, endpoints.marks.hasUserAgents {
            reportUserAgent(agent, of: passage, in: stream, context)
        }
        // Behind the request: its own Host field is the proxy's.
        if passage.connect != nil || passage.socks != nil { table.flows[context.slot].isProxied = true }
    }

    /// The program that made a request: of interest only where an entry knows it.
    private mutating func reportUserAgent(
        _ agent: Range<Int>, of passage: Passage, in stream: Bytes, _ context: Context
    ) {
        guard let endpoint = endpoints.marks.endpoint(forUserAgent: agent, in: stream) else { return }
        let text = escaped(agent.map { stream[$0] }, keepingBlanks: true)
        note(.userAgent, context)
        let host = passage.host ?? passage.connect?.name
        let name = host.map { HostName(copying: stream.extracting($0)) } ?? HostName()
        report(name, .userAgent(text), matching: endpoint, context)
    }

    /// - Returns: whether anybody goes on behind it.
    private mutating func pass(_ passage: Passage, _ context: Context) -> Bool {
        var stream = table.flows[context.slot][isUpward: context.isUpward]
        guard let next = passage.isStaying ? stream.decoder : passage.next else { return false }
        // Requests of HTTP may follow one another for as long as they come.
        if stream.decoder != .http || next != .http {
            guard stream.passages < Self.passageLimit else { return false }
            stream.passages += 1
        }
        stream.decoder = next
        table.flows[context.slot][isUpward: context.isUpward] = stream
        return true
    }

    /// Uses what waits of a stream that will not go on.
    mutating func useRemains(of entry: PrefixPool.Entry, _ context: Context) {
        var decoder = table.flows[context.slot][isUpward: context.isUpward].decoder
        let bytes = entry.prefix.contiguous.span
        if decoder == .undecided, bytes.count > 0 { decoder = decideAtLast(bytes, context) }
        if decoder != .undecided, decoder != .clientHello, entry.prefix.hasGap { counters.count(.streamGap) }
        guard bytes.count > 0 else { return }
        switch decoder {
        case .undecided where HelloScanner.canStart(bytes), .clientHello where HelloScanner.canStart(bytes):
            reportHello(in: bytes, isPartial: true, context)
        case .dns where bytes.count > 2 && strictness(context) == .knownPort:
            // Elsewhere only a first message that fits to the last byte shows that this is DNS.
            let message = bytes.extracting(droppingFirst: 2)
            if DNSMessage.isPlausible(message, .knownPort) { observeMessage(message, isCut: true, context) }
        case .http:
            if let passage = HTTPRequest.partial(bytes) { report(passage, in: bytes, context) }
        default: break
        }
    }
}
