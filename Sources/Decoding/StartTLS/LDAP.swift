/// LDAP: the extended request 1.3.6.1.4.1.1466.20037 (RFC 4511, section 4.14), behind other requests at times.
enum LDAP {
    /// Of one request before TLS begins: a search of the root entry takes some 60 to 400 bytes.
    private static let lengthLimit = 4_096

    /// `LDAPMessage`: a sequence of a message number and a request whose tag is a client's.
    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        switch message(stream) {
        case .needs(let count): .needs(count)
        case .over: .unknown
        case .passes: .speaks(.ldap)
        }
    }

    static func step(over stream: Bytes) -> StreamStep {
        if stream[0] == 22 { return .passes(Passage(length: 0, next: .clientHello)) }
        let step = message(stream)
        guard case .passes(let passage) = step else { return step }
        return stream.count < passage.length ? .needs(passage.length) : step
    }

    private static func message(_ stream: Bytes) -> StreamStep {
        guard stream[0] == 0x30 else { return .over }
        guard stream.count >= 2 else { return .needs(2) }
        var header = 2
        var length = Int(stream[1])
        if length >= 0x80 {
            let size = length & 0x7f
            guard (1...4).contains(size) else { return .over }
            header += size
            guard stream.count >= header else { return .needs(header) }
            length = 0
            for index in 2..<header { length = length << 8 | Int(stream[index]) }
        }
        guard length >= 5, header + length <= lengthLimit else { return .over }
        guard stream.count >= header + 2 else { return .needs(header + 2) }
        let numberLength = Int(stream[header + 1])
        guard stream[header] == 2, (1...4).contains(numberLength) else { return .over }
        let tagAt = header + 2 + numberLength
        guard stream.count > tagAt else { return .needs(tagAt + 1) }
        // Bind, unbind, search, abandon, extended (section 4.1.1).
        switch stream[tagAt] {
        case 0x60, 0x42, 0x63, 0x50, 0x77: return .passes(Passage(length: header + length, next: nil, staying: true))
        default: return .over
        }
    }
}
