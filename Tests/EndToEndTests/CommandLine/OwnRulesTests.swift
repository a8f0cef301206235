import Foundation
import Testing

/// An organisation's own packs and exceptions.
@Suite struct OwnRulesTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let rules = Program.repository.appendingPathComponent("Rules").path

    private static let local = """
        disable:
          - id: fortinet/update.fortiguard.net
            reason: the update proxy asks on purpose

        """

    private func replay(_ arguments: [String]) throws -> Program.Result {
        try Program.run(["replay", "--format", "json", "--rules", Self.rules] + arguments + [Case.morning.capture])
    }

    private func ids(_ result: Program.Result) throws -> [String] {
        try result.records.compactMap { ($0["rule"] as? [String: Any])?["id"] as? String }
    }

    @Test func `a later file takes an entry out of use, and a wider one holds in its place`() throws {
        let before = try ids(replay([]))
        let local = try scratch.file("local.yaml", Self.local)
        let after = try ids(replay(["--rules", local]))
        #expect(before.contains("fortinet/update.fortiguard.net"))
        #expect(!after.contains("fortinet/update.fortiguard.net") && after.contains("fortinet/*.fortiguard.net"))
        let told = try Program.run([
            "rules", "explain", "--rules", Self.rules, "--rules", local, "update.fortiguard.net",
        ])
        #expect(told.lines.first == "update.fortiguard.net: fortinet/*.fortiguard.net")
        #expect(
            told.lines.contains(
                "  not         fortinet/update.fortiguard.net: disabled in \(local):2: the update proxy asks on purpose"
            ))
    }

    @Test func `a line that disables nothing, or gives no reason, is told`() throws {
        let wrong = try scratch.file(
            "local.yaml", Self.local.replacingOccurrences(of: "update.fortiguard", with: "updaet.fortiguard"))
        let result = try Program.run(["rules", "check", Self.rules, wrong])
        #expect(result.status == 0)
        #expect(
            result.errors.contains(
                "\(wrong):2: warning: no file before this one has an entry 'fortinet/updaet.fortiguard.net'; did you mean 'fortinet/update.fortiguard.net'?"
            ))
        let bare = try scratch.file("bare.yaml", "disable:\n  - id: fortinet/update.fortiguard.net\n")
        let refused = try Program.run(["rules", "check", Self.rules, bare])
        #expect(refused.status == 1 && refused.errors.contains("\(bare):2: the entry has no 'reason'"))
    }

    @Test func `an excepted sighting is recorded, and raises no alert`() throws {
        let file = try scratch.file(
            "exceptions.yaml",
            """
            exceptions:
              - vendor: fortinet
                reason: replaced in spring
                approved_by: J. Doe
                until: "2999-12-31"

            """)
        let records = try replay(["--exceptions", file]).records
        let all = try replay([]).records
        #expect(records.count == all.count)
        var excepted = 0
        for record in records {
            let seaward = record["seaward"] as? [String: Any]
            let isFortinet = (seaward?["vendor"] as? [String: Any])?["id"] as? String == "fortinet"
            #expect((record["event"] as? [String: Any])?["kind"] as? String == (isFortinet ? "event" : "alert"))
            let exception = seaward?["exception"] as? [String: String]
            #expect(
                exception
                    == (isFortinet
                        ? ["reason": "replaced in spring", "approved_by": "J. Doe", "until": "2999-12-31"] : nil))
            excepted += isFortinet ? 1 : 0
        }
        #expect(excepted > 0)
        let text = try Program.run(["replay", "--rules", Self.rules, "--exceptions", file, Case.morning.capture])
        #expect(text.lines.count == all.count - excepted)
        #expect(text.errors.contains("of them are excepted and raised no alert"))
    }

    @Test func `one that has ended says so and alerts again; a broken file stops the program`() throws {
        let text = "exceptions:\n  - vendor: fortinet\n    reason: replaced\n    until: \"2020-01-01\"\n"
        let ended = try scratch.file("ended.yaml", text)
        let result = try replay(["--exceptions", ended])
        #expect(result.status == 0)
        #expect(
            result.errors.contains(
                "\(ended):2: warning: the exception ended with 2020-01-01 (replaced): it alerts again"))
        #expect(try result.records.allSatisfy { ($0["event"] as? [String: Any])?["kind"] as? String == "alert" })
        let broken = try scratch.file("broken.yaml", text.replacingOccurrences(of: "reason", with: "raeson"))
        let refused = try replay(["--exceptions", broken])
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains("\(broken):3: unknown key 'raeson'; did you mean 'reason'?"))
        let missing = try replay(["--exceptions", "/nowhere.yaml"])
        #expect(missing.status == 1 && missing.errors.contains("/nowhere.yaml: the file cannot be read"))
    }

    /// In a namespace of its own, with another /etc.
    @Test(.enabled(if: geteuid() == 0, "mounting takes root"))
    func `the default places are read where they are there`() throws {
        let local = try scratch.file("local.yaml", Self.local)
        let exceptions = try scratch.file(
            "exceptions.yaml", "exceptions:\n  - vendor: fortinet\n    reason: replaced\n")
        let line = """
            unshare --mount bash -c 'mount -t tmpfs none /etc && mkdir -p /etc/seaward/packs.d \
            && cp \(local) /etc/seaward/packs.d/ && cp \(exceptions) /etc/seaward/ \
            && exec \(Program.executable.path) replay --format json \(Case.morning.capture)'
            """
        let result = try Program.shell(line)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try !ids(result).contains("fortinet/update.fortiguard.net"))
        #expect(try ids(result).contains("fortinet/*.fortiguard.net"))
        #expect(try result.records.contains { ($0["event"] as? [String: Any])?["kind"] as? String == "event" })
    }
}
