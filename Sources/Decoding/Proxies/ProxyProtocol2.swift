/// The PROXY protocol, version 2: the binary form.
///
/// Source: "The PROXY protocol", section 2.2, of HAProxy: a signature of 12 bytes, version and command, family, and the
/// length of addresses and TLVs that follow.
enum ProxyProtocol2 {
    private static let signature: InlineArray<12, UInt8> = [
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a,
    ]
    private static let headerLength = 16
    /// Two paths of Unix sockets are 216 bytes, client certificates come as TLVs; beyond that nobody sends one.
    private static let lengthLimit = 4_096

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        for index in 0..<min(stream.count, signature.count) where stream[index] != signature[index] { return .unknown }
        return stream.count < headerLength ? .needs(headerLength) : .speaks(.proxyProtocol2)
    }

    static func step(over stream: Bytes) -> StreamStep {
        guard stream.count >= headerLength else { return .needs(headerLength) }
        let length = headerLength + (Int(stream[14]) << 8 | Int(stream[15]))
        guard stream[12] >> 4 == 2, length <= lengthLimit else { return .over }
        return stream.count < length ? .needs(length) : .passes(Passage(length: length, next: .undecided))
    }
}
