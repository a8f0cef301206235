import Monitoring
import Packs
import Testing

@Suite struct EntryTests {
    @Test func `an entry without a source does not load`() {
        let without = read(replacing: "    sources:\n      - https://docs.example.com/ports\n")
        #expect(without.problems == ["Rules/example.yaml:6: the entry has no 'sources'"])
        #expect(without.pack?.count(.name) == 0)
        let empty = read(replacing: "\n      - https://docs.example.com/ports", by: " []")
        #expect(empty.problems == ["Rules/example.yaml:13: 'sources' is empty"])
        #expect(empty.pack?.count(.name) == 0)
    }

    @Test(arguments: [
        ("category: update", "category: telemtry", "9: unknown category 'telemtry'; did you mean 'telemetry'?"),
        ("category: update", "category: log-uplaod", "9: unknown category 'log-uplaod'; did you mean 'log-upload'?"),
        ("confidence: high", "confidence: hihg", "12: unknown confidence 'hihg'; did you mean 'high'?"),
        ("confidence: high", "confidence: sure", "12: unknown confidence 'sure'; use one of low, medium, high"),
        ("match: exact", "match: sufix", "7: unknown match 'sufix'; did you mean 'suffix'?"),
        ("match: exact", "match: Exact", "7: unknown match 'Exact'; did you mean 'exact'?"),
        (
            "match: exact", "matches: exact",
            "6: the entry has no 'match'|7: unknown key 'matches'; did you mean 'match'?"
        ),
        ("    product: Example Agent\n", "", "6: the entry has no 'product'"),
        ("product: Example Agent", "product: [A, B]", "8: 'product' must be text, not a list"),
        ("product: Example Agent", "product:", "8: 'product' is empty"),
        (
            "region: us-gov", "region: US",
            "11: 'US' is no region; use lower-case letters, digits and hyphens, such as us-gov"
        ),
        (
            "note: anycast", "note: \"a\\nb\"",
            "15: 'note' holds a line break or a control character; keep it on one line"
        ),
        (
            "note: anycast", "note: \"\\e[2J\"",
            "15: 'note' holds a line break or a control character; keep it on one line"
        ),
        (
            "note: anycast", "certificates: []",
            """
            15: unknown key 'certificates'; use one of domain, match, product, category, confidence, sources, ports, region, shared, note
            """
        ),
        ("[443, 8443]", "443", "10: 'ports' must be a list, not text; write [443]"),
        ("[443, 8443]", "[0]", "10: '0' is no port; a port is a number from 1 to 65535"),
        ("[443, 8443]", "[443, 65536]", "10: '65536' is no port; a port is a number from 1 to 65535"),
        ("[443, 8443]", "[https]", "10: 'https' is no port; a port is a number from 1 to 65535"),
        (
            "https://docs.example.com/ports", "the handbook",
            """
            14: the source 'the handbook' is no http or https URL; give the address of a public document
            """
        ),
        (
            "https://docs.example.com/ports", "ftp://docs.example.com/",
            """
            14: the source 'ftp://docs.example.com/' is no http or https URL; give the address of a public document
            """
        ),
        (
            "https://docs.example.com/ports", "https:///ports.html",
            "14: the source 'https:///ports.html' has no host name"
        ),
        (
            "https://docs.example.com/ports", "https://a.b/<x>",
            """
            14: the source 'https://a.b/<x>' has characters that no URL has; percent-encode them
            """
        ),
    ])
    func `a fault in an entry is named with its line and the likely fix`(
        _ change: (text: String, by: String, problems: String)
    ) {
        let (pack, problems) = read(replacing: change.text, by: change.by)
        #expect(problems == change.problems.split(separator: "|").map { "Rules/example.yaml:\($0)" })
        #expect(pack?.count(.name) == 0 && pack?.count(.network) == 1)
    }

    @Test(arguments: [
        ("Update.Example.com", "it has capital letters; write 'update.example.com'"),
        ("update.example.com.", "it ends in a dot; write 'update.example.com'"),
        ("\"*.example.com\"", "it has a wildcard; write 'example.com' with 'match: suffix'"),
        (".example.com", "a label is empty; write 'example.com' with 'match: suffix'"),
        ("a.*.example.com", "it has a wildcard"),
        ("https://Update.example.com/v1", "it is a URL; write 'update.example.com'"),
        ("update.example.com/v1", "it has a path; write 'update.example.com'"),
        ("update.example.com:443", "it has a port; write 'update.example.com'"),
        ("update..example.com", "a label is empty"),
        ("-a.example.com", "a label begins or ends with a hyphen"),
        ("up date.example.com", "' ' cannot be in it"),
        ("bücher.example", "it is not ASCII; other scripts have an xn-- form"),
        ("com", "it has a single label"),
        ("example.123", "its last label is a number"),
        ("\(String(repeating: "a", count: 64)).example", "a label is longer than 63 bytes"),
        ("\(String(repeating: "a.", count: 126))bb", "it is longer than 253 bytes"),
    ])
    func `a domain that is no host name is refused`(_ wrong: (domain: String, fault: String)) {
        let (pack, problems) = read(replacing: "update.example.com", by: wrong.domain)
        #expect(pack?.count(.name) == 0)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("Rules/example.yaml:6: '") == true)
        #expect(problems.first?.hasSuffix("is no host name: \(wrong.fault)") == true, "\(problems)")
    }

    @Test(arguments: [
        "\(String(repeating: "a", count: 63)).b", "_dns.example.com", "xn--bcher-kva.example", "1.example",
    ])
    func `a domain at the edge of the rules loads`(_ domain: String) {
        #expect(read(replacing: "update.example.com", by: domain).problems == [])
    }

    @Test(arguments: [
        ("198.51.100.7/24", "'198.51.100.7/24' has bits set behind its prefix; did you mean '198.51.100.0/24'?"),
        ("2001:db8::1/64", "'2001:db8::1/64' has bits set behind its prefix; did you mean '2001:db8::/64'?"),
        ("198.51.100.0/33", "'198.51.100.0/33' has no prefix length from 0 to 32"),
        ("2001:db8::/x", "'2001:db8::/x' has no prefix length from 0 to 128"),
        ("198.51.100/24", "'198.51.100/24' is no address range; write it as 198.51.100.0/24 or 2001:db8::/32"),
        ("www.example.com", "'www.example.com' is no address range; list names under 'endpoints'"),
        ("0.0.0.0/0", "'0.0.0.0/0' is wider than any vendor's network; list prefixes of /8 or longer"),
        ("::/0", "'::/0' is wider than any vendor's network; list prefixes of /16 or longer"),
    ])
    func `a network that is no range is refused`(_ wrong: (cidr: String, problem: String)) {
        let (pack, problems) = read(replacing: "198.51.100.0/24", by: "\"\(wrong.cidr)\"")
        #expect(problems == ["Rules/example.yaml:17: \(wrong.problem)"])
        #expect(pack?.count(.name) == 1 && pack?.count(.network) == 0)
    }

    @Test func `an address among the names is sent to the networks`() {
        #expect(
            read(replacing: "update.example.com", by: "192.0.2.1").problems == [
                "Rules/example.yaml:6: '192.0.2.1' is an address; list it under 'networks' as 'cidr'"
            ])
    }

    @Test func `the same entry twice in one pack is an error that names the first`() {
        let twice =
            soundPack + "  - {cidr: 198.51.100.0/24, category: update, confidence: low, sources: ['http://a.b']}\n"
        let (pack, problems) = read(text: twice)
        #expect(
            problems == [
                "Rules/example.yaml:21: '198.51.100.0/24' is listed twice, first in line 17; merge the two entries"
            ])
        #expect(pack?.count(.network) == 1)
    }
}
