/// POP3: STLS (RFC 2595, section 4).
enum POP3: LineProtocol {
    static let openings: [Word] = ["CAPA", "STLS"]
    static let others: [Word] = ["NOOP", "UTF8", "LANG", "QUIT"]
}
