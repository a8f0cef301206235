import Decoding
/// Rows of a table (RFC 4180), one after the other; a quoted cell may hold line ends.
struct CSVReader {
    struct Row {
        /// Where it begins, from 1.
        let line: Int
        var cells: [String] = []
        var isWhole = true
    }

    private let bytes: [UInt8]
    private let hasComments: Bool
    private var index = 0
    private var line = 1

    /// - Parameter hasComments: lines that begin with `#` are none of the table's.
    init(_ text: String, hasComments: Bool = false) {
        bytes = Array(text.utf8)
        self.hasComments = hasComments
    }

    mutating func next() -> Row? {
        while hasComments, index < bytes.count, bytes[index] == UInt8(ascii: "#") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            skipLineEnd()
        }
        guard index < bytes.count else { return nil }
        var row = Row(line: line)
        while true {
            row.cells.append(cell(&row))
            guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        skipLineEnd()
        return row
    }

    /// One cell; the guard against formulas that an export puts in front is taken off again.
    private mutating func cell(_ row: inout Row) -> String {
        var cell: [UInt8] = []
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            index += 1
            var isOpen = true
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\n") { line += 1 }
                if byte == UInt8(ascii: "\"") {
                    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                        isOpen = false
                        break
                    }
                    index += 1
                }
                cell.append(byte)
            }
            if isOpen { row.isWhole = false }
            while !isAtEndOfCell {
                row.isWhole = false
                index += 1
            }
        } else {
            while !isAtEndOfCell {
                cell.append(bytes[index])
                index += 1
            }
        }
        let text = String(decoding: cell, as: UTF8.self)
        return cell.first == UInt8(ascii: "'") && CSV.isFormula(String(text.dropFirst()))
            ? String(text.dropFirst()) : text
    }

    private var isAtEndOfCell: Bool {
        index >= bytes.count || bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "\n")
            || bytes[index] == UInt8(ascii: "\r")
                && (index + 1 >= bytes.count || bytes[index + 1] == UInt8(ascii: "\n"))
    }

    private mutating func skipLineEnd() {
        if index < bytes.count, bytes[index] == UInt8(ascii: "\r") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\n") {
            index += 1
            line += 1
        }
    }
}
