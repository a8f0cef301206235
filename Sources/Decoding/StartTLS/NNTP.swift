/// NNTP: STARTTLS (RFC 4642).
enum NNTP: LineProtocol {
    static let openings: [Word] = ["CAPABILITIES", "MODE"]
    static let others: [Word] = ["STARTTLS", "HELP", "DATE", "LIST", "QUIT"]
}
