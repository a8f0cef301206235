import Alerting

/// Rows in aligned columns; the last column is not padded.
struct TextTable {
    private var rows: [[String]]

    init(_ head: [String]) { rows = [head] }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// Prints the table on standard output.
    ///
    /// - Parameter behindLine: with an empty line in front.
    func print(behindLine: Bool = false) throws {
        var widths: [Int] = []
        for row in rows {
            for (column, text) in row.enumerated() {
                if column < widths.count {
                    widths[column] = max(widths[column], text.count)
                } else {
                    widths.append(text.count)
                }
            }
        }
        try Console.attempt { () throws(SinkError) in
            var writer = LineWriter.standardOutput
            if behindLine { try writer.line("") }
            for row in rows {
                var line = ""
                for (column, text) in row.enumerated() {
                    line += text
                    if column < row.count - 1 {
                        line += String(repeating: " ", count: widths[column] - text.count + 2)
                    }
                }
                while line.last == " " { line.removeLast() }
                try writer.line(line)
            }
            try writer.flush()
        }
    }
}
