import Glibc

/// Alerts as lines on standard output.
package final class StandardOutput: Sink {
    package enum Format {
        case text
        case json(NativeRecord)
    }

    private let format: Format
    private var buffer: [UInt8] = []

    /// A page or more for each system call.
    private static let bufferSize = 1 << 16

    package init(_ format: Format) { self.format = format }

    package func deliver(_ alert: Alert) throws(SinkError) {
        switch format {
        case .text: buffer += textLine(for: alert).utf8
        case .json(let record):
            do {
                buffer += try record.line(for: alert).utf8
            } catch {
                throw SinkError(description: "an alert could not be written as JSON: \(error)")
            }
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    package func flush() throws(SinkError) {
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress! + written, $0.count - written) }
            guard count >= 0 || errno == EINTR else {
                buffer.removeAll()
                throw SinkError(description: "standard output: \(unsafe String(cString: strerror(errno)))")
            }
            written += max(count, 0)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
