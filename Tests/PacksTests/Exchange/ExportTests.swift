import Decoding
import Foundation
import Monitoring
import Packs
import Testing

/// A suffix with a name and a suffix inside it, a name apart, and networks of both families, one inside another.
let exchangePack = """
    vendor: Example Security
    headquarters: US
    version: "2026-11-23"
    endpoints:
      - domain: example.com
        match: suffix
        product: Example Agent
        category: management
        confidence: high
        sources: [https://docs.example.com/ports]
      - domain: update.example.com
        match: exact
        product: Example Agent
        category: update
        confidence: medium
        sources: [https://docs.example.com/ports]
      - domain: eu.cloud.example.com
        match: suffix
        product: Example Agent
        category: telemetry
        confidence: low
        sources: [https://docs.example.com/ports]
      - domain: tenant-1.cdn.example.net
        match: exact
        product: "=Example, \\"Agent\\""
        category: telemetry
        ports: [443, 8443]
        region: eu
        shared: true
        confidence: high
        sources: ["https://docs.example.com/a;b#c", https://docs.example.com/ports]
        note: "-1 is no tenant"
    networks:
      - cidr: 203.0.113.0/24
        category: update
        confidence: high
        sources: [https://docs.example.com/ranges]
      - cidr: 203.0.113.64/26
        category: telemetry
        confidence: medium
        sources: [https://docs.example.com/ranges]
      - cidr: 2001:db8:0:5::/64
        category: update
        confidence: high
        sources: [https://docs.example.com/ranges]

    """

@Suite struct ExportTests {
    private func export(
        _ target: Export.Target, categories: Set<Monitoring.Category> = [], confidence: Confidence = .low
    ) throws -> Export.Result {
        let pack = try #require(PackReader.read(exchangePack, file: "Rules/example.yaml").pack)
        return Export(of: [pack], categories: categories, confidence: confidence).text(for: target)
    }

    /// The lines that are no comment.
    private func lines(_ target: Export.Target, comment: String) throws -> [String] {
        try export(target).text.split(separator: "\n").filter { !$0.hasPrefix(comment) }.map(String.init)
    }

    /// A node below a wildcard takes the names under it away from that wildcard (RFC 4592, section 2.2.1), so nothing
    /// may stand below `*.example.com`.
    @Test func `a policy zone has apex and wildcard of a suffix, and nothing below`() throws {
        #expect(
            try lines(.rpz, comment: ";") == [
                "$TTL 300", "@ IN SOA localhost. hostmaster.localhost. (20261123 3600 600 86400 300)",
                "@ IN NS localhost.", "example.com CNAME .", "*.example.com CNAME .",
                "tenant-1.cdn.example.net CNAME .", "24.0.113.0.203.rpz-ip CNAME .",
                "64.zz.5.0.db8.2001.rpz-ip CNAME .",
            ])
    }

    @Test func `dnsmasq blocks what is below an exact name and the file says so`() throws {
        #expect(
            try lines(.dnsmasq, comment: "#") == ["address=/example.com/", "address=/tenant-1.cdn.example.net/"])
        let result = try export(.dnsmasq)
        #expect(
            result.remarks == [
                "2 of 7 entries written",
                "1 match more than the packs say: exact names, for dnsmasq blocks every name below one as well",
                "3 left out: networks; use the format nftables or ipset",
                "2 not repeated: another entry of the list covers them",
            ])
        for remark in result.remarks { #expect(result.text.contains("# \(remark)\n")) }
    }

    @Test func `unbound opens nothing below an exact name`() throws {
        #expect(
            try lines(.unbound, comment: "#") == [
                "server:", "local-zone: \"example.com.\" always_nxdomain",
                "local-zone: \"tenant-1.cdn.example.net.\" transparent",
                "local-data: 'tenant-1.cdn.example.net. TXT \"blocked: example\"'",
            ])
    }

    @Test func `a hosts file keeps every bare name and says what it loses`() throws {
        let names = ["example.com", "eu.cloud.example.com", "update.example.com", "tenant-1.cdn.example.net"]
        #expect(try lines(.hosts, comment: "#") == names.flatMap { ["0.0.0.0 \($0)", ":: \($0)"] })
        #expect(try export(.hosts).remarks.contains { $0.hasPrefix("2 match less than the packs say: suffixes") })
    }

    @Test func `AdGuard and Squid tell a name from a suffix`() throws {
        #expect(try lines(.adguard, comment: "!") == ["||example.com^", "|tenant-1.cdn.example.net^"])
        #expect(try lines(.squid, comment: "#") == [".example.com", "tenant-1.cdn.example.net"])
        #expect(
            try lines(.haproxy, comment: "#") == [
                "(^|\\.)example\\.com$ example/*.example.com",
                "^tenant-1\\.cdn\\.example\\.net$ example/tenant-1.cdn.example.net",
            ])
    }

    @Test func `sets hold networks of one family, without those inside others`() throws {
        #expect(
            try lines(.nftables, comment: "#") == [
                "add table inet seaward",
                "add set inet seaward seaward_v4 { type ipv4_addr; flags interval; auto-merge; }",
                "flush set inet seaward seaward_v4", "add element inet seaward seaward_v4 {", "203.0.113.0/24,", "}",
                "add set inet seaward seaward_v6 { type ipv6_addr; flags interval; auto-merge; }",
                "flush set inet seaward seaward_v6", "add element inet seaward seaward_v6 {", "2001:db8:0:5::/64,", "}",
            ])
        #expect(
            try lines(.ipset, comment: "#") == [
                "create seaward-v4 hash:net family inet maxelem 65536", "flush seaward-v4",
                "add seaward-v4 203.0.113.0/24", "create seaward-v6 hash:net family inet6 maxelem 65536",
                "flush seaward-v6", "add seaward-v6 2001:db8:0:5::/64",
            ])
        #expect(try export(.ipset).remarks.contains("4 left out: names; a packet filter knows addresses only"))
    }

    @Test func `Zeek gets columns between tabs`() throws {
        let rows = try lines(.zeekIntel, comment: "# ").map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.first == ["#fields", "indicator", "indicator_type", "meta.source", "meta.desc", "meta.url"])
        #expect(rows.count == 8)
        #expect(
            rows.last == [
                "2001:db8:0:5::/64", "Intel::SUBNET", "seaward-example", "Example Security, update, high",
                "https://docs.example.com/ranges",
            ])
    }

    @Test func `a table quotes what it must and disarms formulas`() throws {
        let text = try export(.csv).text
        let row =
            "example,Example Security,US,tenant-1.cdn.example.net,exact,\"'=Example, \"\"Agent\"\"\",telemetry,high,"
            + "443 8443,eu,true,https://docs.example.com/a;b#c https://docs.example.com/ports,'-1 is no tenant,2026-11-23\r\n"
        #expect(text.contains(row))
        #expect(text.components(separatedBy: "\r\n").count == 9)
    }

    @Test func `a Suricata rule keeps its number whatever else is exported`() throws {
        let all = try lines(.suricata, comment: "#")
        let some = try export(.suricata, categories: [.telemetry]).text.split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map(String.init)
        #expect(all.count == 4 * 4 + 3 && some.count == 2 * 4 + 1)
        #expect(Set(some).isSubset(of: all))
        let numbers = all.compactMap { rule in rule.firstMatch(of: /sid:([0-9]+);/).flatMap { Int($0.1) } }
        #expect(Set(numbers).count == all.count)
        #expect(numbers.allSatisfy { (1_000_000_000...2_073_741_823).contains($0) })
    }

    @Test func `a Suricata rule matches whole names, in any case where the buffer keeps it`() throws {
        let rules = try lines(.suricata, comment: "#")
        #expect(rules.count { $0.contains("dotprefix; content:\".example.com\"; endswith; nocase;") } == 3)
        #expect(rules.count { $0.contains("content:\"update.example.com\"; startswith; endswith; nocase;") } == 3)
        #expect(
            rules.filter { $0.contains("http.host;") }.allSatisfy {
                !$0.contains("nocase") && $0.contains("http.host; to_lowercase; ")
            })
        // A source with characters that would cut the option short stands in the comment alone.
        #expect(rules.allSatisfy { !$0.contains("a;b") })
        #expect(try export(.suricata).text.contains("https://docs.example.com/a;b#c"))
    }

    @Test func `every entry stands with its sources`() throws {
        for target in Export.Target.allCases {
            let text = try export(target).text
            let source = [.nftables, .ipset].contains(target) ? "ranges" : "ports"
            #expect(text.contains("https://docs.example.com/\(source)"), "\(target)")
        }
    }

    @Test func `the selection is by vendor, category and confidence`() throws {
        let first = try #require(PackReader.read(exchangePack, file: "b.yaml").pack)
        let second = try #require(
            PackReader.read(exchangePack.replacing("example.", with: "example-2."), file: "a.yaml").pack)
        let packs = [first, second]
        func rows(_ export: Export) -> Int { export.text(for: .csv).text.split(separator: "\r\n").count - 1 }
        #expect(rows(Export(of: packs)) == 14)
        #expect(rows(Export(of: packs, vendors: ["a"])) == 7)
        #expect(rows(Export(of: packs, categories: [.telemetry], confidence: .medium)) == 4)
        #expect(rows(Export(of: packs, confidence: .high)) == 8)
        #expect(Export(of: packs, categories: [.portal]).isEmpty)
        for target in Export.Target.allCases {
            #expect(Export(of: packs).text(for: target).text == Export(of: packs.reversed()).text(for: target).text)
        }
    }

    @Test func `networks that others share and marks are left out and counted`() throws {
        let text =
            exchangePack.replacing("cidr: 203.0.113.0/24", with: "cidr: 203.0.113.0/24\n    shared: true") + """
                mac_prefixes:
                  - prefix: "00:00:5e"
                    category: management
                    confidence: high
                    sources: [https://docs.example.com/ranges]

                """
        let pack = try #require(PackReader.read(text, file: "example.yaml").pack)
        let result = Export(of: [pack]).text(for: .ipset)
        #expect(!result.text.contains("203.0.113.0/24") && result.text.contains("add seaward-v4 203.0.113.64/26\n"))
        #expect(
            result.remarks == [
                "2 of 8 entries written", "4 left out: names; a packet filter knows addresses only",
                "1 left out: networks on a cloud that others share; --include-shared writes them",
                "1 left out: marks of certificates, programs and devices, which only Seaward looks for",
            ])
        #expect(!Export(of: [pack]).text(for: .squid).remarks.contains { $0.contains("share") })
        let all = Export(of: [pack], includesShared: true).text(for: .ipset)
        #expect(all.text.contains("add seaward-v4 203.0.113.0/24\n"))
        #expect(!all.remarks.contains { $0.contains("share") })
    }

    @Test func `an entry of two vendors stands once where the format blocks`() throws {
        let packs = ["b.yaml", "a.yaml"].compactMap { PackReader.read(exchangePack, file: $0).pack }
        let lines = Export(of: packs).text(for: .squid).text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines == [".example.com", "tenant-1.cdn.example.net"])
    }

    /// Of a format that cannot say an entry the other entries still count.
    @Test func `the shipped packs add up in every format`() throws {
        let set = PackSet.load(paths: [shippedRules])
        for target in Export.Target.allCases {
            let remarks = Export(of: set.packs).text(for: target).remarks
            let numbers = remarks.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
            let lost = zip(remarks, numbers).filter { $0.0.contains("left out") || $0.0.contains("not repeated") }
            #expect(numbers[0] + lost.reduce(0) { $0 + $1.1 } == set.endpoints.count, "\(target)")
        }
    }
}
