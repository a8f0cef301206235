import Foundation
import Yams

/// A file of `coverage/` in a folder of packs. It is no pack: what is found there is no vendor's.
package protocol CoverageFile: Sendable {
    /// Where a folder of packs has it.
    static var place: String { get }
    /// Everything that is wrong with it.
    var problems: [PackProblem] { get }
    /// The entries of `text` without those that have errors.
    ///
    /// - Parameter file: where the text came from, for messages.
    init(reading text: String, file: String, limits: PackLimits)
    /// Nothing but a problem.
    init(problem: PackProblem)
}

extension CoverageFile {
    /// The file of `folder`; nil where it has none.
    package static func file(in folder: String) -> String? {
        let file = folder.hasSuffix("/") ? folder + place : folder + "/" + place
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// Whether a path names such a file, by the last part of its name.
    package static func isFile(_ path: String) -> Bool {
        path.split(separator: "/").last == place.split(separator: "/").last
    }

    /// It never fails: `seaward rules check` prints `problems`; what starts the program goes on with `checked()`.
    package static func load(_ file: String, limits: PackLimits = PackLimits()) -> Self {
        do throws(PackFile.Fault) {
            return Self(reading: try PackFile.text(of: file, limits: limits), file: file, limits: limits)
        } catch {
            return Self(problem: error.problem)
        }
    }

    /// The set itself, or all its problems if one of them is an error.
    package func checked() throws(PackSetError) -> Self {
        guard problems.allSatisfy({ $0.severity == .warning }) else { throw PackSetError(problems: problems) }
        return self
    }
}

/// Reads what such files have in common: a `version`, and a list of entries.
enum CoverageReader {
    /// The entries of the list `key` that `read` accepts. One with an error is reported and left out.
    static func entries<Entry>(
        _ key: String, of text: String, file: String, limits: PackLimits, keys: Keys,
        _ read: (Section, inout ProblemList) -> Entry?
    ) -> (entries: [Entry], problems: [PackProblem]) {
        var problems = ProblemList(file: file)
        guard text.utf8.count <= limits.fileSize else {
            problems.error(at: nil, "the file is larger than \(limits.fileSize) bytes")
            return ([], problems.all)
        }
        let headKeys = Keys(required: ["version", key], optional: [])
        guard let root = Document.root(of: text, problems: &problems),
            let head = Section(root, called: "the file", keys: headKeys, problems: &problems)
        else { return ([], problems.all) }
        _ = head.value("version", problems: &problems, ValueSyntax.date)
        var entries: [Entry] = []
        for node in head.entries(key, problems: &problems) ?? .init([]) {
            guard entries.count < limits.endpoints else {
                problems.error(at: node.mark?.line, "too many \(key): more than \(limits.endpoints)")
                break
            }
            let errorsBefore = problems.errorCount
            guard let section = Section(node, called: "the entry", keys: keys, problems: &problems),
                let entry = read(section, &problems), problems.errorCount == errorsBefore
            else { continue }
            entries.append(entry)
        }
        return (entries, problems.all)
    }
}

/// The line of the entry that has each subject: nothing may be claimed twice.
struct Claims<Subject: Hashable & CustomStringConvertible> {
    private var lines: [Subject: Int] = [:]

    mutating func add(_ subject: Subject, at line: Int, _ problems: inout ProblemList) {
        guard let first = lines.updateValue(line, forKey: subject) else { return }
        problems.error(
            at: line, "'\(subject)' is listed twice, first in the entry of line \(first)",
            hint: "leave it with the operator that runs it")
    }
}
