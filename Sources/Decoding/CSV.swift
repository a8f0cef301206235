/// Rows of tables as RFC 4180 has them.
package enum CSV {
    /// One row with its carriage return, without the line feed.
    package static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r" }

    /// One cell. Spreadsheets take what begins with one of `=+-@`, a tab or a carriage return for a formula, and run it:
    /// an apostrophe in front makes it text.
    private static func cell(_ text: String) -> String {
        let guarded = isFormula(text) ? "'" + text : text
        let needsQuotes = guarded.utf8.contains { ",\"\r\n".utf8.contains($0) } || guarded.hasPrefix(" ")
        return needsQuotes ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
    }

    /// Whether a spreadsheet would run it.
    package static func isFormula(_ text: String) -> Bool {
        text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    }
}
