import Foundation
import Testing

/// Captures named on the command line: those that cannot be read, several, and standard input.
@Suite struct FileTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: ["replay", "names"])
    func `a file that cannot be read is an error and never a clean result`(_ command: String) throws {
        let missing = scratch.folder.path + "/missing.pcap"
        let text = try scratch.file("notes.txt", "This is a text, and no capture of any kind.")
        let empty = try scratch.file("empty.pcap", "")
        let examples = [
            (missing, "No such file"), (text, "neither pcap nor pcapng"), (empty, "empty"),
            (scratch.folder.path, "folder"),
        ]
        for (path, reason) in examples {
            let result = try Program.run([command, path])
            #expect(result.status == 1 && result.output.isEmpty, "\(path)")
            #expect(result.errorLines.count == 1 && result.errors.hasPrefix("seaward: \(path): "), "\(result.errors)")
            #expect(result.errors.contains(reason))
        }
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `a file without the right to read it is an error`() throws {
        let path = try scratch.file("secret.pcap", Case.morning.bytes)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let result = try Program.run(["replay", path])
        #expect(result.status == 1 && result.errors.contains("\(path): Permission denied"))
    }

    @Test func `a cut file keeps its results, says how far it went, and ends with 1`() throws {
        let whole = try Program.run(["replay", Case.morning.capture])
        let bytes = try Case.morning.bytes
        let path = try scratch.file("cut.pcap", bytes.dropLast(1))
        let cut = try Program.run(["replay", path])
        #expect(cut.status == 1 && cut.lines == whole.lines)
        #expect(
            cut.errors.contains("\(path): the file is cut (") && cut.errors.contains(" packets were read before that"))
        #expect(cut.errors.contains("sightings of vendors, alerts: "))
    }

    @Test func `a file that cannot be read does not keep the others from being read`() throws {
        let missing = scratch.folder.path + "/missing.pcap"
        let whole = try Program.run(["replay", Case.morning.capture])
        let result = try Program.run(["replay", missing, Case.morning.capture])
        #expect(result.status == 1 && result.lines == whole.lines && result.errors.contains(missing))
    }

    @Test func `several files are read in the order in which they are given`() throws {
        let first = Case.named("tls-1-2-hello-from-openssl").capture, second = Case.morning.capture
        func times(_ files: [String]) throws -> [String] {
            try Program.run(["replay", "--repeat-interval", "0", "--format", "json"] + files).records
                .compactMap { $0["@timestamp"] as? String }
        }
        let parts = try (times([first]), times([second]))
        #expect(!parts.0.isEmpty && !parts.1.isEmpty)
        #expect(try times([first, second]) == parts.0 + parts.1)
        #expect(try times([second, first]) == parts.1 + parts.0)
    }

    @Test(arguments: [Case.morning, .named("pcapng-with-nanoseconds")])
    func `standard input is read as a file is`(_ example: Case) throws {
        for arguments in [["replay", "--format", "json"], ["names", "--format", "json"]] {
            let named = try Program.run(arguments + [example.capture])
            let piped = try Program.run(arguments + ["-"], input: URL(fileURLWithPath: example.capture))
            #expect(named.status == 0 && piped.status == 0)
            #expect(named.output == piped.output && named.errors == piped.errors && !piped.output.isEmpty)
        }
    }

    @Test func `standard input that is empty or given twice is called by its name`() throws {
        let empty = try Program.run(["replay", "-"])
        #expect(empty.status == 1 && empty.errors == "seaward: standard input: it is empty; nothing was read\n")
        let twice = try Program.run(["replay", "-", "-"], input: URL(fileURLWithPath: Case.morning.capture))
        #expect(twice.status == 1 && twice.lines.count == 16)
        #expect(twice.errors.contains("seaward: standard input: ") && twice.errors.contains("only once"))
    }

    @Test func `a filter leaves the rest out`() throws {
        let all = try Program.run(["names", "--format", "json", Case.morning.capture]).records
        let some = try Program.run(["names", "--format", "json", "--filter", "udp port 53", Case.morning.capture])
            .records
        #expect(some.count == all.count { $0["method"] as? String == "dns" } && some.count < all.count)
    }
}
