import Foundation
import Testing

/// Packs out to what enforces them, and in from lists.
@Suite struct ExchangeTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `an export to a file is the one to standard output, and losses are told`() throws {
        let arguments = ["rules", "export", "--to", "hosts", "--vendor", "fortinet", "--vendor", "wiz"]
        let result = try Program.run(arguments)
        #expect(result.status == 0 && result.lines.contains("0.0.0.0 update.fortiguard.net"))
        #expect(result.errors.contains("left out: networks") && result.errors.contains("suffixes"))
        for line in result.errorLines { #expect(result.lines.contains("# \(line)")) }
        let file = scratch.folder.appendingPathComponent("hosts")
        let second = try Program.run(arguments + ["--output", file.path])
        #expect(second.status == 0 && second.output.isEmpty && second.errors == result.errors)
        #expect(try Data(contentsOf: file) == result.output)
    }

    /// A pipe stands for every device: replacing /dev/null would break a machine.
    @Test func `what is no regular file is written to and stays what it is`() throws {
        let folder = scratch.folder.path
        let line = """
            cd '\(folder)' && mkfifo pipe && ln -s real link && : >real && cat pipe >copy &
            while [ ! -p '\(folder)/pipe' ]; do sleep 0.05; done
            for place in pipe link; do
                '\(Program.executable.path)' rules export --to squid --vendor wiz -o "\(folder)/$place" || exit 1
            done
            wait
            cd '\(folder)' && test -p pipe && test -L link && cmp copy real && wc -l <copy
            """
        let result = try Program.shell(line)
        #expect(result.status == 0, "\(result.errors)")
        #expect((result.lines.last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0) > 10)
    }

    @Test func `an export of JSON is one object`() throws {
        let result = try Program.run([
            "rules", "export", "--to", "json", "--category", "telemetry", "--confidence", "high",
        ])
        let object = try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
        let entries = try #require(object["entries"] as? [[String: Any]])
        #expect(!entries.isEmpty)
        #expect(
            entries.allSatisfy { $0["category"] as? String == "telemetry" && $0["confidence"] as? String == "high" })
    }

    @Test(arguments: [
        ["--vendor", "fortigate"],
        [
            "--vendor", "wiz", "--category", "portal", "--category", "support", "--confidence", "high", "--output",
            "/nowhere/x",
        ],
        ["--vendor", "claroty", "--category", "remote-access", "--category", "sample-upload", "--confidence", "high"],
    ])
    func `an export that cannot be made leaves nothing behind`(_ arguments: [String]) throws {
        let result = try Program.run(["rules", "export", "--to", "rpz"] + arguments)
        #expect(result.status == 1 && result.output.isEmpty && result.errors.hasPrefix("seaward: "), "\(result.errors)")
    }

    @Test func `a list becomes a pack that is used at once`() throws {
        let list = try scratch.file("list.txt", "||fortiguard.net^\n@@||good.example^\nexample.com##.x\n")
        let pack = scratch.folder.appendingPathComponent("example.yaml").path
        let result = try Program.run([
            "rules", "import", "--from", "adblock", "--vendor", "Example", "--headquarters", "US", "--source",
            "https://lists.example.org/x", "--category", "update", "--output", pack, list,
        ])
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(
            result.errorLines == [
                "\(list):2: warning: not taken over: an exception",
                "\(list):3: warning: not taken over: a cosmetic rule (##)",
                "taken over: 1 names, 0 networks; repeated: 0; not taken over: 2",
            ])
        #expect(try Program.run(["rules", "check", pack]).status == 0)
        let replay = try Program.run(["replay", "--format", "json", "--rules", pack, Case.morning.capture])
        let rules = try replay.records.map { ($0["rule"] as? [String: Any])?["id"] as? String }
        #expect(!rules.isEmpty && Set(rules) == ["example/*.fortiguard.net"])
    }

    @Test func `a list of nothing and a head that is wrong end with an error`() throws {
        let list = try scratch.file("list.txt", "# nothing\n")
        for country in ["US", "usa"] {
            let result = try Program.run([
                "rules", "import", "--from", "domains", "--vendor", "Example", "--headquarters", country, "--source",
                "https://lists.example.org/x", list,
            ])
            #expect(result.status == 1 && result.output.isEmpty && result.errorLines.count == 1)
        }
    }
}
