import Decoding
import Monitoring
import Packs
import Testing

@Suite struct SharedNetworkReaderTests {
    private static let sound = """
        version: "2026-11-27"
        networks:
          - operator: Example CDN
            kinds: [cdn, anycast]
            published_list: https://cdn.example.net/ranges.json
            as_of: "2026-11-01"
            prefixes:
              - 203.0.113.0/24
              - 2001:db8:203::/48
            sources: [https://cdn.example.net/ranges]
            note: edges only
          - operator: Example Cloud
            kinds: [cloud]
            as_numbers: [64496, 64497]
            sources:
              - https://cloud.example.net/about

        """

    private func read(
        replacing text: String = "", by other: String = "", limits: PackLimits = PackLimits()
    ) -> (networks: [SharedNetwork], problems: [String]) {
        precondition(text.isEmpty || Self.sound.contains(text), "the file has no '\(text)'")
        let set = SharedNetworkSet(
            reading: text.isEmpty ? Self.sound : Self.sound.replacing(text, with: other), file: "s.yaml", limits: limits
        )
        return (set.networks, set.problems.map(\.description))
    }

    @Test func `a sound file loads whole`() {
        let (networks, problems) = read()
        #expect(problems == [] && networks.map(\.operator) == ["Example CDN", "Example Cloud"])
        #expect(networks[0].kinds == [.cdn, .anycast] && networks[0].isAnywhere && !networks[1].isAnywhere)
        #expect(networks[0].prefixes.map { "\($0)" } == ["203.0.113.0/24", "2001:db8:203::/48"])
        #expect(networks[0].publishedList == "https://cdn.example.net/ranges.json" && networks[0].asOf == "2026-11-01")
        #expect(networks[0].sources == ["https://cdn.example.net/ranges"] && networks[0].note == "edges only")
        #expect(networks[1].autonomousSystems == [64_496, 64_497] && networks[1].prefixes == [])
    }

    /// What is spoilt, how, and what is said of it.
    private static let slips = [
        ("as_of:", "asof:", "s.yaml:6: unknown key 'asof'; did you mean 'as_of'?"),
        ("[cloud]", "[clod]", "s.yaml:13: unknown kind 'clod'; did you mean 'cloud'?"),
        ("[cloud]", "[]", "s.yaml:13: 'kinds' is empty"),
        ("2026-11-01", "2026-13-01", "s.yaml:6: '2026-13-01' is no date; write it as YYYY-MM-DD"),
        (
            "203.0.113.0/24", "203.0.113.1/24",
            "s.yaml:8: '203.0.113.1/24' has bits set behind its prefix; did you mean '203.0.113.0/24'?"
        ),
        (
            "2001:db8:203::/48", "203.0.113.0/24",
            "s.yaml:3: '203.0.113.0/24' is listed twice, first in the entry of line 3; leave it with the operator that runs it"
        ),
        (
            "64497", "64496",
            "s.yaml:12: '64496' is listed twice, first in the entry of line 12; leave it with the operator that runs it"
        ),
        ("64497", "AS64497", "s.yaml:14: 'AS64497' is no AS number; write it as 64496"),
        ("64497", "0", "s.yaml:14: '0' is no AS number; write it as 64496"),
        (
            "https://cloud.", "http://cloud.",
            "s.yaml:16: the source 'http://cloud.example.net/about' is not https; give its https address"
        ),
        ("    as_numbers: [64496, 64497]\n", "", "s.yaml:12: the entry has neither 'prefixes' nor 'as_numbers'"),
        ("    sources: [https://cdn.example.net/ranges]\n", "", "s.yaml:3: the entry has no 'sources'"),
    ]

    @Test(arguments: slips)
    func `an entry with a slip is told with file, line and likely fix, and left out`(
        _ slip: String, _ other: String, _ problem: String
    ) {
        let (networks, problems) = read(replacing: slip, by: other)
        #expect(problems == [problem] && networks.count == 1)
    }

    @Test func `what is too large is refused`() {
        #expect(read(limits: PackLimits(fileSize: 64)).problems == ["s.yaml: the file is larger than 64 bytes"])
        let (networks, problems) = read(limits: PackLimits(endpoints: 1))
        #expect(networks.count == 1 && problems == ["s.yaml:12: too many networks: more than 1"])
    }

    // MARK: What ships

    private func shipped() throws -> SharedNetworkSet {
        SharedNetworkSet.load(try #require(SharedNetworkSet.file(in: shippedRules)))
    }

    @Test func `the shipped file loads, in order, and is no pack`() throws {
        let set = try shipped()
        #expect(set.problems == [] && set.networks.count == 19)
        #expect(set.networks.reduce(0) { $0 + $1.prefixes.count } == 713)
        let names = set.networks.map { $0.operator.lowercased() }
        #expect(names == names.sorted())
        for network in set.networks {
            let order = network.prefixes.map { ($0.address.isIPv4 ? 0 : 1, $0.address, $0.length) }
            #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "\(network.operator)")
        }
        #expect(!PackSet.load(paths: [shippedRules]).packs.contains { $0.file.contains("shared-networks") })
    }

    @Test func `well-known networks are known`() throws {
        let table = SharedNetworkTable(try shipped().networks)
        func network(_ text: String, _ system: UInt32? = nil) throws -> SharedNetwork? {
            table.network(of: try #require(IPAddress(text)), in: system)
        }
        #expect(try network("104.16.1.1")?.operator == "Cloudflare")
        #expect(try network("2606:4700::1111")?.isAnywhere == true)
        #expect(try network("151.101.1.1")?.operator == "Fastly")
        #expect(try network("192.0.2.1", 16_509)?.operator == "Amazon Web Services")
        // The prefix says more than the system.
        #expect(try network("13.32.0.1", 16_509)?.operator == "Amazon CloudFront")
        #expect(try network("192.0.2.1", 37_963)?.isAnywhere == false)
        #expect(try network("192.0.2.1", 64_496) == nil)
    }
}
