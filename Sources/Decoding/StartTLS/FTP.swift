/// FTP: AUTH TLS, and SSL before it (RFC 4217, section 4).
enum FTP: LineProtocol {
    static let openings: [Word] = ["AUTH", "FEAT"]
    static let others: [Word] = ["HOST", "SYST", "NOOP", "CLNT", "OPTS", "CSID", "QUIT"]
}
