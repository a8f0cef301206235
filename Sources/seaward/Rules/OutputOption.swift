import Alerting
import ArgumentParser
import Foundation

/// Where a command writes its one result.
struct OutputOption: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file. (default: standard output)", valueName: "file"),
        completion: .file())
    var output: String?

    /// Writes the file whole or not at all. What is no regular file, such as a device or a pipe, is written to and never
    /// replaced; of a link the file behind it is meant.
    func write(_ text: String) throws {
        guard let output else {
            return try Console.attempt { () throws(SinkError) in
                var writer = LineWriter.standardOutput
                try writer.add(text)
                try writer.flush()
            }
        }
        let place = URL(fileURLWithPath: output).resolvingSymlinksInPath()
        do {
            let kind = try? FileManager.default.attributesOfItem(atPath: place.path)[.type] as? FileAttributeType
            if let kind, kind != .typeRegular {
                let handle = try FileHandle(forWritingTo: place)
                try handle.write(contentsOf: Data(text.utf8))
            } else {
                try Data(text.utf8).write(to: place, options: .atomic)
            }
        } catch {
            throw Console.failure("\(output): the file cannot be written")
        }
    }
}
