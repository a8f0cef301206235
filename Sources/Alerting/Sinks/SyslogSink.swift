import Decoding
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
            } else if text.hasPrefix("udp://"), let target = Self.udp(text.dropFirst(6)) {
                self = target
            } else {
                return nil
            }
        }

        /// Reads `HOST` or `HOST:PORT`.
        private static func udp(_ text: Substring) -> Target? {
            let host, tail: Substring
            if text.hasPrefix("[") {
                guard let end = text.firstIndex(of: "]") else { return nil }
                host = text[..<end].dropFirst()
                tail = text[end...].dropFirst()
                // The interface of a link-local address is the resolver's to judge.
                guard let address = host.split(separator: "%").first, address.contains(":"), IPAddress(address) != nil
                else { return nil }
            } else {
                host = text.prefix { $0 != ":" }
                tail = text[host.endIndex...]
                let isName = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"/@[]".utf8.contains($0) }
                guard !host.isEmpty, isName else { return nil }
            }
            guard !tail.isEmpty else { return .udp(host: String(host), port: "514") }
            let port = tail.dropFirst()
            guard tail.hasPrefix(":"), !port.hasPrefix("+"), let number = UInt16(port), number > 0 else { return nil }
            return .udp(host: String(host), port: String(port))
        }
    }

    private let target: Target
    private let message: SyslogMessage
    private var descriptor: Int32 = -1
    /// The last message found the daemon's queue full.
    private var isStuck = false

    /// How long a daemon may leave its queue full, in seconds. It outlasts a restart; a shutdown can still wait for it.
    private static let patience = 5

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
        if isStuck { throw failure("the daemon takes no messages") }
        if case .udp = target, errno == ECONNREFUSED {
            // The answer to the datagram before: nobody took that one. This one may fare better.
            let refusal = failure("send", keepsSocket: true)
            guard send(bytes) else { throw SinkError(description: failure("send").description, lost: 2) }
            throw refusal
        }
        // The daemon may have been started anew since: its old socket is dead, the new one may listen.
        try connect()
        guard send(bytes) else { throw failure("send") }
    }

    package func flush() {}

    /// A daemon that is there and reads nothing is waited for once: the alerts behind must not wait as long each.
    private func send(_ bytes: [UInt8]) -> Bool {
        let flags = Int32(MSG_NOSIGNAL) | (isStuck ? Int32(MSG_DONTWAIT) : 0)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
        isStuck = count < 0 && errno == EAGAIN
        return count == bytes.count
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
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
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

    private func failure(_ step: String, keepsSocket: Bool = false) -> SinkError {
        let reason = unsafe String(cString: strerror(errno))
        if !keepsSocket, !isStuck, descriptor >= 0 {
            close(descriptor)
            descriptor = -1
        }
        switch target {
        case .unix(let path):
            return SinkError(description: "syslog at \(path): \(step): \(reason); is a syslog daemon running?")
        case .udp(let host, let port):
            return SinkError(
                description: "syslog at \(host) port \(port): \(step): \(reason); is a syslog daemon listening there?")
        }
    }
}
