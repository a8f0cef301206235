import Decoding
import Monitoring
import Packs
import Testing

@Suite struct PackReaderTests {
    @Test func `a sound pack loads whole`() throws {
        let (read, problems) = read()
        let pack = try #require(read)
        #expect(problems == [])
        #expect(
            pack.vendor
                == Vendor(
                    id: "example", name: "Example Security", aliases: ["Example Inc."], headquarters: "US",
                    version: "2026-11-23"))
        #expect(pack.count(.name) == 1 && pack.count(.network) == 1)
        #expect(pack.lines == [6, 17])
        let name = pack.endpoints[0]
        #expect(name.subject == .exact(HostName("update.example.com")))
        #expect(name.product == "Example Agent" && name.category == .update && name.confidence == .high)
        #expect(name.ports == [443, 8443] && name.region == "us-gov" && name.note == "anycast")
        #expect(name.sources == ["https://docs.example.com/ports"])
        let network = pack.endpoints[1]
        #expect(network.subject == .network(try #require(AddressPrefix("198.51.100.0/24"))))
        #expect(network.product == nil && network.ports == [] && network.confidence == .low)
        #expect(network.id == "example/198.51.100.0/24")
    }

    @Test func `a name may be listed once as exact and once as suffix`() {
        let (pack, problems) = read(
            text: soundPack.replacing(
                "networks:",
                with: """
                      - {domain: update.example.com, match: suffix, product: P, category: update, confidence: low, sources: ["http://a.b"]}
                    networks:
                    """.replacing("  - {", with: "  - {")))
        #expect(problems == [])
        #expect(
            pack?.endpoints.map(\.id) == [
                "example/update.example.com", "example/*.update.example.com", "example/198.51.100.0/24",
            ])
    }

    @Test func `the entries around a broken one load`() {
        let (pack, problems) = read(replacing: "category: update", by: "category: updates")
        #expect(problems.count == 1)
        #expect(pack?.endpoints.map(\.id) == ["example/198.51.100.0/24"])
    }

    @Test func `a pack with a broken head does not load and its entries are checked all the same`() {
        let (pack, problems) = read(
            text:
                soundPack
                .replacing("headquarters: US", with: "headquarters: USA")
                .replacing("category: update", with: "category: updates"))
        #expect(pack == nil)
        #expect(
            problems == [
                "Rules/example.yaml:2: 'USA' is no country code; use the two letters of ISO 3166-1, such as US",
                "Rules/example.yaml:9: unknown category 'updates'; did you mean 'update'?",
            ])
    }

    @Test(arguments: [
        ("vendor: Example Security\n", "", "1: the pack has no 'vendor'"),
        ("vendor:", "vender:", "1: the pack has no 'vendor'|1: unknown key 'vender'; did you mean 'vendor'?"),
        ("headquarters: US", "headquarters: us", "2: 'us' is no country code; write 'US'"),
        ("\"2026-11-23\"", "23.11.2026", "3: '23.11.2026' is no date; write it as YYYY-MM-DD"),
        ("\"2026-11-23\"", "2026-02-29", "3: '2026-02-29' is no date; write it as YYYY-MM-DD"),
        ("[Example Inc.]", "Example Inc.", "4: 'aliases' must be a list, not text; write [Other Name]"),
        ("endpoints:", "endpoint:", "5: unknown key 'endpoint'; did you mean 'endpoints'?"),
    ])
    func `a fault in the head is named with its line`(_ change: (text: String, by: String, problems: String)) {
        let (pack, problems) = read(replacing: change.text, by: change.by)
        if change.by != "endpoint:" {
            #expect(pack == nil)
        }
        let expected = change.problems.split(separator: "|").map { "Rules/example.yaml:\($0)" }
        #expect(problems.sorted() == expected.sorted())
    }

    @Test func `a pack without endpoints and networks does not pass`() {
        let head = "vendor: Example\nheadquarters: US\nversion: 2026-11-23\n"
        #expect(
            read(text: head).problems == [
                "Rules/example.yaml:1: the pack has no entries; it needs one of endpoints, networks, certificates, user_agents, mac_prefixes"
            ])
        #expect(
            read(text: head + "networks: []\n").problems == [
                "Rules/example.yaml:4: 'networks' is empty; leave the key out"
            ])
    }

    @Test func `a file name that cannot name a vendor is refused`() {
        let (pack, problems) = PackReader.read(soundPack, file: "Rules/Palo Alto.yaml")
        #expect(pack == nil)
        #expect(
            problems.map(\.description) == [
                """
                Rules/Palo Alto.yaml: the file name 'Palo Alto' cannot name a vendor; \
                use lower-case letters, digits and hyphens, such as palo-alto-networks.yaml
                """
            ])
        #expect(PackReader.vendorID(of: "/etc/packs.d/cato-networks.yaml") == "cato-networks")
    }
}
