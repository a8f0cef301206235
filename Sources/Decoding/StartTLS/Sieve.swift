/// ManageSieve (RFC 5804, section 2.2), and every other protocol whose client asks for TLS at once: STARTTLS.
enum Sieve: LineProtocol {
    static let openings: [Word] = ["STARTTLS"]
    static let others: [Word] = ["CAPABILITY", "NOOP", "LOGOUT"]
}
