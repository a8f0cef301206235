import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct ResolverTableTests {
    private let table = ResolverTable([
        resolver("One", names: ["dns.one.example", "one.example"], addresses: ["192.0.2.1", "2001:db8::1"]),
        resolver("Two", names: ["dns.two.example", "dns.one.example"], addresses: ["192.0.2.2", "192.0.2.1"]),
    ])

    private func named(_ name: String) -> String? { table.resolver(named: HostName(name))?.operator }

    @Test func `a name is found whole, in any case, and nothing below or above it`() {
        #expect(named("dns.two.example") == "Two" && named("DNS.Two.Example.") == "Two")
        for other in ["", "two.example", "a.dns.two.example", "dns.two.exampl", "dns.two.example2", "."] {
            #expect(named(other) == nil, "\(other)")
        }
    }

    @Test func `an address of either family is found`() {
        #expect(table.resolver(at: ip("192.0.2.2"))?.operator == "Two")
        #expect(table.resolver(at: ip("2001:db8::1"))?.operator == "One")
        #expect(table.resolver(at: ip("192.0.2.3")) == nil)
    }

    @Test func `the first resolver keeps what two claim`() {
        #expect(named("dns.one.example") == "One")
        #expect(table.resolver(at: ip("192.0.2.1"))?.operator == "One")
    }

    @Test func `a name that was cut is nobody's, and an empty table knows nobody`() {
        let long = String(repeating: "a.", count: 127) + "example"
        let table = ResolverTable([resolver("Long", names: [long])])
        #expect(table.resolver(named: HostName(long)) == nil)
        #expect(ResolverTable().resolver(named: HostName("dns.one.example")) == nil)
        #expect(ResolverTable().resolver(at: ip("192.0.2.1")) == nil)
    }
}

/// What a file of resolvers says of one operator.
func resolver(
    _ name: String, kind: DNSResolver.Kind = .resolver, names: [String] = [], addresses: [String] = [],
    ports: [UInt16] = []
) -> DNSResolver {
    DNSResolver(
        operator: name, kind: kind, country: nil, names: names.map { HostName($0) },
        addresses: addresses.map { ip($0) },
        ports: ports, sources: ["https://dns.example/about"])
}
