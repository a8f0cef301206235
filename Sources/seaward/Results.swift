import Alerting
import ArgumentParser
import Foundation

/// What a command was asked for goes to standard output, line by line.
enum Results {
    static func print(_ lines: some Sequence<String>) throws {
        try Console.attempt { () throws(SinkError) in
            var writer = LineWriter.standardOutput
            for line in lines { try writer.line(line) }
            try writer.flush()
        }
    }

    /// One JSON object a line, its keys in order.
    static func printJSON(_ records: some Sequence<some Encodable>) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try print(try records.map { String(decoding: try encoder.encode($0), as: UTF8.self) })
    }
}

/// How a list is printed.
enum ListFormat: String, CaseIterable, ExpressibleByArgument { case table, json }
