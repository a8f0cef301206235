/// What clients say in front of a hello, as the protocols' documents draw it.
package enum StreamBytes {
    /// A conversation by its name; `names` are those that the preamble itself holds.
    package struct Preamble: Sendable, CustomStringConvertible {
        package let description: String
        package let bytes: [UInt8]
        package var names: [String] = []
    }

    package static func framed(_ message: [UInt8]) -> [UInt8] { u16(message.count) + message }

    package static let connect = Array(
        "CONNECT up.vendor.example:443 HTTP/1.1\r\nHost: up.vendor.example:443\r\nUser-Agent: x\r\n\r\n".utf8)
    package static let socks4a = [4, 1, 1, 0xbb, 0, 0, 0, 1] + Array("me\0up.vendor.example\0".utf8)
    package static let socks5 = [5, 2, 0, 2] + socks5Request
    package static let socks5Request = [5, 1, 0, 3, 17] + Array("up.vendor.example".utf8) + [1, 0xbb]
    package static let proxy1 = Array("PROXY TCP4 192.0.2.1 192.0.2.2 50000 443\r\n".utf8)
    package static let proxy2: [UInt8] =
        [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0, 12]
        + [192, 0, 2, 1, 192, 0, 2, 2] + u16(50_000) + u16(443)
    /// Message 1, an extended request for 1.3.6.1.4.1.1466.20037.
    package static let ldap =
        [0x30, 0x1d, 2, 1, 1, 0x77, 0x18, 0x80, 0x16] + Array("1.3.6.1.4.1.1466.20037".utf8)
    package static let postgreSQL: [UInt8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]
    package static let mySQL: [UInt8] =
        [32, 0, 0, 1, 0x85, 0xae, 0xff, 0x19, 0, 0, 0, 1, 0xff] + Array(repeating: 0, count: 23)
    package static let rdp: [UInt8] = [3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]
    package static let xmpp = Array(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' to='vendor.example' version='1.0'>\n<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
            .utf8)

    /// Every way that is known to put a hello behind something else.
    package static let preambles: [Preamble] = [
        Preamble(description: "HTTP CONNECT", bytes: connect, names: ["up.vendor.example", "up.vendor.example"]),
        Preamble(
            description: "HTTP CONNECT twice, the first one refused", bytes: connect + connect,
            names: Array(repeating: "up.vendor.example", count: 4)),
        Preamble(description: "SOCKS 4A", bytes: socks4a, names: ["up.vendor.example"]),
        Preamble(description: "SOCKS 4", bytes: [4, 1, 1, 0xbb, 192, 0, 2, 1] + Array("me\0".utf8)),
        Preamble(description: "SOCKS 5", bytes: socks5, names: ["up.vendor.example"]),
        Preamble(
            description: "SOCKS 5 with a password",
            bytes: [5, 1, 2, 1, 2] + Array("me".utf8) + [3] + Array("pwd".utf8) + socks5Request,
            names: ["up.vendor.example"]),
        Preamble(description: "SOCKS 5 to an address", bytes: [5, 1, 0, 5, 1, 0, 1, 192, 0, 2, 1, 1, 0xbb]),
        Preamble(description: "PROXY version 1", bytes: proxy1),
        Preamble(description: "PROXY version 2", bytes: proxy2),
        Preamble(
            description: "PROXY in front of CONNECT", bytes: proxy1 + connect,
            names: ["up.vendor.example", "up.vendor.example"]),
        Preamble(description: "SMTP", bytes: Array("EHLO me\r\nSTARTTLS\r\n".utf8)),
        Preamble(description: "IMAP", bytes: Array("a1 CAPABILITY\r\na2 STARTTLS\r\n".utf8)),
        Preamble(description: "POP3", bytes: Array("CAPA\r\nSTLS\r\n".utf8)),
        Preamble(description: "FTP", bytes: Array("AUTH TLS\r\n".utf8)),
        Preamble(description: "IRC", bytes: Array("CAP LS 302\r\nNICK me\r\nUSER me 0 * :me\r\nSTARTTLS\r\n".utf8)),
        Preamble(description: "NNTP", bytes: Array("CAPABILITIES\r\nSTARTTLS\r\n".utf8)),
        Preamble(description: "ManageSieve", bytes: Array("STARTTLS\r\n".utf8)),
        Preamble(description: "XMPP", bytes: xmpp),
        Preamble(description: "LDAP", bytes: ldap),
        Preamble(description: "PostgreSQL", bytes: postgreSQL),
        Preamble(
            description: "PostgreSQL after GSS encryption was refused",
            bytes: [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x30] + postgreSQL),
        Preamble(description: "MySQL", bytes: mySQL),
        Preamble(description: "remote desktop", bytes: rdp),
    ]
}
