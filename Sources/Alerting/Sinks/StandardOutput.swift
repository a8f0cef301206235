/// Alerts as lines on standard output.
package final class StandardOutput: Sink {
    package enum Format {
        case text
        case json(NativeRecord)
    }

    private let format: Format
    private var writer = LineWriter.standardOutput

    package init(_ format: Format) { self.format = format }

    package var takesExcepted: Bool {
        switch format {
        case .text: false
        case .json: true
        }
    }

    package func deliver(_ alert: Alert) throws(SinkError) {
        switch format {
        case .text: try writer.line(textLine(for: alert))
        case .json(let record):
            let line: String
            do {
                line = try record.line(for: alert)
            } catch {
                throw SinkError(description: "an alert could not be written as JSON: \(error)")
            }
            try writer.line(line)
        }
    }

    package func flush() throws(SinkError) { try writer.flush() }
}
