import Dispatch
import Glibc
import Synchronization

/// What a syslog daemon is to a sender: a socket that takes datagrams.
final class DatagramServer: @unchecked Sendable {
    /// A test that runs in a process of its own must not keep the socket open.
    private static let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)

    private let descriptor: Int32
    private let path: String?
    private(set) var port: UInt16 = 0

    /// On a path of the file system, where nothing may be.
    init(path: String) {
        self.path = path
        descriptor = socket(AF_UNIX, Self.kind, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        precondition(status == 0, "bind to \(path): errno \(errno)")
    }

    /// On a port of 127.0.0.1; 0 is any free one.
    init(port: UInt16 = 0) {
        path = nil
        descriptor = socket(AF_INET, Self.kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) | getsockname(descriptor, address, &length)
            }
        }
        precondition(status == 0, "bind to port \(port): errno \(errno)")
        self.port = UInt16(bigEndian: address.sin_port)
    }

    /// Ends as a daemon ends: the socket goes, and its path with it.
    deinit {
        close(descriptor)
        if let path { unsafe unlink(path) }
    }

    /// Whether a message is there within `milliseconds`.
    func hasMessage(within milliseconds: Int32 = 5_000) -> Bool {
        var poll = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        return unsafe Glibc.poll(&poll, 1, milliseconds) == 1
    }

    /// The next message, waited for.
    func message(within milliseconds: Int32 = 5_000) -> String? {
        guard hasMessage(within: milliseconds) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// A path that nothing else uses, short enough for a socket.
    static func freshPath() -> String { "/tmp/seaward-test-\(getpid())-\(UInt32.random(in: .min ... .max)).socket" }
}

/// Takes a number of messages on a thread of its own, as a daemon does, beginning after `milliseconds`.
final class MessageReader: Sendable {
    private let messages = Mutex<[String]>([])
    private let isDone = DispatchSemaphore(value: 0)

    init(_ server: DatagramServer, count: Int, after milliseconds: Int = 0) {
        DispatchQueue(label: "reader").asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
            for _ in 0..<count {
                // A burst that makes no alert keeps the worker busy for seconds where tests run side by side.
                guard let message = server.message(within: 60_000) else { break }
                self.messages.withLock { $0.append(message) }
            }
            self.isDone.signal()
        }
    }

    /// All of them, waited for.
    func all() -> [String] {
        isDone.wait()
        return messages.withLock { $0 }
    }
}
