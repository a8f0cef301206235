import Glibc

/// Alerts as datagrams to a syslog daemon: on this machine, on a Unix socket, or over UDP (RFC 5426).
package final class SyslogSink: Sink {
    package enum Target: Equatable, Sendable {
        case unix(path: String)
        case udp(host: String, port: String)

        /// The socket of this machine's own daemon.
        package var isLocal: Bool { self == .unix(path: "/dev/log") }

        /// Reads `local`, `unix:PATH`, `udp://HOST:PORT`, `udp://HOST` (port 514); IPv6 addresses in brackets.
        package init?(_ text: String) {
            if text == "local" {
                self = .unix(path: "/dev/log")
            } else if text.hasPrefix("unix:"), text.count > 5 {
                self = .unix(path: String(text.dropFirst(5)))
            } else if text.hasPrefix("udp://") {
                let rest = text.dropFirst(6)
                let hostEnd = rest.hasPrefix("[") ? rest.firstIndex(of: "]") : rest.firstIndex(of: ":") ?? rest.endIndex
                guard let hostEnd else { return nil }
                let host = rest[..<hostEnd].drop { $0 == "[" }
                let tail = rest[hostEnd...].drop { $0 == "]" }
                guard !host.isEmpty, tail.isEmpty || tail.hasPrefix(":") else { return nil }
                let port = tail.isEmpty ? "514" : tail.dropFirst()
                guard UInt16(port) != nil, port != "0" else { return nil }
                self = .udp(host: String(host), port: String(port))
            } else {
                return nil
            }
        }
    }

    private let target: Target
    private let message: SyslogMessage
    private var descriptor: Int32 = -1

    /// Connects at once, so that a wrong target is an error before the first packet.
    package init(target: Target, message: SyslogMessage) throws(SinkError) {
        self.target = target
        self.message = message
        try connect()
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package func deliver(_ alert: Alert) throws(SinkError) {
        let bytes = Array(message.text(for: alert).utf8)
        if descriptor < 0 { try connect() }
        if send(bytes) { return }
        // The daemon may have been started anew since: its old socket is dead, the new one may listen.
        try connect()
        guard send(bytes) else { throw failure("send") }
    }

    package func flush() {}

    private func send(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            == bytes.count
    }

    private func connect() throws(SinkError) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        switch target {
        case .unix(let path): try connectUnix(path)
        case .udp(let host, let port): try connectUDP(host, port)
        }
    }

    private func connectUnix(_ path: String) throws(SinkError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SinkError(description: "syslog at \(path): the path is too long for a socket (107 bytes)")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw failure("connect") }
    }

    private func connectUDP(_ host: String, _ port: String) throws(SinkError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, port, &hints, &first)
        guard status == 0, let entry = unsafe first else {
            throw SinkError(description: "syslog at \(host): \(unsafe String(cString: gai_strerror(status)))")
        }
        defer { unsafe freeaddrinfo(first) }
        descriptor = unsafe socket(entry.pointee.ai_family, Int32(SOCK_DGRAM.rawValue), 0)
        guard unsafe Glibc.connect(descriptor, entry.pointee.ai_addr, entry.pointee.ai_addrlen) == 0 else {
            throw failure("connect")
        }
    }

    private func failure(_ step: String) -> SinkError {
        let reason = unsafe String(cString: strerror(errno))
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        switch target {
        case .unix(let path):
            return SinkError(description: "syslog at \(path): \(step): \(reason); is a syslog daemon running?")
        case .udp(let host, let port):
            return SinkError(description: "syslog at \(host) port \(port): \(step): \(reason)")
        }
    }
}
