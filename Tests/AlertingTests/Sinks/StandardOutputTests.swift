import Alerting
import Decoding
import Foundation
import Monitoring
import Testing

/// Each test is a process of its own: standard output belongs to the whole process.
@Suite struct StandardOutputTests {
    @Test func `lines appear in order with the flush`() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let output = StandardOutput(.text)
            for second in 0..<500 { try output.deliver(.example(.example(at: Double(second)))) }
            try output.flush()
            exit(EXIT_SUCCESS)
        }
        let lines = String(decoding: result.standardOutputContent, as: UTF8.self).split(separator: "\n")
        let expected = (0..<500).map { textLine(for: .example(.example(at: Double($0)))) }
        #expect(lines.suffix(500).map { String($0) } == expected)
    }

    @Test func `JSON is one object a line`() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let output = StandardOutput(.json(NativeRecord(observer: .init(version: "1.2.3"))))
            try output.deliver(.example(.example(name: .hostile)))
            try output.deliver(.example())
            try output.flush()
            exit(EXIT_SUCCESS)
        }
        let lines = Data(result.standardOutputContent).split(separator: UInt8(ascii: "\n")).suffix(2)
        let records = try lines.map { try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any]) }
        #expect(
            records.map { ($0["destination"] as? [String: Any])?["domain"] as? String } == [
                "\(HostName.hostile)", "update.example.com",
            ])
    }

    @Test func `a full disk is an error that counts every line it lost, and it goes on`() async {
        await #expect(processExitsWith: .success) {
            redirectStandardOutput(to: "/dev/full")
            let output = StandardOutput(.text)
            for _ in 0..<3 { try output.deliver(.example()) }
            do throws(SinkError) {
                try output.flush()
                exit(1)
            } catch {
                guard error.description == "standard output: No space left on device", error.lost == 3 else { exit(2) }
            }
            redirectStandardOutput(to: "/dev/null")
            try output.deliver(.example())
            try output.flush()
            exit(EXIT_SUCCESS)
        }
    }
}
