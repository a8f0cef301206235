import Foundation
import Testing

@Suite struct HelpTests {
    @Test func `the version is one line`() throws {
        let result = try Program.run(["--version"])
        #expect(result.status == 0 && result.errors.isEmpty && result.lines.count == 1)
        #expect(result.lines[0].split(separator: ".").allSatisfy { UInt($0) != nil })
    }

    @Test(arguments: [
        [], ["replay"], ["watch"], ["names"], ["rules"], ["rules", "list"], ["rules", "explain"],
        ["rules", "stats"], ["rules", "check"], ["rules", "export"], ["rules", "import"], ["interfaces"],
    ])
    func `every command explains itself, either way`(_ command: [String]) throws {
        let help = try Program.run(["help"] + command)
        #expect(help.status == 0 && help.errors.isEmpty)
        let text = String(decoding: help.output, as: UTF8.self)
        #expect(text.contains("USAGE: seaward" + command.map { " " + $0 }.joined()))
        #expect(try Program.run(command + ["--help"]).output == help.output)
        #expect(help.lines.filter { !$0.hasPrefix("USAGE") }.allSatisfy { $0.count <= 80 })
    }

    @Test func `the program without a command shows what it can do`() throws {
        let result = try Program.run([])
        #expect(result.status == 0 && result.errors.isEmpty)
        for command in ["replay", "watch", "names", "rules", "interfaces"] {
            #expect(result.lines.contains { $0.hasPrefix("  \(command) ") })
        }
    }

    @Test func `the interfaces are listed with their state`() throws {
        let result = try Program.run(["interfaces"])
        #expect(
            result.status == 0 && result.lines.first == "INTERFACE  STATE         ADDRESSES"
                || result.lines.first?.hasPrefix("INTERFACE") == true)
        #expect(result.lines.contains { $0.hasPrefix("lo ") && $0.contains("loopback") })
    }
}
