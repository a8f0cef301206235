import Foundation

/// A folder that goes with its last user.
final class Scratch: Sendable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("seaward-test-" + UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String, _ data: Data) throws -> String {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file.path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }
}

extension Case {
    /// A case by the name of its folder.
    static func named(_ name: String) -> Case {
        Case(folder: Program.repository.appendingPathComponent("Tests/Captures/" + name))
    }

    /// The capture that a newcomer reads: 16 alerts.
    static let morning = named("gateway-morning")

    var bytes: Data {
        get throws { try Data(contentsOf: URL(fileURLWithPath: capture)) }
    }
}

extension Program.Result {
    var lines: [String] {
        String(decoding: output, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" }.map { String($0) }
    }

    var errorLines: [String] { errors.split { $0 == "\n" || $0 == "\r\n" }.map { String($0) } }
}
