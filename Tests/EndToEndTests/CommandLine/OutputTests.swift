import Foundation
import Testing

/// Results go to standard output, and all that is for people to standard error.
@Suite struct OutputTests {
    @Test func `quiet says nothing at all where nothing is wrong`() throws {
        for arguments in [["replay", "-q"], ["replay", "--quiet", "--format", "json"], ["names", "-q"]] {
            let result = try Program.run(arguments + [Case.morning.capture])
            #expect(result.status == 0 && result.errors.isEmpty && !result.output.isEmpty)
        }
    }

    @Test func `quiet still tells of errors`() throws {
        let result = try Program.run(["replay", "-q", "/nowhere/missing.pcap"])
        #expect(result.status == 1 && result.errors.contains("/nowhere/missing.pcap"))
    }

    @Test func `no alert is written with the format none, and the totals are`() throws {
        let result = try Program.run(["replay", "--format", "none", Case.morning.capture])
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("alerts: ") && result.errors.contains(" packets"))
    }

    @Test func `text has one line for each alert, in the order of JSON`() throws {
        let text = try Program.run(["replay", Case.morning.capture]).lines
        let records = try Program.run(["replay", "--format", "json", Case.morning.capture]).records
        #expect(text.count == 16 && records.count == 16)
        for (line, record) in zip(text, records) {
            let client = try #require((record["source"] as? [String: Any])?["ip"] as? String)
            let vendor = try #require((record["seaward"] as? [String: Any])?["vendor"] as? [String: String])
            let name = try #require(vendor["name"])
            #expect(line.contains(client) && line.contains(name))
        }
    }

    @Test func `an interval of zero alerts for every sighting`() throws {
        let once = try Program.run(["replay", Case.named("ten-connections-to-one-server").capture]).lines
        let each = try Program.run([
            "replay", "--repeat-interval", "0", Case.named("ten-connections-to-one-server").capture,
        ]).lines
        #expect(once.count == 1 && each.count == 10)
    }

    @Test func `verbose names each anomaly that was counted`() throws {
        let capture = Case.named("a-file-cut-in-the-middle-of-a-packet").capture
        let brief = try Program.run(["replay", Case.named("ip-length-of-zero").capture])
        let verbose = try Program.run(["replay", "-v", capture])
        #expect(brief.status == 0 && verbose.status == 1)
        #expect(!verbose.errors.contains("--verbose names them"))
    }

    @Test func `a reader that goes away ends the program without a word`() throws {
        for command in ["replay --repeat-interval 0", "names", "rules list"] {
            let capture = command == "rules list" ? "" : "'\(Case.morning.capture)'"
            let result = try Program.shell(
                "'\(Program.executable.path)' \(command) \(capture) | true; echo \"${PIPESTATUS[0]}\"")
            // 141 is SIGPIPE; 0 where all was written before the reader had gone.
            #expect(["0", "141"].contains(result.lines.last), "\(result.lines)")
            #expect(!result.errors.contains("rror") && !result.errors.contains("roken"), "\(result.errors)")
        }
    }

    @Test func `a full disk is an error with its reason`() throws {
        for command in ["replay -q", "names -q", "rules list"] {
            let capture = command == "rules list" ? "" : "'\(Case.morning.capture)'"
            let result = try Program.shell("'\(Program.executable.path)' \(command) \(capture) >/dev/full")
            #expect(result.status == 1, "\(command)")
            #expect(result.errors.contains("seaward: standard output: No space left on device"), "\(result.errors)")
        }
    }
}
