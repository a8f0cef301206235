import Foundation
import Testing

/// Packs named on the command line.
@Suite struct PackTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let sound = """
        vendor: Example Security
        headquarters: US
        version: "2026-11-23"
        endpoints:
          - domain: update.fortiguard.net
            match: exact
            product: Example Agent
            category: update
            confidence: high
            sources: [https://docs.example.com/ports]

        """

    @Test func `a pack of one's own takes the place of the shipped ones`() throws {
        let pack = try scratch.file("example.yaml", Self.sound)
        for path in [pack, scratch.folder.path] {
            let result = try Program.run(["replay", "--format", "json", "--rules", path, Case.morning.capture])
            #expect(result.status == 0, "\(result.errors)")
            let rules = try result.records.map { ($0["rule"] as? [String: Any])?["id"] as? String }
            #expect(!rules.isEmpty && Set(rules) == ["example/update.fortiguard.net"])
        }
    }

    @Test func `a broken pack stops every command that uses it, with file and line`() throws {
        let pack = try scratch.file(
            "example.yaml", Self.sound.replacingOccurrences(of: "category: update", with: "category: updates"))
        for arguments in [
            ["replay", "--rules", pack, Case.morning.capture], ["rules", "list", "--rules", pack],
            ["rules", "check", pack],
        ] {
            let result = try Program.run(arguments)
            #expect(result.status == 1 && result.output.isEmpty, "\(arguments)")
            #expect(result.errors.contains("\(pack):8: unknown category 'updates'; did you mean 'update'?"))
        }
    }

    @Test func `the resolvers of encrypted DNS are checked with the packs, beside them and alone`() throws {
        let shipped = Program.repository.appendingPathComponent("Rules/coverage/encrypted-dns.yaml")
        let text = try String(contentsOf: shipped, encoding: .utf8)
        for arguments in [["rules", "check"], ["rules", "check", "Rules"], ["rules", "check", shipped.path]] {
            let result = try Program.run(arguments)
            #expect(result.status == 0 && result.lines.last?.contains("96 resolvers of encrypted DNS") == true)
        }
        _ = try scratch.file("example.yaml", Self.sound)
        let file = try scratch.file("coverage/encrypted-dns.yaml", text.replacing("kind: relay", with: "kind: relais"))
        let folder = scratch.folder.path
        for arguments in [
            ["rules", "check", folder], ["rules", "check", file], ["replay", "--rules", folder, Case.morning.capture],
        ] {
            let result = try Program.run(arguments)
            #expect(result.status == 1 && result.output.isEmpty, "\(arguments)")
            #expect(
                result.errors.contains("encrypted-dns.yaml:136: unknown kind 'relais'; did you mean 'relay'?"),
                "\(result.errors)")
        }
    }

    @Test func `whose look-ups are hidden is told at the end, in one line`() throws {
        let hidden = Case.named("look-ups-in-tls-and-https").capture
        let line = "5 flows of 3 clients to encrypted DNS: their look-ups are hidden from here"
        #expect(try Program.run(["replay", hidden]).errorLines.filter { $0.hasPrefix(line) }.count == 1)
        #expect(try !Program.run(["replay", Case.morning.capture]).errors.contains("encrypted DNS"))
        let table = try Program.run(["names", "-q", "--coverage", hidden]).lines
        let start = try #require(table.firstIndex { $0.hasPrefix("HIDES LOOK-UPS") })
        let rows = table[(start + 1)...].map { $0.split(separator: " ").map { String($0) } }
        #expect(rows.map { $0[0] } == ["10.20.1.11", "10.20.1.11", "10.20.1.12", "10.20.1.13"])
        #expect(rows.last == ["10.20.1.13", "198.51.100.53", "853/tcp", "resolver", "unknown", "port", "1"])
    }

    @Test func `every problem of a pack is told at once`() throws {
        let text = Self.sound.replacingOccurrences(of: "US", with: "USA").replacingOccurrences(of: "high", with: "sure")
        let result = try Program.run(["rules", "check", scratch.file("example.yaml", text)])
        #expect(result.status == 1 && result.errorLines.count == 2, "\(result.errors)")
    }

    @Test func `a folder without packs and a path that is not there are errors`() throws {
        let folder = scratch.folder.path
        for command in [["replay", "--rules", folder, Case.morning.capture], ["rules", "check", folder]] {
            let result = try Program.run(command)
            #expect(result.status == 1 && result.output.isEmpty && result.errors.contains("no pack found in \(folder)"))
        }
        let missing = folder + "/missing.yaml"
        let result = try Program.run(["rules", "check", missing])
        #expect(result.status == 1 && result.errors.contains("\(missing): no such file or folder"))
    }

    @Test func `the shipped packs are sound`() throws {
        let result = try Program.run(["rules", "check"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.count == 1 && result.lines[0].contains("16 packs"), "\(result.lines)")
    }

    @Test func `a list shows the vendors that were asked for`() throws {
        let result = try Program.run(["rules", "list", "fortinet", "wiz"])
        #expect(result.status == 0 && result.lines.first?.hasPrefix("VENDOR") == true)
        #expect(Set(result.lines.dropFirst().compactMap { $0.split(separator: " ").first }) == ["fortinet", "wiz"])
        #expect(result.errors.hasPrefix("2 packs, "))
    }

    @Test func `a vendor without a pack is named, with those that have one`() throws {
        let result = try Program.run(["rules", "list", "fortinet", "fortigate"])
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.contains("there is no pack 'fortigate'") && result.errors.contains("palo-alto-networks"))
    }
}
