import Decoding
import Testing

@Suite struct HostNameTests {
    @Test func `upper case is folded and one trailing dot dropped`() {
        #expect(HostName("WWW.Example.COM.") == HostName("www.example.com"))
        #expect("\(HostName("WWW.Example.COM."))" == "www.example.com")
    }

    @Test func `only ASCII letters are folded`() {
        #expect("\(HostName("@[`{Z"))" == "@[`{z")
        #expect("\(HostName("É"))" == "\\195\\137")
    }

    @Test func `odd bytes are shown as decimal numbers`() {
        let bytes: [UInt8] = [0x61, 0, 0x20, 0x5c, 0x7f, 0xff, 0x22]
        #expect("\(HostName(copying: bytes.span))" == "a\\000\\032\\092\\127\\255\"")
    }

    @Test func `255 bytes fit and the next one marks the name`() {
        let name = HostName(String(repeating: "a", count: 255))
        #expect(name.count == 255 && !name.isTruncated)
        let longer = HostName(String(repeating: "a", count: 256))
        #expect(longer.count == 255 && longer.isTruncated)
    }

    @Test func `equal names hash alike whatever stood in their storage`() {
        var reused = HostName("abc.")
        reused.dropTrailingDot()
        #expect(Set([reused, HostName("ABC"), HostName("abc")]).count == 1)
        #expect(HostName("abc") != HostName("abd") && HostName("abc") != HostName("ab"))
        #expect(HostName().isEmpty && HostName(".").isEmpty)
    }
}

@Suite struct IPAddressTests {
    /// RFC 5952, sections 1 to 4, and RFC 4291, section 2.2.
    @Test(arguments: [
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8::0001", "2001:db8::1"),
        ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:DB8:AAAA::1", "2001:db8:aaaa::1"), ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1::", "1::"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.0.0.1", "10.0.0.1"),
    ])
    func `a text is read and written in its one canonical form`(text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect("\(address)" == canonical)
        #expect(IPAddress(canonical) == address)
    }

    @Test(arguments: [
        "", ".", ":", ":::", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1..2.3", " 1.2.3.4",
        "1.2.3.4 ", "+1.2.3.4",
        "1.2.3.-4", "1.2.3.4/8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8", ":1::2", "1:::2",
        "1::2:", "12345::", "g::", "+1::", "-1::", "::1.2.3", "::1.2.3.4.5", "1.2.3.4::", "1.2.3.4::1", "::1.2.3.4:5",
        "fe80::1%eth0",
        "[::1]", "1:2:3:4:5:6:7:1.2.3.4", "１.2.3.4",
    ])
    func `what is no address is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `the bytes are those of the wire`() {
        #expect(IPAddress("1.2.3.4")?.bytes == [1, 2, 3, 4])
        #expect(IPAddress("2001:db8::9")?.bytes == [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9])
    }

    @Test(arguments: [
        ("224.0.0.1", true), ("239.255.255.255", true), ("255.255.255.255", true), ("ff02::1", true),
        ("223.255.255.255", false), ("fe80::1", false),
    ])
    func `multicast and broadcast are told`(text: String, expected: Bool) {
        #expect(IPAddress(text)?.isMulticastOrBroadcast == expected)
    }
}

@Suite struct AddressPrefixTests {
    @Test(arguments: [
        "10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "::/0", "2001:db8::/32", "fe80::/10", "2001:db8::1/128",
    ])
    func `a range is read and written alike`(text: String) {
        #expect(AddressPrefix(text).map { "\($0)" } == text)
    }

    @Test func `a single address is a range of one`() {
        #expect(AddressPrefix("192.0.2.1") == AddressPrefix("192.0.2.1/32"))
        #expect(AddressPrefix("2001:db8::1") == AddressPrefix("2001:db8::1/128"))
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "0.0.0.0/-0", "10.0.0.0/+8",
        "10.0.0.0/08", "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0", "::/129", "2001:db8::1/32", "10.0.0.0 /8", "10.0.0.0/8x",
    ])
    func `what is no range is refused`(text: String) {
        #expect(AddressPrefix(text) == nil)
    }

    @Test func `a range holds its first and last address and not their neighbours`() throws {
        let prefix = try #require(AddressPrefix("172.16.0.0/12"))
        #expect(prefix.contains(IPAddress("172.16.0.0")!) && prefix.contains(IPAddress("172.31.255.255")!))
        #expect(!prefix.contains(IPAddress("172.15.255.255")!) && !prefix.contains(IPAddress("172.32.0.0")!))
        let all = try #require(AddressPrefix("0.0.0.0/0"))
        #expect(all.contains(IPAddress("255.255.255.255")!) && !all.contains(IPAddress("::1")!))
        #expect(try #require(AddressPrefix("::/0")).contains(IPAddress("1.2.3.4")!))
    }
}
