import Decoding
import Monitoring
import Packs
import Testing

@Suite struct ExceptionFileTests {
    private static let text = """
        exceptions:
          - client: 10.20.1.0/24
            vendor: example
            product: Example Agent
            domain: example.com
            reason: kept until the new gateway is there
            approved_by: J. Doe
            until: "2027-02-28"
          - vendor: example
            reason: none

        """

    private func read(_ text: String = Self.text) -> (file: ExceptionFile, problems: [String]) {
        let (pack, _) = PackReader.read(soundPack, file: "Rules/example.yaml")
        let set = PackSet(packs: pack.map { [$0] } ?? [], problems: [])
        let file = ExceptionFile.read(text, file: "exceptions.yaml", packs: set)
        return (file, file.problems.map(\.description))
    }

    @Test func `a sound file loads whole`() throws {
        let (file, problems) = read()
        #expect(problems == [] && file.lines == [2, 9])
        let first = try #require(file.list.exceptions.first)
        #expect(first.client == AddressPrefix("10.20.1.0/24") && first.vendor == "example")
        #expect(first.product == "Example Agent" && first.domain == HostName("example.com"))
        #expect(first.approvedBy == "J. Doe" && first.until?.day == "2027-02-28")
        // date -u -d 2027-03-01 +%s
        #expect(first.until?.end == Timestamp(nanoseconds: 1_803_859_200_000_000_000))
    }

    @Test(arguments: [
        ("    reason: none\n", "", "9: the exception has no 'reason'"),
        (
            "  - vendor: example\n    reason", "  - reason",
            "9: the exception excepts everything; name a client, a vendor, a product or a domain"
        ),
        (
            "10.20.1.0/24", "10.20.1.1/24",
            "2: '10.20.1.1/24' is no client; write an address, or a network without bits behind its length, such as 10.20.1.0/24"
        ),
        (
            "domain: example.com", "domain: '*.example.com'",
            "5: '*.example.com' is no host name: it has a wildcard; write 'example.com' with 'match: suffix'"
        ),
        ("2027-02-28", "2027-02-29", "8: '2027-02-29' is no date; write it as YYYY-MM-DD"),
        ("approved_by", "aproved_by", "7: unknown key 'aproved_by'; did you mean 'approved_by'?"),
        ("exceptions:", "exception:", "1: unknown key 'exception'; did you mean 'exceptions'?"),
    ])
    func `a fault is named with its line and the likely fix`(_ change: (text: String, by: String, problem: String)) {
        let (file, problems) = read(Self.text.replacing(change.text, with: change.by))
        #expect(problems.first == "exceptions.yaml:\(change.problem)")
        #expect((try? file.checked()) == nil)
    }

    @Test func `what no pack knows is a warning`() throws {
        let (file, problems) = read(
            Self.text.replacing("  - vendor: example\n", with: "  - vendor: exmple\n").replacing(
                "Example Agent", with: "Other"))
        #expect(
            problems == [
                "exceptions.yaml:4: warning: no pack has the product 'Other': the exception has no effect; 'seaward rules list' shows all of them",
                "exceptions.yaml:9: warning: no pack has the vendor 'exmple': the exception has no effect; did you mean 'example'?",
            ])
        #expect(try file.checked().list.exceptions.count == 2)
    }

    /// `date -u -d "$day + 1 day" +%s`. A day that no timestamp reaches stands for no end, or for a long gone one.
    @Test(
        arguments: [
            ("1970-01-01", 86_400), ("2000-02-29", 951_868_800), ("2024-12-31", 1_735_689_600), ("0001-01-01", nil),
            ("9999-12-31", nil),
        ] as [(String, Int64?)])
    func `the last day counts to its end`(_ example: (day: String, end: Int64?)) {
        let (file, problems) = read(Self.text.replacing("2027-02-28", with: example.day))
        let expected = example.end.map { $0 * 1_000_000_000 } ?? (example.day < "1970" ? Int64.min : .max)
        #expect(problems == [] && file.list.exceptions.first?.until?.end.nanoseconds == expected)
    }

    @Test func `one that has ended says so`() {
        let (file, _) = read()
        #expect(file.expired(at: Timestamp(nanoseconds: 1_803_859_199_000_000_000)).isEmpty)
        #expect(
            file.expired(at: Timestamp(nanoseconds: 1_803_859_200_000_000_000)).map(\.description) == [
                "exceptions.yaml:2: warning: the exception ended with 2027-02-28 (kept until the new gateway is there): it alerts again; remove it, or have it approved anew with a later 'until'"
            ])
    }

    @Test func `a file that is not there is an error`() {
        let file = ExceptionFile.load("/nowhere/exceptions.yaml", packs: PackSet(packs: [], problems: []))
        #expect(file.problems.map(\.description) == ["/nowhere/exceptions.yaml: the file cannot be read"])
    }
}
