import Alerting
import Testing

@Suite struct SyslogTargetTests {
    @Test(arguments: [
        ("local", SyslogSink.Target.unix(path: "/dev/log")),
        ("unix:/run/other log", .unix(path: "/run/other log")), ("unix:socket", .unix(path: "socket")),
        ("udp://192.0.2.1", .udp(host: "192.0.2.1", port: "514")),
        ("udp://192.0.2.1:5514", .udp(host: "192.0.2.1", port: "5514")),
        ("udp://logs.example.com:1", .udp(host: "logs.example.com", port: "1")),
        ("udp://[2001:db8::1]", .udp(host: "2001:db8::1", port: "514")),
        ("udp://[2001:db8::1]:65535", .udp(host: "2001:db8::1", port: "65535")),
        ("udp://[fe80::1%eth0]:514", .udp(host: "fe80::1%eth0", port: "514")),
    ])
    func `a target is read`(_ example: (text: String, target: SyslogSink.Target)) {
        #expect(SyslogSink.Target(example.text) == example.target)
    }

    @Test(arguments: [
        "", "Local", "/dev/log", "unix:", "unix", "udp", "udp:", "udp:/192.0.2.1", "udp://", "udp://:514",
        "UDP://192.0.2.1",
        "tcp://192.0.2.1", "192.0.2.1", "192.0.2.1:514", "udp://192.0.2.1:", "udp://192.0.2.1:0", "udp://192.0.2.1:00",
        "udp://192.0.2.1:65536", "udp://192.0.2.1:-1", "udp://192.0.2.1:+514", "udp://192.0.2.1:syslog",
        "udp://192.0.2.1:514/", "udp://192.0.2.1/", "udp://user@192.0.2.1", "udp://two words", "udp://192.0.2.1:514 ",
        "udp://2001:db8::1", "udp://2001:db8::1:514", "udp://[]", "udp://[]:514", "udp://[2001:db8::1",
        "udp://2001:db8::1]", "udp://[2001:db8::1]]:514", "udp://[[2001:db8::1]:514", "udp://[2001:db8::1]514",
        "udp://[logs.example.com]:514", "udp://[192.0.2.1]", "udp://192.0.2.1]:514",
    ])
    func `a wrong spelling is refused`(_ text: String) {
        #expect(SyslogSink.Target(text) == nil)
    }

    @Test func `only /dev/log is this machine's own`() {
        #expect(SyslogSink.Target("local")?.isLocal == true)
        #expect(SyslogSink.Target("unix:/dev/log")?.isLocal == true)
        #expect(SyslogSink.Target("unix:/run/log")?.isLocal == false)
        #expect(SyslogSink.Target("udp://127.0.0.1")?.isLocal == false)
    }
}
