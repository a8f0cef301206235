import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 1035, section 4.1.
@Suite struct DNSNameTests {
    /// The name at `offset` behind a header, with `before` in front of it.
    static func read(_ name: [UInt8], before: [UInt8] = []) throws(DecodingError) -> HostName {
        // A question's name starts right behind the header, so `before` is a question of its own.
        let questions = before.isEmpty ? 1 : 2
        let message = DNSBytes.header(questions: questions) + before + name + u16(1) + u16(1)
        var dns = try DNSMessage(reading: message.span)
        if questions == 2 { _ = try dns.nextQuestion(in: message.span) }
        guard let question = try dns.nextQuestion(in: message.span) else { throw .truncated }
        return question.name
    }

    @Test func `a name is its labels with dots between`() throws {
        #expect(try Self.read(DNSBytes.name("www.example.com")) == HostName("www.example.com"))
    }

    @Test func `the root is an empty name`() throws {
        #expect(try Self.read([0]).isEmpty)
    }

    @Test func `upper case is folded and odd bytes stay`() throws {
        let name = try Self.read(DNSBytes.labels([Array("WwW".utf8), [0, 0xff, 0x20], Array("CoM".utf8)]))
        #expect("\(name)" == "www.\\000\\255\\032.com")
    }

    @Test func `a label of 63 bytes is the longest`() throws {
        #expect(try Self.read(DNSBytes.labels([Array(repeating: 0x61, count: 63)])).count == 63)
        #expect(throws: DecodingError.anomaly(.dnsLabelType)) {
            try Self.read(DNSBytes.labels([Array(repeating: 0x61, count: 64)]))
        }
    }

    @Test(arguments: [0x40, 0x80, 0xbf])
    func `a label type that was never assigned is an anomaly`(byte: UInt8) {
        #expect(throws: DecodingError.anomaly(.dnsLabelType)) { try Self.read([byte, 1, 2, 0]) }
    }

    @Test func `255 bytes on the wire are allowed and 256 are not`() throws {
        func labels(_ last: Int) -> [UInt8] {
            DNSBytes.labels([63, 63, 63, last].map { Array(repeating: 0x61, count: $0) })
        }
        #expect(labels(61).count == 255)
        #expect(try Self.read(labels(61)).count == 253)
        #expect(throws: DecodingError.anomaly(.dnsNameTooLong)) { try Self.read(labels(62)) }
    }

    @Test func `127 labels are allowed and 128 are not`() throws {
        let name = try Self.read(DNSBytes.labels(Array(repeating: [0x61], count: 127)))
        #expect(name.count == 253 && !name.isTruncated)
        #expect(throws: DecodingError.anomaly(.dnsNameTooLong)) {
            try Self.read(DNSBytes.labels(Array(repeating: [0x61], count: 128)))
        }
    }

    // MARK: Pointers

    @Test func `a pointer goes on with an earlier name`() throws {
        let before = DNSBytes.question(DNSBytes.name("www.example.com"))
        #expect(
            try Self.read([4] + Array("mail".utf8) + DNSBytes.pointer(16), before: before)
                == HostName("mail.example.com"))
        #expect(try Self.read(DNSBytes.pointer(12), before: before) == HostName("www.example.com"))
        #expect(try Self.read(DNSBytes.pointer(28), before: before).isEmpty)
    }

    @Test func `a pointer that points at itself ends the name`() {
        #expect(throws: DecodingError.anomaly(.dnsPointerForward)) { try Self.read(DNSBytes.pointer(12)) }
    }

    @Test func `a pointer that points forward or beyond ends the name`() {
        for target in [13, 14, 18, 0x3fff] {
            #expect(throws: DecodingError.anomaly(.dnsPointerForward)) { try Self.read(DNSBytes.pointer(target)) }
        }
    }

    @Test func `a pointer back to its own labels ends the name`() {
        #expect(throws: DecodingError.anomaly(.dnsPointerForward)) { try Self.read([1, 0x61] + DNSBytes.pointer(12)) }
        #expect(throws: DecodingError.anomaly(.dnsPointerForward)) {
            try Self.read([1, 0x61, 1, 0x62] + DNSBytes.pointer(14))
        }
    }

    @Test func `two pointers that point at each other end the name`() {
        // At 12 a pointer to 18, which is a pointer to 12: the walk starts at 18.
        var message =
            DNSBytes.header(questions: 0, answers: 1) + DNSBytes.pointer(18) + [0, 0, 0, 0] + DNSBytes.pointer(12)
        message += u16(1) + u16(1) + u32(1) + u16(0)
        #expect(throws: DecodingError.anomaly(.dnsPointerForward)) {
            var dns = try DNSMessage(reading: message.span)
            _ = try dns.nextRecord(in: message.span, answersOnly: true)
        }
    }

    @Test func `a pointer into the header reads whatever stands there and ends`() {
        // The identifier 0x1234 has no label type at 0: 0x12 is a label of 18 bytes.
        #expect(throws: (any Error).self) { try Self.read(DNSBytes.pointer(0)) }
    }

    @Test(arguments: [128, 129, 200])
    func `128 pointers are followed and no more`(count: Int) throws {
        // A TXT record whose data is the root and a chain of pointers, each to the one before it; then a record
        // whose owner is a pointer to the last of them.
        let data = 12 + 11
        var chain: [UInt8] = [0] + DNSBytes.pointer(data)
        for index in 0..<count - 2 { chain += DNSBytes.pointer(data + 1 + index * 2) }
        let message =
            DNSBytes.header(flags: 0x8180, questions: 0, answers: 2) + DNSBytes.record([0], type: 16, chain)
            + DNSBytes.record(DNSBytes.pointer(data + 1 + (count - 2) * 2), type: 1, [1, 2, 3, 4])
        var dns = try DNSMessage(reading: message.span)
        _ = try dns.nextRecord(in: message.span, answersOnly: true)
        if count <= 128 {
            #expect(try dns.nextRecord(in: message.span, answersOnly: true)?.owner.isEmpty == true)
        } else {
            #expect(throws: DecodingError.anomaly(.dnsTooManyPointers)) {
                _ = try dns.nextRecord(in: message.span, answersOnly: true)
            }
        }
    }

    @Test func `a name cut anywhere is truncated`() {
        let whole = DNSBytes.header() + DNSBytes.name("www.example.com")
        for count in 12..<whole.count {
            let message = Array(whole.prefix(count))
            #expect(throws: DecodingError.truncated) {
                var dns = try DNSMessage(reading: message.span)
                _ = try dns.nextQuestion(in: message.span)
            }
        }
    }
}
