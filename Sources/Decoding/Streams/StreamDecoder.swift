/// What is spoken at the front of one direction of a TCP stream: which decoder the next bytes ask for.
///
/// A decoder of a preamble looks at the front of what is left of the stream and says how much to pass and who goes on
/// behind it. It keeps no state, allocates nothing, and what it may wait for is bounded.
package enum StreamDecoder: UInt8, Sendable {
    /// The first bytes, or the first ones behind a proxy's preamble.
    case undecided
    case clientHello, certificate, dns
    case http, socks4, socks5, socks5Request, proxyProtocol1, proxyProtocol2
    case smtp, imap, pop3, ftp, irc, nntp, sieve, xmpp, ldap, postgreSQL, mySQL, rdp

    package enum Decision: Equatable, Sendable {
        /// Nothing can be said before the stream has this many bytes.
        case needs(Int)
        case speaks(StreamDecoder)
        case unknown
    }

    /// Decides by the first bytes who goes on. Most streams are none of these, and are settled by their first byte.
    ///
    /// - Parameter strictness: how much a message must look like DNS.
    package static func decide(_ stream: Bytes, _ strictness: DNSMessage.Strictness) -> Decision {
        guard stream.count > 0 else { return .needs(1) }
        switch stream[0] {
        case 0x16: return handshake(stream)
        case 0x05: return SOCKS5.decide(stream)
        case 0x04: return SOCKS4.decide(stream)
        case 0x0d: return ProxyProtocol2.decide(stream)
        case 0x30: return LDAP.decide(stream)
        case 0x00: return either(PostgreSQL.decide(stream), dns(stream, strictness))
        case 0x03: return either(RDP.decide(stream), dns(stream, strictness))
        case 0x20 where stream.count < 2 || stream[1] == 0: return MySQL.decide(stream)
        case UInt8(ascii: "<"): return XMPP.decide(stream)
        case let byte where byte.isWord:
            let decision = Line.decide(stream)
            return decision == .unknown ? dns(stream, strictness) : decision
        default: return dns(stream, strictness)
        }
    }

    /// Says what to do with the front of the stream. Those decoders that only look for names are the caller's.
    package func step(over stream: Bytes) -> StreamStep {
        guard stream.count > 0 else { return .needs(1) }
        return switch self {
        case .undecided, .clientHello, .certificate, .dns: .over
        case .http: HTTPRequest.step(over: stream)
        case .socks4: SOCKS4.step(over: stream)
        case .socks5: SOCKS5.step(over: stream)
        case .socks5Request: SOCKS5.request(over: stream)
        case .proxyProtocol1: ProxyProtocol1.step(over: stream)
        case .proxyProtocol2: ProxyProtocol2.step(over: stream)
        case .smtp: Line.step(over: stream, SMTP.self)
        case .imap: Line.step(over: stream, IMAP.self)
        case .pop3: Line.step(over: stream, POP3.self)
        case .ftp: Line.step(over: stream, FTP.self)
        case .irc: Line.step(over: stream, IRC.self)
        case .nntp: Line.step(over: stream, NNTP.self)
        case .sieve: Line.step(over: stream, Sieve.self)
        case .xmpp: XMPP.step(over: stream)
        case .ldap: LDAP.step(over: stream)
        case .postgreSQL: PostgreSQL.step(over: stream)
        case .mySQL: MySQL.step(over: stream)
        case .rdp: RDP.step(over: stream)
        }
    }

    /// The first handshake message tells a client from a server.
    private static func handshake(_ stream: Bytes) -> Decision {
        if HelloScanner.canStart(stream) { return stream.count < 6 ? .needs(6) : .speaks(.clientHello) }
        return CertificateScanner.canStart(stream) ? .speaks(.certificate) : .unknown
    }

    /// Only a message that is whole shows that it is one.
    private static func dns(_ stream: Bytes, _ strictness: DNSMessage.Strictness) -> Decision {
        switch DNSStream.step(over: stream, strictness) {
        case .needs(let count): .needs(count)
        case .notDNS: .unknown
        case .message: .speaks(.dns)
        }
    }

    private static func either(_ first: Decision, _ second: @autoclosure () -> Decision) -> Decision {
        first == .unknown ? second() : first
    }
}

/// What a decoder makes of the front of a stream.
package enum StreamStep: Sendable {
    /// Nothing can be said before the stream has this many bytes.
    case needs(Int)
    /// Nothing more is to be found here.
    case over
    case passes(Passage)
}

/// A part of a stream that a decoder has understood.
package struct Passage: Sendable {
    /// The name that a client gave to a proxy, where in the stream it stands, and the port beside it.
    package struct Target: Equatable, Sendable {
        package var name: Range<Int>
        package var port: UInt16
    }

    /// In bytes; more of them than have come, where a body is passed unread.
    package var length: Int
    /// Who goes on behind it; nil where nothing more is to be found, or the same decoder goes on.
    package var next: StreamDecoder?
    /// The same decoder goes on.
    package var isStaying: Bool
    package var connect: Target?
    package var socks: Target?
    /// Where in the stream the name of the host stands that a request is meant for.
    package var host: Range<Int>?
    /// Where the value of the request's User-Agent field stands, not longer than `HTTPRequest.userAgentLimit`.
    package var userAgent: Range<Int>?

    init(length: Int, next: StreamDecoder?, staying isStaying: Bool = false) {
        self.length = length
        self.next = next
        self.isStaying = isStaying
    }
}
