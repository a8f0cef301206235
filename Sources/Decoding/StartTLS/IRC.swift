/// IRC: STARTTLS (IRCv3, "tls" extension).
enum IRC: LineProtocol {
    static let openings: [Word] = ["CAP", "NICK", "USER", "PASS"]
    static let others: [Word] = ["STARTTLS", "PING", "PONG", "WEBIRC", "PROTOCTL"]
}
