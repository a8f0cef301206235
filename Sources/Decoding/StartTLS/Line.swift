/// A protocol of lines in which a client asks for TLS in the middle of the conversation.
///
/// Each file beside this one says which commands may stand before that. Any other one ends the search: who has begun
/// to work in the clear goes on so.
protocol LineProtocol {
    /// The first command of a connection.
    static var openings: [Word] { get }
    /// Those that may follow before TLS begins, beside the openings.
    static var others: [Word] { get }
    /// A tag of the client's choice stands in front of each command.
    static var hasTags: Bool { get }
}

extension LineProtocol {
    static var hasTags: Bool { false }
}

/// Lines of text at the front of a stream, each passed when it is whole; behind any of them TLS may begin.
enum Line {
    /// With its end: RFC 5321, section 4.5.3.1.4 and RFC 1459, section 2.3 have 512. RFC 2449, section 4: 255.
    /// Extensions of IMAP and XCLIENT ask for more.
    private static let lengthLimit = 1_024
    /// The longest word of any protocol below.
    private static let wordLimit = 16

    /// By the first word, or of IMAP the second.
    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        guard let end = wordEnd(stream, from: 0) else { return .unknown }
        guard end < stream.count else { return .needs(stream.count + 1) }
        let word = Word(stream.extracting(0..<end))
        if HTTPMethods.all.contains(word) { return .speaks(.http) }
        if word == "PROXY" { return .speaks(.proxyProtocol1) }
        if SMTP.openings.contains(word) { return .speaks(.smtp) }
        if POP3.openings.contains(word) { return .speaks(.pop3) }
        if FTP.openings.contains(word) { return .speaks(.ftp) }
        if NNTP.openings.contains(word) { return .speaks(.nntp) }
        if IRC.openings.contains(word) { return .speaks(.irc) }
        if Sieve.openings.contains(word) { return .speaks(.sieve) }
        guard stream[end] == UInt8(ascii: " "), let second = wordEnd(stream, from: end + 1) else { return .unknown }
        guard second < stream.count else { return .needs(stream.count + 1) }
        return IMAP.openings.contains(Word(stream.extracting(end + 1..<second))) ? .speaks(.imap) : .unknown
    }

    static func step(over stream: Bytes, _ spoken: (some LineProtocol).Type) -> StreamStep {
        // No line of text begins with the type of a handshake record.
        if stream[0] == 22 { return .passes(Passage(length: 0, next: .clientHello)) }
        let shown = min(stream.count, lengthLimit)
        guard let end = stream.firstIndex(of: UInt8(ascii: "\n"), in: 0..<shown) else {
            return shown < lengthLimit ? .needs(stream.count + 1) : .over
        }
        for index in 0..<end where stream[index] == 0 { return .over }
        var start = 0
        if spoken.hasTags {
            guard let tagEnd = wordEnd(stream, from: 0), tagEnd < end else { return .over }
            start = tagEnd + 1
        }
        guard let wordEnd = wordEnd(stream, from: start) else { return .over }
        let word = Word(stream.extracting(start..<wordEnd))
        guard spoken.openings.contains(word) || spoken.others.contains(word) else { return .over }
        return .passes(Passage(length: end + 1, next: nil, staying: true))
    }

    /// Where the word ends that begins at `start`; the stream's end where it may go on; nil where there is none.
    static func wordEnd(_ stream: Bytes, from start: Int) -> Int? {
        var index = start
        while index < stream.count, stream[index].isWord {
            index += 1
            guard index - start <= wordLimit else { return nil }
        }
        guard index < stream.count else { return index }
        let isEnd = stream[index] == UInt8(ascii: " ") || stream[index] == 0x0d || stream[index] == 0x0a
        return isEnd && index > start ? index : nil
    }
}

/// A command of up to 16 letters and digits, in either case, as one number.
struct Word: Equatable, Sendable, ExpressibleByStringLiteral {
    private var bits: UInt128 = 0

    init(stringLiteral text: String) {
        for byte in text.utf8 { bits = bits << 8 | UInt128(byte.lowercased) }
    }

    init(_ bytes: Bytes) {
        for index in 0..<min(bytes.count, 16) { bits = bits << 8 | UInt128(bytes[index].lowercased) }
    }
}

/// Requests that begin a connection (IANA, "HTTP Methods").
enum HTTPMethods {
    static let all: [Word] = [
        "GET", "POST", "HEAD", "CONNECT", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "PROPPATCH",
        "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH", "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY",
    ]
}
