import Decoding
import Monitoring

/// One line of a pack's `tests`: a name or an address that the pack must know, or must not.
package struct PackTest: Sendable {
    /// As written: a host name in any case, with or without a trailing dot, or an address.
    package let text: String
    package let mustMatch: Bool
    package let line: Int

    private static let keys = Keys(required: [], optional: ["match", "no_match"])

    /// The tests of a pack; none where it has no such key.
    static func read(from head: Section, problems: inout ProblemList) -> [PackTest] {
        guard let section = head.section("tests", called: "'tests'", keys: keys, problems: &problems) else { return [] }
        return keys.optional.flatMap { key in
            let texts = section.linedValues(key, example: "[update.example.com]", problems: &problems)
            return (texts ?? []).map { PackTest(text: $0.text, mustMatch: key == "match", line: $0.line) }
        }
    }

    /// What is wrong with the pack, for each test that it fails.
    static func failures(of pack: Pack) -> [PackProblem] {
        guard !pack.tests.isEmpty else { return [] }
        let index = PackIndex([pack])
        return pack.tests.compactMap { test in
            let found = index.endpoint(for: test.text)
            guard (found != nil) != test.mustMatch else { return nil }
            let message =
                found.map { "\(quoted(test.text)) must not match, and '\($0.subject)' does" }
                ?? "\(quoted(test.text)) must match, and no entry does"
            return PackProblem(
                severity: .error, file: pack.file, line: test.line, message: message,
                hint: "change the entry or the test; 'seaward rules explain' tells more")
        }
    }
}
