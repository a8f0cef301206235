import Decoding
import TestSupport
import Testing

/// Messages are made by hand from RFC 1002, section 4.2.
@Suite struct NetBIOSNameTests {
    @Test func `a registration and an answer say which addresses a machine has`() throws {
        let registration = try #require(
            try NetBIOSMessage(reading: HostBytes.netbios("RECEPTION", addresses: ["10.0.0.5"]).span))
        #expect(registration.name == HostName("reception") && registration.addresses == [ip("10.0.0.5")])
        let answer = HostBytes.netbios("FILES", suffix: 0x20, addresses: ["10.0.0.5", "10.1.0.5"], isResponse: true)
        #expect(try NetBIOSMessage(reading: answer.span)?.addresses == [ip("10.0.0.5"), ip("10.1.0.5")])
    }

    @Test(arguments: [
        HostBytes.netbios("WORKGROUP", addresses: ["10.0.0.5"], isGroup: true),
        HostBytes.netbios("RECEPTION", suffix: 0x1d, addresses: ["10.0.0.5"]),
        HostBytes.netbios("", addresses: ["10.0.0.5"]), HostBytes.netbios("RECEPTION", addresses: []),
        DNSBytes.query("www.example.com"), DNSBytes.answer("www.example.com", address: [10, 0, 0, 5]),
    ])
    func `groups, other services and other messages name no machine`(_ message: [UInt8]) throws {
        #expect(try NetBIOSMessage(reading: message.span) == nil)
    }

    @Test func `a name of any bytes is safe to print`() throws {
        var message = HostBytes.netbios("AB", addresses: ["10.0.0.5"])
        message[13] = UInt8(ascii: "B")
        message[14] = UInt8(ascii: "L")  // 0x1b
        #expect(try NetBIOSMessage(reading: message.span)?.name.description == "\\027b")
        message[14] = UInt8(ascii: "Z")
        #expect(try NetBIOSMessage(reading: message.span) == nil)
    }

    @Test func `every cut is truncated`() {
        let message = HostBytes.netbios("RECEPTION", addresses: ["10.0.0.5"])
        for count in 0..<message.count {
            #expect(throws: DecodingError.truncated) {
                try NetBIOSMessage(reading: Array(message.prefix(count)).span)
            }
        }
    }
}
