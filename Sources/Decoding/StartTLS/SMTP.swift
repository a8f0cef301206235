/// SMTP and LMTP: STARTTLS (RFC 3207).
enum SMTP: LineProtocol {
    static let openings: [Word] = ["EHLO", "HELO", "LHLO"]
    static let others: [Word] = ["STARTTLS", "NOOP", "RSET", "HELP", "XCLIENT", "XFORWARD", "QUIT"]
}
