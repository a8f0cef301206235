import Glibc

/// Lines to a file descriptor, in few system calls.
package struct LineWriter: Sendable {
    /// What is kept back before it is written: a page or more for each system call.
    private static let bufferSize = 1 << 16

    private let descriptor: Int32
    private let name: String
    private var buffer: [UInt8] = []

    private init(_ descriptor: Int32, _ name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    package static var standardOutput: LineWriter { LineWriter(STDOUT_FILENO, "standard output") }
    package static var standardError: LineWriter { LineWriter(STDERR_FILENO, "standard error") }

    package mutating func line(_ text: String) throws(SinkError) {
        try add(text + "\n")
    }

    /// Text without a line end.
    package mutating func add(_ text: String) throws(SinkError) {
        buffer += text.utf8
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Writes what was kept back. A reader that has gone away ends the program by SIGPIPE, as it ends any filter.
    package mutating func flush() throws(SinkError) {
        defer { buffer.removeAll(keepingCapacity: true) }
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[written...])
                return unsafe write(descriptor, rest.baseAddress, rest.count)
            }
            guard count > 0 || errno == EINTR else {
                let reason = unsafe String(cString: strerror(errno))
                let lost = buffer[written...].count { $0 == UInt8(ascii: "\n") }
                throw SinkError(description: "\(name): \(reason)", lost: UInt64(lost))
            }
            written += max(count, 0)
        }
    }
}
