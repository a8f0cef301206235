extension DNSMessage {
    /// How much a datagram must look like DNS before its names are believed.
    package enum Strictness: Sendable {
        /// On port 53: the header makes sense and the first question can be read.
        case knownPort
        /// On any other port: every count, name and record fits, to the last byte.
        case anyPort
    }

    /// Whether `message` is DNS. Other protocols run on port 53 (FortiGuard's rating queries, for one), and DNS runs
    /// on other ports; bytes that only resemble a name must not become one.
    package static func isPlausible(_ message: Bytes, _ strictness: Strictness) -> Bool {
        do throws(DecodingError) {
            var dns = try DNSMessage(reading: message)
            // Opcodes above 6 are unassigned; more than one question is unheard of outside of tests.
            guard dns.opcode <= 6, dns.questionCount <= 16 else { return false }
            switch strictness {
            case .knownPort:
                guard dns.questionCount > 0 else { return dns.isResponse && message.count == 12 || dns.hasRecords }
                guard let question = try dns.nextQuestion(in: message) else { return false }
                // One question: other protocols hit this word by chance once in 65,536 times. The rest may be damaged.
                return dns.questionCount == 0 || question.hasAssignedClass
            case .anyPort:
                return try dns.fitsExactly(message)
            }
        } catch {
            return false
        }
    }

    private var hasRecords: Bool { answerCount + otherCount > 0 }

    private mutating func fitsExactly(_ message: Bytes) throws(DecodingError) -> Bool {
        // The bit after "recursion available" is reserved as zero (RFC 6895, section 2.1).
        // A record takes 11 bytes at least.
        guard opcode == 0, flags & 0x0040 == 0, (1...4).contains(questionCount),
            (answerCount + otherCount) * 11 + questionCount * 5 + 12 <= message.count,
            isResponse || answerCount == 0 && otherCount <= 2 && flags & 0x0f == 0
        else { return false }
        while let question = try nextQuestion(in: message) {
            guard question.hasAssignedClass, !question.name.isEmpty, question.name.isPrintable else { return false }
        }
        while let record = try nextRecord(in: message, answersOnly: false) {
            guard record.type == .opt || DNSQuestion.isAssigned(record.dnsClass) else { return false }
        }
        return offset == message.count
    }
}

extension DNSQuestion {
    fileprivate var hasAssignedClass: Bool { Self.isAssigned(dnsClass) }

    /// Internet, Chaos, Hesiod, "none" and "any" (IANA, "DNS CLASSes").
    fileprivate static func isAssigned(_ dnsClass: UInt16) -> Bool {
        dnsClass == 1 || dnsClass == 3 || dnsClass == 4 || dnsClass == 254 || dnsClass == 255
    }
}

extension HostName {
    fileprivate var isPrintable: Bool {
        for index in 0..<Int(count) where self[index] <= 0x20 || self[index] >= 0x7f { return false }
        return true
    }
}
