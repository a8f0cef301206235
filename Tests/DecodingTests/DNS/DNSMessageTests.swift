import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 1035, section 4.1; the compressed answer is in the form that dnsmasq writes.
@Suite struct DNSMessageTests {
    static func records(_ message: [UInt8], answersOnly: Bool = true) throws(DecodingError) -> [DNSRecord] {
        var dns = try DNSMessage(reading: message.span)
        while try dns.nextQuestion(in: message.span) != nil {}
        var records: [DNSRecord] = []
        while let record = try dns.nextRecord(in: message.span, answersOnly: answersOnly) { records.append(record) }
        return records
    }

    @Test func `the header shows its flags and counts`() throws {
        let header = DNSBytes.header(flags: 0xaa05, questions: 1, answers: 2, authorities: 3, additional: 4)
        let dns = try DNSMessage(reading: header.span)
        #expect(dns.identifier == 0x1234 && dns.isResponse && dns.isTruncated && dns.opcode == 5)
        #expect(dns.questionCount == 1 && dns.answerCount == 2 && dns.otherCount == 7)
    }

    @Test(arguments: 0..<12)
    func `a header cut anywhere is truncated`(count: Int) {
        let bytes = Array(DNSBytes.header().prefix(count))
        #expect(throws: DecodingError.truncated) { _ = try DNSMessage(reading: bytes.span) }
    }

    @Test func `several questions come one after the other`() throws {
        let message =
            DNSBytes.header(questions: 2) + DNSBytes.question(DNSBytes.name("a.example"), type: 28)
            + DNSBytes.question([1, 0x62] + DNSBytes.pointer(14), type: 65, class: 3)
        var dns = try DNSMessage(reading: message.span)
        let first = try #require(try dns.nextQuestion(in: message.span))
        #expect(first.name == HostName("a.example") && first.type == .aaaa && first.dnsClass == 1)
        let second = try #require(try dns.nextQuestion(in: message.span))
        #expect(second.name == HostName("b.example") && second.type == .https && second.dnsClass == 3)
        #expect(try dns.nextQuestion(in: message.span) == nil)
        #expect(dns.offset == message.count)
    }

    @Test func `addresses and aliases are read through compression`() throws {
        let message =
            DNSBytes.header(flags: 0x8180, answers: 4) + DNSBytes.question(DNSBytes.name("www.example.com"))
            + DNSBytes.record(DNSBytes.pointer(12), type: 5, [3] + Array("cdn".utf8) + DNSBytes.pointer(16))
            + DNSBytes.record(DNSBytes.name("cdn.example.com"), type: 1, [192, 0, 2, 1])
            + DNSBytes.record(DNSBytes.name("cdn.example.com"), type: 28, outside6.bytes)
            + DNSBytes.record(DNSBytes.pointer(12), type: 16, [1, 0x78])
        let records = try Self.records(message)
        #expect(records.map(\.type) == [.cname, .a, .aaaa, .txt])
        #expect(records[0].owner == HostName("www.example.com") && records[0].timeToLive == 300)
        guard case .alias(let target) = records[0].data, case .address(let v4) = records[1].data,
            case .address(let v6) = records[2].data, case .other = records[3].data
        else { return #expect(Bool(false), "the data of some record is of the wrong kind") }
        #expect(target == HostName("cdn.example.com") && v4 == ip("192.0.2.1") && v6 == outside6)
    }

    @Test func `an address record of the wrong length is no address`() throws {
        for (type, count) in [(1, 3), (1, 5), (28, 15), (28, 4), (1, 0)] {
            let message =
                DNSBytes.header(flags: 0x8180, questions: 0, answers: 1)
                + DNSBytes.record(DNSBytes.name("a"), type: type, Array(repeating: 1, count: count))
            guard case .other? = try Self.records(message).first?.data else {
                return #expect(Bool(false), "type \(type) of \(count) bytes was an address")
            }
        }
    }

    @Test func `the other sections follow only where they are wanted`() throws {
        let message =
            DNSBytes.header(flags: 0x8180, questions: 0, answers: 1, authorities: 1, additional: 1)
            + DNSBytes.record(DNSBytes.name("a"), type: 1, [1, 2, 3, 4])
            + DNSBytes.record(DNSBytes.name("b"), type: 2, [0])
            + DNSBytes.record([0], type: 41, class: 1232, [])
        #expect(try Self.records(message).count == 1)
        #expect(try Self.records(message, answersOnly: false).map(\.type) == [.a, .ns, .opt])
    }

    @Test func `counts larger than the message are truncated and not believed`() throws {
        let message =
            DNSBytes.header(flags: 0x8180, questions: 1, answers: 65_535)
            + DNSBytes.question(DNSBytes.name("a.example"))
        #expect(throws: DecodingError.truncated) { _ = try Self.records(message) }
        let questions = DNSBytes.header(questions: 65_535)
        #expect(throws: DecodingError.truncated) { _ = try Self.records(questions) }
    }

    @Test func `a message cut anywhere is truncated`() {
        let whole = DNSBytes.answer("www.example.com", address: [192, 0, 2, 1])
        for count in 0..<whole.count {
            #expect(throws: DecodingError.truncated) { _ = try Self.records(Array(whole.prefix(count))) }
        }
    }

    @Test func `a data length beyond the message is truncated`() {
        var message = DNSBytes.answer("www.example.com", address: [192, 0, 2, 1])
        message[message.count - 5] = 5
        #expect(throws: DecodingError.truncated) { _ = try Self.records(message) }
    }

    @Test func `types have their names and unknown ones their number`() {
        let types: [DNSType] = [
            .a, .ns, .cname, .soa, .ptr, .mx, .txt, .aaaa, .srv, .opt, .svcb, .https, .any, DNSType(rawValue: 999),
        ]
        #expect(
            types.map(\.description).joined(separator: " ")
                == "A NS CNAME SOA PTR MX TXT AAAA SRV OPT SVCB HTTPS ANY TYPE999")
    }
}
