import Decoding
import TestSupport
import Testing

@Suite struct DNSPlausibilityTests {
    static func isPlausible(_ message: [UInt8]) -> (known: Bool, any: Bool) {
        (DNSMessage.isPlausible(message.span, .knownPort), DNSMessage.isPlausible(message.span, .anyPort))
    }

    @Test func `queries and answers are DNS on every port`() {
        let edns =
            DNSBytes.header(additional: 1) + DNSBytes.question(DNSBytes.name("www.example.com"))
            + DNSBytes.record([0], type: 41, class: 1232, [])
        for message in [
            DNSBytes.query("www.example.com"), DNSBytes.answer("www.example.com", address: [192, 0, 2, 1]), edns,
        ] {
            #expect(Self.isPlausible(message) == (true, true))
        }
    }

    @Test func `one byte behind the message or one too few is not DNS off port 53`() {
        let message = DNSBytes.answer("www.example.com", address: [192, 0, 2, 1])
        #expect(Self.isPlausible(message + [0]) == (true, false))
        #expect(Self.isPlausible(Array(message.dropLast())) == (true, false))
    }

    @Test func `odd bytes and the root are believed on port 53 only`() {
        #expect(Self.isPlausible(DNSBytes.header() + DNSBytes.question(DNSBytes.labels([[0xff, 0]]))) == (true, false))
        #expect(Self.isPlausible(DNSBytes.header() + DNSBytes.question([0], type: 2)) == (true, false))
    }

    @Test func `an unassigned class is believed on port 53 where it is the only question`() {
        let question = DNSBytes.question(DNSBytes.name("a.example"), class: 2)
        #expect(Self.isPlausible(DNSBytes.header() + question) == (true, false))
        #expect(Self.isPlausible(DNSBytes.header(questions: 2) + question + question) == (false, false))
    }

    @Test func `an unassigned opcode is not DNS anywhere`() {
        let question = DNSBytes.question(DNSBytes.name("a.example"))
        #expect(Self.isPlausible(DNSBytes.header(flags: 0x3900) + question) == (false, false))
        #expect(Self.isPlausible(DNSBytes.header(flags: 0x2900) + question) == (true, false))
    }

    @Test func `records that the message cannot hold hide its one question on other ports only`() {
        let question = DNSBytes.question(DNSBytes.name("a.example"))
        #expect(Self.isPlausible(DNSBytes.header(questions: 17) + question) == (false, false))
        #expect(Self.isPlausible(DNSBytes.header(flags: 0x8180, answers: 60_000) + question) == (true, false))
    }

    @Test func `a query with answers is not DNS off port 53`() {
        let message =
            DNSBytes.header(answers: 1) + DNSBytes.question(DNSBytes.name("a.example"))
            + DNSBytes.record(DNSBytes.pointer(12), type: 1, [1, 2, 3, 4])
        #expect(Self.isPlausible(message) == (true, false))
    }

    @Test func `an empty refusal is DNS on port 53`() {
        #expect(Self.isPlausible(DNSBytes.header(flags: 0x8185, questions: 0)) == (true, false))
        #expect(Self.isPlausible(DNSBytes.header(questions: 0)) == (false, false))
    }

    @Test func `bytes that are not even a header are not DNS`() {
        for count in 0..<12 { #expect(Self.isPlausible(Array(repeating: 0, count: count)) == (false, false)) }
    }

    /// Seed 53: of random datagrams, plain and with the front of a DNS header, none passes off port 53.
    @Test func `a hundred thousand random datagrams are never DNS off port 53`() {
        var random = SeededRandom(seed: 53)
        var believed = 0
        for round in 0..<100_000 {
            var datagram = random.bytes(Int.random(in: 0...80, using: &random))
            if round % 2 == 1, datagram.count > 12 {
                datagram.replaceSubrange(2..<12, with: [round % 4 == 1 ? 1 : 0x81, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            }
            if DNSMessage.isPlausible(datagram.span, .anyPort) { believed += 1 }
        }
        #expect(believed == 0)
    }
}
