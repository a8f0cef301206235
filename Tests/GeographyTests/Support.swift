import Decoding
import Foundation
import Geography
import Testing

/// The small databases that come with the tests; their README.md says how they were made.
let databases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Databases").path

func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

/// A folder that goes with its last user.
final class ScratchFolder: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "seaward-test-" + UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String, _ data: Data) throws -> String {
        let file = folder.appendingPathComponent(name)
        try data.write(to: file)
        return file.path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }
}
