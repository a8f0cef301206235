import Foundation
import Monitoring
import Packs
import Testing

@Suite struct PackSetTests {
    /// Writes files into a new folder and removes it at the end.
    private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        return try body(folder.path)
    }

    private let other = soundPack.replacingOccurrences(of: "example.com", with: "example.net")
        .replacingOccurrences(of: "198.51.100", with: "203.0.113")

    @Test func `a folder means its yaml files by name`() throws {
        let files = ["b.yaml": other, "a.yaml": soundPack, "README.md": "# Packs", ".c.yaml": "broken: ["]
        try withFolder(files) { folder in
            let set = try PackSet.load(paths: [folder]).checked()
            #expect(set.problems == [])
            #expect(set.packs.map(\.vendor.id) == ["a", "b"])
            #expect(set.packs.map(\.file) == ["\(folder)/a.yaml", "\(folder)/b.yaml"])
            #expect(set.endpoints.count == 4)
        }
    }

    @Test func `files are read in the order given`() throws {
        try withFolder(["b.yaml": other, "a.yaml": soundPack]) { folder in
            let set = try PackSet.load(paths: ["\(folder)/b.yaml", "\(folder)/a.yaml"]).checked()
            #expect(set.packs.map(\.vendor.id) == ["b", "a"])
        }
    }

    @Test func `one error in one pack stops the start and every problem is told`() throws {
        let broken = other.replacingOccurrences(of: "category", with: "kategory")
        try withFolder(["a.yaml": soundPack, "b.yaml": broken]) { folder in
            let set = PackSet.load(paths: [folder])
            #expect(set.packs.count == 2)
            let error = #expect(throws: PackSetError.self) { try set.checked() }
            #expect(
                error?.description == """
                    \(folder)/b.yaml:6: the entry has no 'category'
                    \(folder)/b.yaml:9: unknown key 'kategory'; did you mean 'category'?
                    \(folder)/b.yaml:17: the entry has no 'category'
                    \(folder)/b.yaml:18: unknown key 'kategory'; did you mean 'category'?
                    """)
        }
    }

    @Test func `the same endpoint in two packs is a warning that does not stop the start`() throws {
        let second = other.replacingOccurrences(of: "update.example.net", with: "update.example.com")
        try withFolder(["a.yaml": soundPack, "b.yaml": second]) { folder in
            let set = try PackSet.load(paths: [folder]).checked()
            #expect(
                set.problems.map(\.description) == [
                    """
                    \(folder)/b.yaml:6: warning: 'update.example.com' is in \(folder)/a.yaml as well; \
                    keep it with the vendor that runs it
                    """
                ])
        }
    }

    @Test func `no pack at all is an error`() throws {
        try withFolder(["README.md": "# Packs"]) { folder in
            #expect(PackSet.load(paths: [folder]).problems.map(\.description) == ["no pack found in \(folder)"])
        }
        #expect(PackSet.load(paths: []).problems.map(\.description) == ["no pack found; no path was given"])
        #expect(throws: PackSetError.self) { try PackSet.load(paths: []).checked() }
    }

    @Test func `a path that is not there is an error`() {
        let problems = PackSet.load(paths: ["no/such/pack.yaml"]).problems
        #expect(problems.map(\.description) == ["no/such/pack.yaml: no such file or folder"])
    }

    @Test func `two packs of one vendor are an error`() throws {
        try withFolder(["a.yaml": soundPack]) { folder in
            let set = PackSet.load(paths: [folder, "\(folder)/a.yaml"])
            #expect(set.packs.count == 1)
            #expect(
                set.problems.map(\.description) == [
                    "\(folder)/a.yaml: a second pack of the vendor 'a', which has \(folder)/a.yaml; give it another name"
                ])
        }
    }

    @Test func `text that is not UTF-8 is named with its line`() throws {
        try withFolder([:]) { folder in
            let file = "\(folder)/a.yaml"
            try Data(Array("vendor: A\nnote: caf".utf8) + [0xe9, 0x0a]).write(to: URL(fileURLWithPath: file))
            #expect(
                PackSet.load(paths: [file]).problems.map(\.description) == [
                    "\(file):2: not UTF-8 text; save the file as UTF-8"
                ])
        }
    }

    @Test func `an empty file and a file of the other ending are told of`() throws {
        try withFolder(["a.yaml": "", "b.yml": soundPack]) { folder in
            #expect(
                PackSet.load(paths: [folder]).problems.map(\.description) == [
                    "\(folder)/a.yaml: the file is empty",
                    "\(folder)/b.yml: warning: not loaded; a pack's name ends in .yaml",
                ])
        }
    }

    @Test func `the limit on endpoints holds for all packs together`() throws {
        try withFolder(["a.yaml": soundPack, "b.yaml": other]) { folder in
            let set = PackSet.load(paths: [folder], limits: PackLimits(endpoints: 3))
            #expect(set.endpoints.count == 3)
            #expect(set.problems.count == 1)
            #expect(set.problems.first?.line == 17)
        }
    }
}
