import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct NetworkTableTests {
    private func table(_ texts: [String]) -> NetworkTable {
        NetworkTable(texts.enumerated().compactMap { index, text in AddressPrefix(text).map { ($0, Int32(index)) } })
    }

    @Test func `the longest prefix around an address wins`() {
        let table = table(["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "2001:db8::/32", "2001:db8:1::/48"])
        #expect(table.number(for: ip("10.9.9.9")) == 0)
        #expect(table.number(for: ip("10.1.9.9")) == 1)
        #expect(table.number(for: ip("10.1.2.3")) == 2)
        #expect(table.number(for: ip("2001:db8:2::1")) == 3)
        #expect(table.number(for: ip("2001:db8:1::1")) == 4)
        #expect(table.number(for: ip("11.0.0.1")) == nil)
        #expect(table.number(for: ip("2001:db9::1")) == nil)
    }

    @Test func `the first of two equal networks stays`() {
        #expect(table(["192.0.2.0/24", "192.0.2.0/24"]).number(for: ip("192.0.2.1")) == 0)
    }

    @Test func `an IPv6 prefix of zero does not hold IPv4 addresses that are written as such`() {
        #expect(table(["::ffff:0:0/96"]).number(for: ip("192.0.2.1")) == 0)
        #expect(table([]).number(for: ip("192.0.2.1")) == nil)
    }

    @Test func `where a network ends, the one around it answers again`() {
        let table = table([
            "10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/24", "10.255.0.0/16", "10.255.255.255", "255.255.255.255",
            "ff00::/8",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/64",
        ])
        for (address, number) in [
            ("9.255.255.255", nil), ("10.0.0.0", 2), ("10.0.0.255", 2), ("10.0.1.0", 1), ("10.1.0.0", 0),
            ("10.255.255.254", 3), ("10.255.255.255", 4), ("11.0.0.0", nil), ("255.255.255.255", 5), ("::ffff:ffff", 8),
            ("::1:0:0:0:0", nil), ("ff02::1", 6), ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 6),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 7),
        ] as [(String, Int32?)] {
            // All of IPv4 lies in ::/64 as the table sees it.
            #expect(table.number(for: ip(address)) == number ?? (ip(address).isIPv4 ? 8 : nil), "\(address)")
        }
    }

    @Test func `a thousand random networks answer as a search of all of them does`() {
        var random = SeededRandom(seed: 5)
        let prefixes = (0..<1_000).map { _ in
            // Few bits, so that many lie within each other.
            AddressPrefix(
                IPAddress(v4: UInt32.random(in: 0..<1 << 12, using: &random) << 20),
                length: .random(in: 96...112, using: &random))
        }
        let table = NetworkTable(prefixes.enumerated().map { ($0.element, Int32($0.offset)) })
        for _ in 0..<5_000 {
            let address = IPAddress(v4: UInt32.random(in: 0...UInt32.max, using: &random))
            let around = prefixes.enumerated().filter { $0.element.contains(address) }
            let longest = around.max { ($0.element.length, -$0.offset) < ($1.element.length, -$1.offset) }
            #expect(table.number(for: address) == longest.map { Int32($0.offset) }, "\(address)")
        }
    }
}
