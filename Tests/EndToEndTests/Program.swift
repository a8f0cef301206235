import Foundation

/// The program itself, run as people run it.
enum Program {
    struct Result {
        let status: Int32
        let output: Data
        let errors: String

        /// Standard output as JSON objects, one a line.
        var records: [[String: Any]] {
            get throws {
                try output.split(separator: UInt8(ascii: "\n")).map { line in
                    guard let record = try JSONSerialization.jsonObject(with: line) as? [String: Any] else {
                        throw CocoaError(.coderReadCorrupt)
                    }
                    return record
                }
            }
        }
    }

    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Built beside the tests; `SEAWARD` names another one.
    static var executable: URL {
        if let path = ProcessInfo.processInfo.environment["SEAWARD"] { return URL(fileURLWithPath: path) }
        return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("seaward")
    }

    static func run(_ arguments: [String], input: URL? = nil) throws -> Result {
        try launch(executable, arguments, input: input)
    }

    /// A line for bash, for what takes pipes and devices.
    static func shell(_ line: String) throws -> Result {
        try launch(URL(fileURLWithPath: "/bin/bash"), ["-c", line], input: nil)
    }

    private static func launch(_ executable: URL, _ arguments: [String], input: URL?) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("output")
        let errors = folder.appendingPathComponent("errors")
        try Data().write(to: output)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = repository
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -1,
            output: try Data(contentsOf: output), errors: try String(contentsOf: errors, encoding: .utf8))
    }
}
