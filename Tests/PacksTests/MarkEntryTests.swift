import Monitoring
import Packs
import Testing

/// Entries other than names and networks.
@Suite struct MarkEntryTests {
    private static let head = "vendor: Example\nheadquarters: US\nversion: \"2026-11-23\"\n"
    private static let tail = """
            product: Box
            category: management
            confidence: high
            sources: [https://docs.example.com/box]

        """
    private static let marks =
        head
        + "certificates:\n  - id: box-factory\n    subject: {O: Example, CN: \"BX??*\"}\n    issuer:\n      OU: Units\n"
        + tail + "user_agents:\n  - id: agent\n    pattern: Example Agent/*\n" + tail
        + "mac_prefixes:\n  - prefix: \"00:00:5E\"\n" + tail

    @Test func `a pack of marks alone loads whole`() throws {
        let (read, problems) = read(text: Self.marks)
        let pack = try #require(read)
        #expect(problems == [])
        #expect(pack.endpoints.map(\.id) == ["example/box-factory", "example/agent", "example/00:00:5e"])
        #expect(
            pack.endpoints.map { "\($0.subject)" } == [
                "subject CN=BX??* O=Example, issuer OU=Units", "User-Agent Example Agent/*", "00:00:5e",
            ])
        #expect(Endpoint.Subject.Kind.allCases.map(pack.count) == [0, 0, 1, 1, 1])
    }

    @Test(arguments: [
        (
            "    subject: {O: Example, CN: \"BX??*\"}\n    issuer:\n      OU: Units\n", "",
            "5: the entry asks nothing of a certificate; write 'subject: {O: Name}' or 'issuer: {CN: Name}'"
        ),
        ("OU: Units", "UO: Units", "8: unknown key 'UO'; use one of CN, O, OU"),
        (
            "O: Example", "O: \"*\"",
            "6: '*' is no pattern; write up to 256 characters, not '*' alone, no backslash at the end"
        ),
        (
            "O: Example", "O: Exämple",
            "6: the pattern 'Exämple' is not ASCII; write '?' or '*' for bytes outside of printable ASCII"
        ),
        (
            "id: box-factory", "id: Box",
            "5: 'Box' is no id; use lower-case letters, digits and hyphens, such as fortigate-factory"
        ),
        ("  - id: agent\n    pattern", "  - pattern", "14: the entry has no 'id'"),
        ("id: agent", "id: box-factory", "14: 'box-factory' is the id of two entries, first in line 5"),
        (
            "\"00:00:5E\"", "\"00:00:5E:00\"",
            "21: '00:00:5E:00' is no prefix of hardware addresses; write 24, 28 or 36 bits as 00:09:0f, d0:76:50:e or 70:b3:d5:12:3"
        ),
    ])
    func `a fault in a mark is named with its line and the likely fix`(
        _ change: (text: String, by: String, problem: String)
    ) {
        let (pack, problems) = read(text: Self.marks.replacing(change.text, with: change.by))
        #expect(problems.first == "Rules/example.yaml:\(change.problem)")
        #expect(pack?.endpoints.count == 2)
    }

    @Test func `a mark that many tenants share says so, in a word that is true or false`() {
        let text = soundPack.replacing("region: us-gov", with: "shared: true")
        #expect(read(text: text).pack?.endpoints.map(\.isShared) == [true, false])
        #expect(
            read(text: text.replacing("true", with: "yes")).problems == [
                "Rules/example.yaml:11: 'yes' is neither true nor false"
            ])
    }

    @Test func `more marks than can be tried on the capture thread are refused`() {
        let entries = (0..<1_001).map {
            "  - {id: a\($0), pattern: A\($0), product: P, category: update, confidence: low, sources: [\"http://a.b\"]}\n"
        }
        let (pack, problems) = read(text: Self.head + "user_agents:\n" + entries.joined())
        #expect(pack?.endpoints.count == 1_000)
        #expect(
            problems == [
                "Rules/example.yaml:1005: too many 'user_agents': each costs time with everything that is held against it; keep 1000 at most"
            ])
    }
}
