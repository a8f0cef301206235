/// DNS over TCP (RFC 1035, section 4.2.2; RFC 7766): messages one behind the other, each behind its length.
package enum DNSStream {
    /// Length and the header.
    private static let shortest = 2 + 12

    package enum Step: Equatable, Sendable {
        case needs(Int)
        /// What comes next is no message.
        case notDNS
        /// A message of this many bytes stands behind the two bytes of its length.
        case message(Int)
    }

    /// Looks at the front of a stream.
    package static func step(over stream: Bytes, _ strictness: DNSMessage.Strictness) -> Step {
        guard stream.count >= 2 else { return .needs(2) }
        let length = Int(stream[0]) << 8 | Int(stream[1])
        guard length >= 12 else { return .notDNS }
        guard stream.count >= shortest else { return .needs(shortest) }
        // Asked first, whole or not, so that the cut of the stream makes no difference; and nobody waits for more than a
        // header that makes sense promises.
        guard headerMakesSense(stream, length, strictness) else { return .notDNS }
        guard stream.count >= 2 + length else { return .needs(2 + length) }
        return DNSMessage.isPlausible(stream.extracting(2..<2 + length), strictness) ? .message(length) : .notDNS
    }

    /// Whether a stream may start with DNS, told by the length as long as the header is not there.
    package static func canStart(_ stream: Bytes, _ strictness: DNSMessage.Strictness) -> Bool {
        step(over: stream, strictness) != .notDNS
    }

    /// Whether a segment of a stream whose beginning is unknown surely begins with a message.
    package static func startsWhole(_ segment: Bytes) -> Bool {
        if case .message = step(over: segment, .anyPort) { return true }
        return false
    }

    private static func headerMakesSense(
        _ stream: Bytes, _ length: Int, _ strictness: DNSMessage.Strictness
    ) -> Bool {
        let header: DNSMessage
        do throws(DecodingError) {
            header = try DNSMessage(reading: stream.extracting(droppingFirst: 2))
        } catch {
            return false
        }
        let records = header.answerCount + header.otherCount
        // A question takes 5 bytes at least, a record 11.
        guard 12 + header.questionCount * 5 + records * 11 <= length else { return false }
        switch strictness {
        case .knownPort: return header.opcode <= 6 && header.questionCount <= 16
        case .anyPort:
            return header.opcode == 0 && header.flags & 0x0040 == 0 && (1...4).contains(header.questionCount)
                && (header.isResponse || records <= 2 && header.flags & 0x0f == 0)
        }
    }
}
