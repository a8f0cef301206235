import Foundation
import Testing

/// What people get wrong: the message says what, where and what to do, on standard error alone.
@Suite struct WrongUseTests {
    /// Exit code of a command line that makes no sense (EX_USAGE of sysexits.h).
    private static let usage: Int32 = 64

    private func expect(_ arguments: [String], status: Int32, says parts: [String]) throws {
        let result = try Program.run(arguments)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.output.isEmpty)
        for part in parts { #expect(result.errors.contains(part), "\(result.errors)") }
    }

    @Test(arguments: [
        (["replay"], ["Missing", "<files>"]),
        (["names"], ["Missing", "<files>"]),
        (["rapley"], ["rapley"]),
        (["replay", "--rule", "x", "a.pcap"], ["--rule", "Did you mean '--rules'?"]),
        (["replay", "--format", "xml", "a.pcap"], ["'xml'", "text", "json", "none"]),
        (["names", "--format", "csv", "a.pcap"], ["'csv'", "table", "json"]),
        (["replay", "--home", "10.0.0.1/8", "a.pcap"], ["'10.0.0.1/8' is no network", "10.0.0.0/8"]),
        (["replay", "--home", "10.0.0.0/33", "a.pcap"], ["'10.0.0.0/33' is no network"]),
        (["replay", "--home", "intranet", "a.pcap"], ["'intranet' is no network"]),
        (
            ["replay", "--syslog", "tcp://192.0.2.1", "a.pcap"],
            ["'tcp://192.0.2.1' is no syslog target", "udp://HOST:PORT"]
        ),
        (["replay", "--syslog-format", "rfc1149", "a.pcap"], ["'rfc1149'", "rfc5424", "rfc3164"]),
        (["replay", "--syslog-facility", "mail", "a.pcap"], ["'mail'", "daemon", "local7"]),
        (["replay", "--repeat-interval", "1h", "a.pcap"], ["'1h'", "--repeat-interval"]),
        (["replay", "--repeat-interval=-1", "a.pcap"], ["--repeat-interval cannot be negative"]),
        (["rules", "explain"], ["give a name or an address", "--file"]),
        (["rules", "list", "--category", "updates"], ["'updates'", "sample-upload"]),
        (["watch"], ["-i", "seaward interfaces"]),
        (["watch", "-i", "lo", "-s", "10"], ["-s takes 64 to 262144 bytes"]),
        (["watch", "-i", "lo", "-B", "1"], ["-B takes 64 to 2000000 KiB"]),
    ])
    func `a command line that makes no sense ends with 64`(_ example: (arguments: [String], says: [String])) throws {
        try expect(example.arguments, status: Self.usage, says: example.says)
    }

    @Test func `a filter that makes no sense is named once, and no totals look like a result`() throws {
        for command in ["replay", "names"] {
            let result = try Program.run([command, "--filter", "prot 80", Case.morning.capture])
            #expect(result.status == 1 && result.output.isEmpty)
            #expect(result.errorLines.count == 1)
            #expect(result.errors.hasPrefix("seaward: filter 'prot 80': ") && result.errors.contains("man pcap-filter"))
        }
    }

    @Test func `a syslog daemon that is not there is an error before anything is read`() throws {
        let path = "/tmp/seaward-no-such-socket"
        try expect(
            ["replay", "--syslog", "unix:" + path, Case.morning.capture], status: 1,
            says: ["seaward: syslog at \(path): ", "is a syslog daemon running?"])
        try expect(
            ["replay", "--syslog", "udp://collector.invalid", Case.morning.capture], status: 1,
            says: ["seaward: syslog at collector.invalid: "])
    }

    @Test func `an interface that is not there is named, with what lists the others`() throws {
        try expect(["watch", "-i", "nowhere0"], status: 1, says: ["seaward: nowhere0: ", "seaward interfaces"])
    }

    @Test(.enabled(if: geteuid() == 0, "capturing takes root"))
    func `a user that is not there and a filter that makes no sense end a watch before it begins`() throws {
        try expect(
            ["watch", "-i", "lo", "--user", "nobody-of-this-name"], status: 1,
            says: ["there is no user 'nobody-of-this-name'", "--user"])
        try expect(["watch", "-i", "lo", "prot", "80"], status: 1, says: ["seaward: filter 'prot 80': "])
    }
}
