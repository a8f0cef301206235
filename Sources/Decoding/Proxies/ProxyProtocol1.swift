/// The PROXY protocol, version 1: one line that a load balancer puts in front of anything.
///
/// Source: "The PROXY protocol", section 2.1, of HAProxy. `PROXY TCP4 192.0.2.1 192.0.2.2 50000 443`, CR, LF.
enum ProxyProtocol1 {
    /// The longest line that the specification allows, for two addresses of IPv6, with CR and LF.
    private static let lengthLimit = 107

    static func step(over stream: Bytes) -> StreamStep {
        let shown = min(stream.count, lengthLimit)
        guard let end = stream.firstIndex(of: UInt8(ascii: "\n"), in: 0..<shown) else {
            return shown < lengthLimit ? .needs(stream.count + 1) : .over
        }
        let isKnown = stream.hasText("proxy tcp", at: 0) || stream.hasText("proxy unknown", at: 0)
        guard isKnown, stream[end - 1] == UInt8(ascii: "\r") else { return .over }
        return .passes(Passage(length: end + 1, next: .undecided))
    }
}
