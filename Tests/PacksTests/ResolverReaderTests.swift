import Decoding
import Monitoring
import Packs
import Testing

@Suite struct ResolverReaderTests {
    private static let sound = """
        version: "2026-11-23"
        resolvers:
          - operator: Example DNS
            country: CH
            names:
              - dns.example.net
            addresses: [192.0.2.53, "2001:db8::53"]
            ports: [8443]
            sources: [https://dns.example.net/about]
          - operator: Example Relay
            kind: relay
            names: [mask.example.net]
            sources:
              - https://relay.example.net/about

        """

    private func read(
        replacing text: String = "", by other: String = "", limits: PackLimits = PackLimits()
    ) -> (resolvers: [DNSResolver], problems: [String]) {
        precondition(text.isEmpty || Self.sound.contains(text), "the file has no '\(text)'")
        let (resolvers, problems) = ResolverReader.read(
            text.isEmpty ? Self.sound : Self.sound.replacing(text, with: other), file: "e.yaml", limits: limits)
        return (resolvers, problems.map(\.description))
    }

    @Test func `a sound file loads whole`() {
        let (resolvers, problems) = read()
        #expect(problems == [] && resolvers.map(\.operator) == ["Example DNS", "Example Relay"])
        let first = resolvers[0]
        #expect(first.kind == .resolver && first.country == "CH" && first.ports == [8_443])
        #expect(first.names == [HostName("dns.example.net")])
        #expect(first.addresses.map { "\($0)" } == ["192.0.2.53", "2001:db8::53"])
        #expect(first.sources == ["https://dns.example.net/about"])
        #expect(resolvers[1].kind == .relay && resolvers[1].country == nil && resolvers[1].addresses == [])
    }

    /// What is spoilt, how, and what is said of it.
    private static let slips = [
        ("country:", "contry:", "e.yaml:4: unknown key 'contry'; did you mean 'country'?"),
        ("kind: relay", "kind: realy", "e.yaml:11: unknown kind 'realy'; did you mean 'relay'?"),
        ("CH", "ch", "e.yaml:4: 'ch' is no country code; write 'CH'"),
        (
            "- dns.example.net", "- https://dns.example.net/dns-query",
            "e.yaml:6: 'https://dns.example.net/dns-query' is no host name: it is a URL; write 'dns.example.net'"
        ),
        (
            "192.0.2.53", "dns2.example.net",
            "e.yaml:7: 'dns2.example.net' is no address; list names under 'names'"
        ),
        (
            "192.0.2.53", "192.0.2.0/24",
            "e.yaml:7: '192.0.2.0/24' is no address; write one address, as 192.0.2.53 or 2001:db8::53"
        ),
        ("8443", "53", "e.yaml:8: port 53 is for DNS that everybody can read; leave it out"),
        ("8443", "84430", "e.yaml:8: '84430' is no port; a port is a number from 1 to 65535"),
        (
            "https://dns.", "http://dns.",
            "e.yaml:9: the source 'http://dns.example.net/about' is not https; give its https address"
        ),
        ("sources: [https://dns.example.net/about]", "sources: []", "e.yaml:9: 'sources' is empty"),
        ("    sources: [https://dns.example.net/about]\n", "", "e.yaml:3: the entry has no 'sources'"),
        (
            "mask.example.net", "dns.example.net",
            "e.yaml:10: 'dns.example.net' is listed twice, first in the entry of line 3; leave it with the operator that runs it"
        ),
        (
            "    names: [mask.example.net]\n", "",
            "e.yaml:10: the entry has neither 'names' nor 'addresses'"
        ),
    ]

    @Test(arguments: slips)
    func `an entry with a slip is told with file, line and likely fix, and left out`(
        _ slip: String, _ other: String, _ problem: String
    ) {
        let (resolvers, problems) = read(replacing: slip, by: other)
        #expect(problems == [problem] && resolvers.count == 1)
    }

    @Test func `a file that is none is told`() {
        #expect(
            read(replacing: "\"2026-11-23\"", by: "today").problems == [
                "e.yaml:1: 'today' is no date; write it as YYYY-MM-DD"
            ])
        #expect(
            read(replacing: "resolvers:", by: "resolver:").problems.contains(
                "e.yaml:2: unknown key 'resolver'; did you mean 'resolvers'?"))
    }

    @Test func `what is too large is refused`() {
        #expect(read(limits: PackLimits(fileSize: 64)).problems == ["e.yaml: the file is larger than 64 bytes"])
        let (resolvers, problems) = read(limits: PackLimits(endpoints: 1))
        #expect(resolvers.count == 1 && problems == ["e.yaml:10: too many resolvers: more than 1"])
    }

    // MARK: What ships

    @Test func `the shipped file loads, and is no pack`() throws {
        let file = try #require(ResolverSet.file(in: shippedRules))
        let set = ResolverSet.load(file)
        #expect(set.problems == [] && set.resolvers.count == 96)
        #expect(set.resolvers.reduce(0) { $0 + $1.names.count } == 426)
        #expect(set.resolvers.reduce(0) { $0 + $1.addresses.count } == 656)
        #expect(set.resolvers.allSatisfy { $0.sources.allSatisfy { $0.hasPrefix("https://") } })
        #expect(!PackSet.load(paths: [shippedRules]).packs.contains { $0.file.contains("encrypted-dns") })
    }

    @Test func `well-known resolvers are known`() throws {
        let table = ResolverTable(ResolverSet.load(try #require(ResolverSet.file(in: shippedRules))).resolvers)
        #expect(table.resolver(named: HostName("dns.google"))?.operator == "Google")
        #expect(table.resolver(named: HostName("mozilla.cloudflare-dns.com"))?.operator == "Cloudflare")
        #expect(table.resolver(at: try #require(IPAddress("9.9.9.9")))?.operator == "Quad9")
        #expect(table.resolver(at: try #require(IPAddress("223.5.5.5")))?.country == "CN")
        #expect(table.resolver(named: HostName("mask.icloud.com"))?.kind == .relay)
    }

    @Test func `a file that is not there or not text is told`() {
        #expect(
            ResolverSet.load("/nowhere/encrypted-dns.yaml").problems.map(\.description) == [
                "/nowhere/encrypted-dns.yaml: the file cannot be read"
            ])
        #expect(ResolverSet.file(in: "/nowhere") == nil)
        #expect(ResolverSet.isFile("a/encrypted-dns.yaml") && !ResolverSet.isFile("a/fortinet.yaml"))
    }
}
