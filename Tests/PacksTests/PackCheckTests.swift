import Packs
import Testing

/// What `seaward rules check` adds to what loading finds. The list is written here, in the format of publicsuffix.org.
@Suite struct PackCheckTests {
    private static let suffixes = PublicSuffixList(
        text: """
            // ===BEGIN ICANN DOMAINS===
            com
            uk
            co.uk
            *.ck
            !www.ck
            // ===END ICANN DOMAINS===
            // ===BEGIN PRIVATE DOMAINS===
            github.io
            // ===END PRIVATE DOMAINS===

            """)

    private func problems(_ text: String) -> [String] {
        let (pack, problems) = PackReader.read(text, file: "Rules/example.yaml")
        let set = PackSet(packs: pack.map { [$0] } ?? [], problems: problems)
        #expect(problems == [])
        return PackCheck.problems(of: set, suffixes: Self.suffixes).map(\.description)
    }

    @Test(arguments: [
        (
            "co.uk", "exact",
            "6: 'co.uk' is a public suffix: names below it belong to anybody; list the vendor's own domain"
        ),
        (
            "co.uk", "suffix",
            "6: 'co.uk' is a public suffix: names below it belong to anybody; list the vendor's own domain"
        ),
        (
            "any.ck", "suffix",
            "6: 'any.ck' is a public suffix: names below it belong to anybody; list the vendor's own domain"
        ),
        ("www.ck", "suffix", nil), ("x.co.uk", "suffix", nil), ("github.io", "exact", nil),
        (
            "github.io", "suffix",
            "6: warning: 'github.io' is a public suffix of a company: names below it belong to its customers; list the full names as 'match: exact', unless the vendor is that company"
        ),
    ])
    func `a domain that belongs to everybody is told`(_ example: (domain: String, match: String, problem: String?)) {
        let text = soundPack.replacing("update.example.com", with: example.domain)
            .replacing("match: exact", with: "match: \(example.match)")
        #expect(problems(text) == (example.problem.map { ["Rules/example.yaml:\($0)"] } ?? []))
    }

    private static func entry(_ head: String, confidence: String = "high", more: String = "") -> String {
        "  - {\(head), product: P, category: update, confidence: \(confidence), sources: [\"http://a.b\"]\(more)}\n"
    }

    private static func pack(_ entries: String, _ networks: String = "") -> String {
        "vendor: E\nheadquarters: US\nversion: \"2026-11-23\"\nendpoints:\n" + entries
            + (networks.isEmpty ? "" : "networks:\n" + networks)
    }

    @Test func `an entry that a wider one makes needless is told, and one that says more is not`() {
        let wide = Self.entry("domain: a.example, match: suffix")
        func check(_ narrow: String) -> [String] { problems(Self.pack(wide + narrow)) }
        let told = "says no more than '*.a.example' in line 5; leave it out, or say what is special about it"
        #expect(
            check(Self.entry("domain: b.a.example, match: exact")) == [
                "Rules/example.yaml:6: warning: 'b.a.example' \(told)"
            ])
        #expect(
            check(Self.entry("domain: b.a.example, match: suffix")) == [
                "Rules/example.yaml:6: warning: '*.b.a.example' \(told)"
            ])
        #expect(
            check(Self.entry("domain: a.example, match: exact")) == [
                "Rules/example.yaml:6: warning: 'a.example' \(told)"
            ])
        #expect(check(Self.entry("domain: b.a.example, match: exact", confidence: "low")) == [])
        #expect(check(Self.entry("domain: b.a.example, match: exact", more: ", note: n")) == [])
        #expect(check(Self.entry("domain: b.a.example, match: exact", more: ", ports: [443]")) == [])
        #expect(check(Self.entry("domain: ba.example, match: exact")) == [])
    }

    @Test func `so is a network within another one`() {
        let networks =
            Self.entry("cidr: 192.0.2.0/24") + Self.entry("cidr: 192.0.2.128/25") + Self.entry("cidr: 198.51.100.0/25")
        #expect(
            problems(Self.pack(Self.entry("domain: a.example, match: exact"), networks)) == [
                "Rules/example.yaml:8: warning: '192.0.2.128/25' says no more than '192.0.2.0/24' in line 7; leave it out, or say what is special about it"
            ])
    }

    @Test func `the tests of a pack are held against its own entries`() {
        let text =
            soundPack + """
                tests:
                  match: [Update.Example.com., 198.51.100.7, www.example.com]
                  no_match:
                    - example.com
                    - 198.51.100.255

                """
        #expect(
            problems(text) == [
                "Rules/example.yaml:22: 'www.example.com' must match, and no entry does; change the entry or the test; 'seaward rules explain' tells more",
                "Rules/example.yaml:25: '198.51.100.255' must not match, and '198.51.100.0/24' does; change the entry or the test; 'seaward rules explain' tells more",
            ])
    }

    @Test func `a fault in the tests is told like any other`() {
        #expect(
            read(text: soundPack + "tests: [a.b]\n").problems == [
                "Rules/example.yaml:21: 'tests' must be a list of 'key: value' lines, not a list"
            ])
        #expect(
            read(text: soundPack + "tests: {matches: [a.b]}\n").problems == [
                "Rules/example.yaml:21: unknown key 'matches'; did you mean 'match'?"
            ])
    }

    @Test func `a list that is not there is no list`() { #expect(PublicSuffixList(path: "/nowhere") == nil) }
}
