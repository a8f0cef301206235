import Alerting
import ArgumentParser
import Foundation

/// Where a command writes its one result.
struct OutputOption: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file. (default: standard output)", valueName: "file"),
        completion: .file())
    var output: String?

    /// Writes the file whole or not at all.
    func write(_ text: String) throws {
        guard let output else {
            return try Console.attempt { () throws(SinkError) in
                var writer = LineWriter.standardOutput
                try writer.add(text)
                try writer.flush()
            }
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw Console.failure("\(output): the file cannot be written")
        }
    }
}
