/// Remote desktop: the X.224 connection request in a TPKT ([MS-RDPBCGR], section 2.2.1.1), behind which TLS begins.
enum RDP {
    private static let headerLength = 7
    /// A cookie or a routing token, CR and LF, and 8 bytes of negotiation.
    private static let lengthLimit = 512

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        if stream.count > 1, stream[1] != 0 { return .unknown }
        guard stream.count >= headerLength else { return .needs(headerLength) }
        let length = Int(stream[2]) << 8 | Int(stream[3])
        // The connection request counts what follows its own length.
        guard (11...lengthLimit).contains(length), Int(stream[4]) == length - 5, stream[5] == 0xe0 else {
            return .unknown
        }
        return .speaks(.rdp)
    }

    static func step(over stream: Bytes) -> StreamStep {
        let length = Int(stream[2]) << 8 | Int(stream[3])
        return stream.count < length ? .needs(length) : .passes(Passage(length: length, next: .clientHello))
    }
}
