import Alerting
import Decoding
import Monitoring
import Testing

@Suite struct SyslogSinkTests {
    static let writer = SyslogMessage(format: .rfc5424, facility: .daemon, host: "gateway", process: 4_711)

    private func sink(_ target: SyslogSink.Target) throws -> SyslogSink {
        try SyslogSink(target: target, message: Self.writer)
    }

    private func description(of body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func `an alert arrives on a Unix socket, one datagram each`() throws {
        let path = DatagramServer.freshPath()
        let server = DatagramServer(path: path)
        let sink = try sink(.unix(path: path))
        let alerts = [Alert.example(), .example(.example(at: 1, detail: .query)), .example(.example(name: .hostile))]
        for alert in alerts { try sink.deliver(alert) }
        for alert in alerts { #expect(server.message() == Self.writer.text(for: alert)) }
    }

    @Test func `an alert arrives over UDP`() throws {
        let server = DatagramServer()
        let sink = try sink(#require(SyslogSink.Target("udp://127.0.0.1:\(server.port)")))
        try sink.deliver(.example())
        #expect(server.message() == Self.writer.text(for: .example()))
    }

    @Test func `a daemon that was started anew on the same path misses nothing`() throws {
        let path = DatagramServer.freshPath()
        var server: DatagramServer? = DatagramServer(path: path)
        let sink = try sink(.unix(path: path))
        try sink.deliver(.example())
        #expect(server?.message() != nil)
        server = nil
        server = DatagramServer(path: path)
        try sink.deliver(.example(.example(at: 1)))
        #expect(server?.message() == Self.writer.text(for: .example(.example(at: 1))))
    }

    @Test func `a path without a daemon is an error at once, with path and likely cause`() {
        let path = DatagramServer.freshPath()
        let text = description { _ = try sink(.unix(path: path)) }
        #expect(text.contains(path) && text.contains("No such file or directory") && text.contains("running?"))
    }

    @Test func `a daemon that ends is an error with each alert, and none once it is back`() throws {
        let path = DatagramServer.freshPath()
        var server: DatagramServer? = DatagramServer(path: path)
        let sink = try sink(.unix(path: path))
        server = nil
        for _ in 0..<3 {
            #expect(throws: SinkError.self) { try sink.deliver(.example()) }
        }
        server = DatagramServer(path: path)
        try sink.deliver(.example(.example(at: 1)))
        #expect(server?.message() == Self.writer.text(for: .example(.example(at: 1))))
    }

    @Test func `a file that is no socket is an error`() {
        #expect(description { _ = try sink(.unix(path: "/dev/null")) }.contains("/dev/null: connect: "))
    }

    @Test func `a path longer than a socket's is an error that says so`() {
        let text = description { _ = try sink(.unix(path: "/" + String(repeating: "p", count: 107))) }
        #expect(text.contains("too long"))
    }

    @Test func `a UDP port where nobody listens is an error as soon as the system tells`() throws {
        let port = DatagramServer().port
        let sink = try sink(.udp(host: "127.0.0.1", port: "\(port)"))
        // The first datagram leaves; that it was refused is known when the next one goes.
        try sink.deliver(.example())
        let text = description { try sink.deliver(.example()) }
        #expect(
            text.contains("127.0.0.1 port \(port)") && text.contains("refused") && text.contains("listening there?"))
        #expect(throws: SinkError.self) { try sink.deliver(.example()) }
    }

    @Test func `a UDP daemon that comes back gets the alert that met the refusal, too`() throws {
        var server: DatagramServer? = DatagramServer()
        let port = try #require(server).port
        let sink = try sink(.udp(host: "127.0.0.1", port: "\(port)"))
        server = nil
        try sink.deliver(.example())
        server = DatagramServer(port: port)
        #expect(throws: SinkError.self) { try sink.deliver(.example(.example(at: 1))) }
        try sink.deliver(.example(.example(at: 2)))
        #expect(server?.message() == Self.writer.text(for: .example(.example(at: 1))))
        #expect(server?.message() == Self.writer.text(for: .example(.example(at: 2))))
    }

    @Test func `a host that does not exist is an error with its name`() {
        // RFC 6761: no name under `invalid` exists.
        let text = description { _ = try sink(.udp(host: "collector.invalid", port: "514")) }
        #expect(text.hasPrefix("syslog at collector.invalid: "))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a daemon that reads nothing is waited for once`() throws {
        let path = DatagramServer.freshPath()
        let server = DatagramServer(path: path)
        let sink = try sink(.unix(path: path))
        var failures: [String] = []
        for index in 0..<2_000 {
            let text = description { try sink.deliver(.example(.example(at: Double(index)))) }
            if text != "no error" { failures.append(text) }
        }
        #expect(failures.count > 1_000)
        #expect(failures.allSatisfy { $0.contains(path) && $0.contains("takes no messages") })
        for _ in failures.count..<2_000 { #expect(server.message() != nil) }
        try sink.deliver(.example())
        #expect(server.message() == Self.writer.text(for: .example()))
    }
}
