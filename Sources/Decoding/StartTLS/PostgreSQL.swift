/// PostgreSQL: SSLRequest, at times behind GSSENCRequest ("Message Formats" in the manual): a length of 8 and a number
/// that no protocol version has.
enum PostgreSQL {
    private static let length = 8

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        for index in 0..<min(stream.count, 7) where stream[index] != request[index] { return .unknown }
        guard stream.count >= length else { return .needs(length) }
        return stream[7] == 0x2f || stream[7] == 0x30 ? .speaks(.postgreSQL) : .unknown
    }

    static func step(over stream: Bytes) -> StreamStep {
        if stream[0] == 22 { return .passes(Passage(length: 0, next: .clientHello)) }
        switch decide(stream) {
        case .needs(let count): return .needs(count)
        case .speaks: return .passes(Passage(length: length, next: nil, staying: true))
        case .unknown: return .over
        }
    }

    private static let request: InlineArray<7, UInt8> = [0, 0, 0, 8, 0x04, 0xd2, 0x16]
}
