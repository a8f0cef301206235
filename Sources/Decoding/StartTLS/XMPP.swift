/// XMPP: `<starttls/>` (RFC 6120, section 5.4.2.1), behind the XML declaration and the stream's header.
enum XMPP {
    /// Of one element's tag: a header with its name spaces takes some 250 bytes.
    private static let lengthLimit = 1_024

    static func decide(_ stream: Bytes) -> StreamDecoder.Decision {
        let starts: (Bool, Bool) = (couldBe("<?xml ", stream), couldBe("<stream:stream", stream))
        guard starts.0 || starts.1 else { return .unknown }
        return stream.count < 6 ? .needs(6) : .speaks(.xmpp)
    }

    static func step(over stream: Bytes) -> StreamStep {
        if stream[0] == 22 { return .passes(Passage(length: 0, next: .clientHello)) }
        // Blanks between elements.
        if stream[0] <= 0x20 {
            return stream[0] == 0 ? .over : .passes(Passage(length: 1, next: nil, staying: true))
        }
        guard couldBe("<?xml ", stream) || couldBe("<stream:stream", stream) || couldBe("<starttls", stream) else {
            return .over
        }
        let shown = min(stream.count, lengthLimit)
        guard let end = stream.firstIndex(of: UInt8(ascii: ">"), in: 0..<shown) else {
            return shown < lengthLimit ? .needs(stream.count + 1) : .over
        }
        for index in 0..<end where stream[index] == 0 { return .over }
        return .passes(Passage(length: end + 1, next: nil, staying: true))
    }

    private static func couldBe(_ text: StaticText, _ stream: Bytes) -> Bool {
        for index in 0..<min(text.count, stream.count) where stream[index] != text[index] { return false }
        return true
    }
}
