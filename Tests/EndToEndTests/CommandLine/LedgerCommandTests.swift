import Foundation
import Testing

/// From packets to the report, through the program: countries, severity, the ledger, findings.
@Suite struct LedgerCommandTests {
    private let scratch: Scratch
    private let ledger, places: String

    /// 198.51.100.0/24 is abroad in the United States, 203.0.113.0/24 at home.
    private static let ranges = "# Vendor: a test\n3325256704,3325256959,US\n3405803776,3405804031,CN\n"

    init() throws {
        scratch = try Scratch()
        ledger = scratch.folder.appendingPathComponent("ledger.db").path
        places = try scratch.file("places.txt", Self.ranges)
    }

    private func replay(_ arguments: String...) throws -> Program.Result {
        try Program.run(
            ["replay", "--geo", places, "--ledger", ledger, "--format", "json"] + arguments
                + [Case.morning.capture])
    }

    private func findings(_ arguments: String...) throws -> [[String: Any]] {
        try Program.run(["findings", "--ledger", ledger, "--format", "json"] + arguments).records
    }

    @Test func `a host that sends data to telemetry overseas is critical, at home it is not`() throws {
        let result = try replay()
        #expect(result.status == 0)
        let found = try findings()
        func severity(_ vendor: String, _ client: String) -> [String] {
            found.filter { $0["vendor"] as? String == vendor && $0["client"] as? String == client }
                .compactMap { $0["severity"] as? String }
        }
        #expect(severity("crowdstrike", "10.20.1.23") == ["critical"])
        // A person who reads a web site abroad; telemetry at home; a name that was only looked up.
        #expect(severity("crowdstrike", "10.20.1.42") == ["notice"])
        #expect(severity("fortinet", "10.20.1.2") == ["notice", "notice"])
        #expect(severity("sentinelone", "10.20.3.3") == ["info"])
        let sensor = try #require(found.first)
        #expect(sensor["country"] as? String == "US" && sensor["flows"] as? Int == 5)
        let evidence = try #require(sensor["evidence"] as? [[String: Any]])
        #expect(Set(evidence.compactMap { $0["method"] as? String }) == ["dns", "tls-sni"])
        #expect(evidence.allSatisfy { ($0["sources"] as? [String])?.isEmpty == false })
        // The same bytes as the flows themselves have.
        let flows = try Program.run(["flows", "--format", "json", Case.morning.capture]).records.filter {
            $0["client"] as? String == "10.20.1.23" && $0["name"] as? String == "ts01-b.cloudsink.net"
                && $0["method"] as? String == "tls-sni"
        }
        #expect(flows.compactMap { $0["bytes_out"] as? Int }.reduce(0, +) == sensor["bytes_out"] as? Int)
    }

    @Test func `the same capture changes nothing the second time`() throws {
        _ = try replay()
        let once = try Program.run(["report", "--ledger", ledger, "--format", "json"]).output
        _ = try replay()
        #expect(try Program.run(["report", "--ledger", ledger, "--format", "json"]).output == once)
        #expect(try Program.run(["ledger", "check", "--ledger", ledger]).status == 0)
    }

    @Test(arguments: ["html", "md", "csv", "json"], ["en", "zh"])
    func `the report holds what was found, twice the same bytes`(_ format: String, _ language: String) throws {
        _ = try replay()
        let arguments = ["report", "--ledger", ledger, "--format", format, "--lang", language]
        let report = try Program.run(arguments)
        let again = try Program.run(arguments)
        #expect(report.status == 0 && report.output == again.output)
        for part in ["10.20.1.23", "CrowdStrike", "ts01-b.cloudsink.net"]
        where format != "csv" || part != "ts01-b.cloudsink.net" {
            #expect(String(decoding: report.output, as: UTF8.self).contains(part), "\(part)")
        }
        if language == "zh", format != "json" { #expect(String(decoding: report.output, as: UTF8.self).contains("美国")) }
    }

    @Test func `a file that is named twice is read twice, and its flows are told once`() throws {
        // Of a few seconds: no flow is forgotten before its packets come again.
        let capture = Case.named("tls-hello-from-curl").capture
        func flows(_ files: String...) throws -> [String] {
            try Program.run(["flows", "--format", "json"] + files).records.map { "\($0["client_port"] ?? 0)" }
        }
        let once = try flows(capture)
        #expect(!once.isEmpty)
        #expect(try flows(capture, capture).sorted() == once.sorted())
    }

    @Test func `scripts are told by the exit code how bad it is`() throws {
        #expect(try replay("--fail-on", "critical").status == 3)
        #expect(try Program.run(["findings", "--ledger", ledger, "--fail-on", "critical"]).status == 3)
        #expect(try Program.run(["report", "--ledger", ledger, "--fail-on", "critical"]).status == 3)
        #expect(
            try Program.run(["report", "--ledger", ledger, "--vendor", "sentinelone", "--fail-on", "notice"]).status
                == 0)
    }
}
