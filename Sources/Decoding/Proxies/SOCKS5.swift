/// SOCKS 5 (RFC 1928): what a client sends before its own data, with the user's name and password of RFC 1929 between.
/// Other ways to authenticate wrap what follows, and end the search.
enum SOCKS5 {
    private static let version: UInt8 = 5
    private static let passwordVersion: UInt8 = 1

    /// The greeting: version, number of methods, methods.
    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        guard stream.count >= 2 else { return .needs(2) }
        let count = Int(stream[1])
        guard count > 0 else { return .unknown }
        for index in 2..<max(min(2 + count, stream.count), 2) where !isMethod(stream[index]) { return .unknown }
        guard stream.count >= 2 + count else { return .needs(2 + count) }
        // A client waits for the answer; one that does not goes on with its request or with the password.
        if stream.count > 2 + count {
            guard stream[2 + count] == version || stream[2 + count] == passwordVersion else { return .unknown }
        }
        return .speaks(.socks5)
    }

    static func step(over stream: Bytes) -> StreamStep {
        guard stream.count >= 2 else { return .needs(2) }
        let length = 2 + Int(stream[1])
        return stream.count < length ? .needs(length) : .passes(Passage(length: length, next: .socks5Request))
    }

    /// Version, command, a zero, the kind of address, the address and the port (section 4).
    static func request(over stream: Bytes) -> StreamStep {
        if stream[0] == passwordVersion { return password(over: stream) }
        guard stream[0] == version else { return .over }
        guard stream.count >= 5 else { return .needs(5) }
        guard (1...3).contains(stream[1]), stream[2] == 0 else { return .over }
        let addressEnd: Int
        switch stream[3] {
        case 1: addressEnd = 4 + 4
        case 3: addressEnd = 5 + Int(stream[4])
        case 4: addressEnd = 4 + 16
        default: return .over
        }
        guard stream.count >= addressEnd + 2 else { return .needs(addressEnd + 2) }
        var passage = Passage(length: addressEnd + 2, next: .undecided)
        if stream[3] == 3 {
            let port = UInt16(stream[addressEnd]) << 8 | UInt16(stream[addressEnd + 1])
            let isLiteral = stream.isIPv6Literal(5..<addressEnd)
            guard isLiteral || stream.isHostName(5..<addressEnd) else { return .over }
            passage.socks = Passage.Target(name: 5..<addressEnd, port: port)
        }
        return .passes(passage)
    }

    private static func password(over stream: Bytes) -> StreamStep {
        guard stream.count >= 2 else { return .needs(2) }
        let passwordAt = 2 + Int(stream[1])
        guard stream.count > passwordAt else { return .needs(passwordAt + 1) }
        let length = passwordAt + 1 + Int(stream[passwordAt])
        return stream.count < length ? .needs(length) : .passes(Passage(length: length, next: .socks5Request))
    }

    /// Assigned, or for private use (IANA, "SOCKS Methods").
    private static func isMethod(_ method: UInt8) -> Bool { method <= 9 || method >= 0x80 && method < 0xff }
}
