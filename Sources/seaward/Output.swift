import Glibc

/// Standard output, line by line, in few system calls.
struct Output {
    private var buffer: [UInt8] = []

    mutating func line(_ text: String) {
        buffer += text.utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 16 { flush() }
    }

    /// A reader that has gone away ends the program by SIGPIPE, as it ends any filter.
    mutating func flush() {
        var written = 0
        while written < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress! + written, $0.count - written) }
            guard count > 0 || errno == EINTR else {
                Console.say("seaward: standard output: \(unsafe String(cString: strerror(errno)))")
                exit(1)
            }
            written += max(count, 0)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Rows in aligned columns; the last column is not padded.
struct TextTable {
    private var rows: [[String]]

    init(_ head: [String]) { rows = [head] }

    mutating func add(_ row: [String]) { rows.append(row) }

    func print() {
        var widths: [Int] = []
        for row in rows {
            for (column, text) in row.enumerated() {
                if column < widths.count { widths[column] = max(widths[column], text.count) } else { widths.append(text.count) }
            }
        }
        var output = Output()
        for row in rows {
            var line = ""
            for (column, text) in row.enumerated() {
                line += text
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - text.count + 2) }
            }
            while line.last == " " { line.removeLast() }
            output.line(line)
        }
        output.flush()
    }
}
