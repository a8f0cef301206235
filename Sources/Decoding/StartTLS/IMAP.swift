/// IMAP: STARTTLS (RFC 9051, section 6.2.1). A tag of the client's choice stands in front of each command.
enum IMAP: LineProtocol {
    static let openings: [Word] = ["CAPABILITY", "STARTTLS", "ID", "NOOP"]
    static let others: [Word] = ["ENABLE", "LOGOUT"]

    static let hasTags = true
}
