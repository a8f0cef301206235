/// MySQL and MariaDB: SSLRequest ("Protocol::SSLRequest" in the manual): a packet of 32 bytes with the number 1, that
/// holds the client's capabilities, the greatest packet, a character set, and zeros.
enum MySQL {
    private static let length = 4 + 32
    /// CLIENT_PROTOCOL_41 and CLIENT_SSL.
    private static let capabilities: UInt16 = 0x0a00

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        let header: InlineArray<4, UInt8> = [32, 0, 0, 1]
        for index in 0..<min(stream.count, 4) where stream[index] != header[index] { return .unknown }
        guard stream.count >= length else { return .needs(length) }
        guard (UInt16(stream[5]) << 8 | UInt16(stream[4])) & capabilities == capabilities else { return .unknown }
        // MariaDB has more capabilities in the last four.
        for index in 13..<length - 4 where stream[index] != 0 { return .unknown }
        return .speaks(.mySQL)
    }

    static func step(over stream: Bytes) -> StreamStep {
        .passes(Passage(length: length, next: .clientHello))
    }
}
