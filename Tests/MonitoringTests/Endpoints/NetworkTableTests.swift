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
}
