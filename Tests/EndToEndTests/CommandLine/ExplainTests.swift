import Foundation
import Testing

/// What `seaward rules` tells of single entries.
@Suite struct ExplainTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private struct Expectation {
        let name: String
        let entry: String?
    }

    private static let file = Program.repository.appendingPathComponent("Tests/explain-cases.txt")

    private func expectations() throws -> [Expectation] {
        try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            line in
            let parts = line.split(separator: " ")
            try #require(parts.count == 2, "\(line)")
            return Expectation(name: String(parts[0]), entry: parts[1] == "-" ? nil : String(parts[1]))
        }
    }

    @Test func `real hosts are known by the narrowest entry, and look-alikes are not known`() throws {
        let expected = try expectations()
        #expect(expected.count >= 60 && expected.count { $0.entry == nil } >= 20)
        let file = try scratch.file("names.txt", expected.map { "\($0.name)\n" }.joined())
        let result = try Program.run(["rules", "explain", "--file", file])
        #expect(result.status == 0, "\(result.errors)")
        let told = result.lines.filter { !$0.hasPrefix(" ") }
        try #require(told.count == expected.count)
        for (line, case_) in zip(told, expected) { #expect(line == "\(case_.name): \(case_.entry ?? "no entry")") }
    }

    @Test func `an answer holds everything that a finding rests on`() throws {
        let result = try Program.run(["rules", "explain", "UPDATE.fortiguard.net."])
        #expect(result.status == 0 && result.errors.isEmpty)
        let lines = result.lines
        #expect(lines[0] == "UPDATE.fortiguard.net.: fortinet/update.fortiguard.net")
        #expect(lines[1].contains("Rules/fortinet.yaml:"))
        for part in [
            "  because     exact: this name and no other is update.fortiguard.net", "  category    update",
            "  confidence  high", "  not         fortinet/*.fortiguard.net: it holds as well and is more general",
        ] {
            #expect(lines.contains(part), "\(lines)")
        }
        #expect(lines.contains { $0.hasPrefix("  source      https://docs.fortinet.com/") })
        #expect(lines.contains { $0.hasPrefix("  vendor      Fortinet (US), pack of 2") })
    }

    @Test(arguments: [
        ("notfortinet.com", "fortinet/*.fortinet.com: the name only ends in the same letters; whole labels count"),
        (
            "fortinet.com.example.net",
            "fortinet/*.fortinet.com: the name only begins with it; the end of a name says whose it is"
        ),
        (
            "a.wizio-public.s3.amazonaws.com",
            "wiz/wizio-public.s3.amazonaws.com: exact: it is that name and nothing below it"
        ),
    ])
    func `a name that no entry holds for ends with 1 and says what it only resembles`(
        _ example: (name: String, why: String)
    ) throws {
        let result = try Program.run(["rules", "explain", example.name])
        #expect(result.status == 1)
        #expect(result.lines == ["\(example.name): no entry", "  not         \(example.why)"])
    }

    @Test func `one known name among others is enough, and names come from a file or a pipe`() throws {
        let file = try scratch.file("names.txt", "# of today\n\n  www.example.com\nwww.fortinet.com\r\n")
        let result = try Program.run(["rules", "explain", "--file", file, "www.example.org"])
        #expect(result.status == 0)
        #expect(
            result.lines.filter { !$0.hasPrefix(" ") } == [
                "www.example.org: no entry", "www.example.com: no entry", "www.fortinet.com: fortinet/*.fortinet.com",
            ])
        let piped = try Program.run(["rules", "explain", "--file", "-"], input: URL(fileURLWithPath: file))
        #expect(piped.status == 0 && piped.lines.first == "www.example.com: no entry")
        let missing = try Program.run(["rules", "explain", "--file", "/nowhere"])
        #expect(missing.status == 1 && missing.errors.contains("/nowhere: the file cannot be read"))
    }

    @Test func `a list takes only what every filter lets through`() throws {
        let result = try Program.run([
            "rules", "list", "--product", "globalprotect", "--category", "remote-access", "--format", "json",
        ])
        #expect(result.status == 0)
        let entries = try result.records
        #expect(!entries.isEmpty)
        for entry in entries {
            #expect((entry["product"] as? String)?.lowercased().contains("globalprotect") == true)
            #expect(
                entry["category"] as? String == "remote-access" && entry["vendor"] as? String == "palo-alto-networks")
            #expect((entry["sources"] as? [String])?.isEmpty == false)
        }
        #expect(
            try Program.run(["rules", "list", "--headquarters", "il", "--format", "json"]).records.allSatisfy {
                $0["headquarters"] as? String == "IL"
            })
    }

    @Test func `a list as CSV has a line for each entry and as many cells in each`() throws {
        let csv = try Program.run(["rules", "list", "wiz", "--format", "csv"])
        let json = try Program.run(["rules", "list", "wiz", "--format", "json"])
        #expect(csv.lines.count == (try json.records.count) + 1)
        #expect(csv.lines[0].hasPrefix("id,vendor,vendor_name,headquarters,version,kind,endpoint,product,"))
        for line in csv.lines {
            // Cells in quotes hold commas: count those outside.
            var isQuoted = false
            let commas = line.count { character in
                if character == "\"" { isQuoted.toggle() }
                return character == "," && !isQuoted
            }
            #expect(commas == 14, "\(line)")
        }
    }

    @Test func `the counts in the document of the packs are those of the packs`() throws {
        let result = try Program.run(["rules", "stats", "--format", "markdown"])
        let document = try String(
            contentsOf: Program.repository.appendingPathComponent("Rules/README.md"), encoding: .utf8)
        #expect(result.status == 0 && result.lines.count > 20)
        #expect(
            document.hasSuffix("\n\n" + String(decoding: result.output, as: UTF8.self)),
            "write the output of 'seaward rules stats --format markdown' to the end of Rules/README.md")
    }
}
