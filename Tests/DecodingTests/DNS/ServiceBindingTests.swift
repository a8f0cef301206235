import Decoding
import TestSupport
import Testing

/// SVCB and HTTPS records. The bytes are those of RFC 9460, appendix D, where nothing else is said.
@Suite struct ServiceBindingTests {
    private static func message(_ data: [UInt8]) -> [UInt8] {
        DNSBytes.header(flags: 0x8180, answers: 1) + DNSBytes.question(DNSBytes.name("example.com"), type: 65)
            + DNSBytes.record(DNSBytes.pointer(12), type: 65, data)
    }

    /// Nil where the record is to be ignored.
    private func read(_ data: [UInt8]) throws -> (ServiceBinding, hints: [String])? {
        let message = Self.message(data)
        var dns = try DNSMessage(reading: message.span)
        _ = try dns.nextQuestion(in: message.span)
        let record = try #require(try dns.nextRecord(in: message.span, answersOnly: true))
        #expect(dns.offset == message.count)
        switch record.data {
        case .service(let service):
            var hints: [IPAddress] = []
            service.addHints(from: message.span, to: &hints, limit: 3)
            return (service, hints.map { "\($0)" })
        case .malformedService: return nil
        default:
            Issue.record("another record")
            return nil
        }
    }

    private static let target: [UInt8] = DNSBytes.name("foo.example.com")

    @Test func `an alias`() throws {
        let (service, hints) = try #require(try read([0, 0] + Self.target))
        #expect(service.isAlias && service.target == HostName("foo.example.com") && hints == [])
        #expect(!service.hasEncryptedHello)
    }

    @Test func `the owner itself, a port, a key that nobody knows`() throws {
        let own = try #require(try read([0, 1, 0])).0
        #expect(!own.isAlias && own.target.isEmpty && own.port == nil)
        let port = try #require(try read([0, 16] + Self.target + [0, 3, 0, 2, 0, 0x35])).0
        #expect(port.priority == 16 && port.port == 53)
        let unknown = try #require(try read([0, 1] + Self.target + [2, 0x9b, 0, 5, 0x68, 0x65, 0x6c, 0x6c, 0x6f])).0
        #expect(unknown.target == HostName("foo.example.com") && unknown.protocols.isEmpty)
    }

    @Test func `address hints and protocols among other keys`() throws {
        let six: [UInt8] = [
            0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0x53, 0, 1,
        ]
        #expect(
            try read([0, 1] + Self.target + [0, 6, 0, 32] + six)?.hints == ["2001:db8::1", "2001:db8::53:1"])
        let mandatory: [UInt8] = [0, 0, 0, 4, 0, 1, 0, 4],
            protocols: [UInt8] = [
                0, 1, 0, 9, 2, 0x68, 0x32, 5, 0x68, 0x33, 0x2d, 0x31, 0x39,
            ]
        let (service, hints) = try #require(
            try read([0, 16] + Self.target + mandatory + protocols + [0, 4, 0, 4, 192, 0, 2, 1]))
        #expect(service.protocols.names == ["h2", "h3-19"] && hints == ["192.0.2.1"])
    }

    @Test func `no more hints than wanted`() throws {
        let list = (0..<16_000).flatMap { [10, 0, UInt8($0 >> 8), UInt8($0 & 255)] as [UInt8] }
        #expect(try read(DNSBytes.service(1, "", [(4, list)]))?.hints == ["10.0.0.0", "10.0.0.1", "10.0.0.2"])
    }

    @Test func `keys for encrypted hellos are there, wherever they stand`() throws {
        let data = DNSBytes.service(1, "", [(4, [192, 0, 2, 1]), (5, [0, 4, 1, 2, 3, 4]), (667, [1])])
        let message = Self.message(data)
        let service = try #require(try read(data)).0
        #expect(service.hasEncryptedHello && Array(message[service.encryptedHelloConfigs]) == [0, 4, 1, 2, 3, 4])
    }

    @Test(
        arguments: [
            [0],  // no priority
            [0, 1],  // no target
            [0, 1, 0, 0, 3],  // half a key
            [0, 1, 0, 0, 3, 0, 2, 0],  // a value that is cut
            [0, 1, 0, 0, 3, 0, 3, 0, 1, 1],  // a port of three bytes
            [0, 1, 0, 0, 4, 0, 5, 1, 2, 3, 4, 5],  // an address and a quarter
            [0, 1, 0, 0, 6, 0, 4, 1, 2, 3, 4],
            [0, 1, 0, 0, 4, 0, 0],  // no address
            [0, 1, 0, 0, 5, 0, 0],
            [0, 1, 0, 0, 1, 0, 3, 3, 0x68, 0x32],  // a protocol beyond its value
            [0, 1, 0, 0, 3, 0, 2, 0, 53, 0, 3, 0, 2, 0, 53],  // twice
            [0, 1, 0, 0, 4, 0, 4, 1, 2, 3, 4, 0, 3, 0, 2, 0, 53],  // out of order
            [0, 1, 3, 0x66, 0x6f],  // a target beyond the record
        ] as [[UInt8]])
    func `a record that contradicts itself is ignored as a whole`(data: [UInt8]) throws {
        #expect(try read(data) == nil)
    }

    @Test func `any record cut or damaged anywhere reads without harm`() throws {
        let whole = DNSBytes.service(
            1, "foo.example.com",
            [(1, [2, 0x68, 0x32]), (3, [1, 2]), (4, [1, 2, 3, 4]), (5, [9]), (6, Array(repeating: 1, count: 16))])
        for index in whole.indices {
            _ = try read(Array(whole[..<index]))
            var damaged = whole
            damaged[index] ^= 0xff
            _ = try read(damaged)
        }
    }
}
