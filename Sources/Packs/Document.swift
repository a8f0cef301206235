import Foundation
import Yams

/// Reads YAML text into a tree of nodes that know their lines.
///
/// Promise: time and memory grow with the text and no faster. Anchors could break it: ten lines of aliases to
/// aliases stand for a billion nodes. The parser shares them, but it hashes keys through them, so aliases are
/// refused before it sees the text.
enum Document {
    /// The root node; nil with a problem in the list where the text is no YAML document.
    static func root(of text: String, problems: inout ProblemList) -> Node? {
        if let line = lineOfAlias(in: text) {
            problems.error(at: line, "YAML aliases (*name) are not allowed", hint: "write the value out, in quotes if need be")
            return nil
        }
        do {
            // `.basic` takes every scalar for text: types are checked here, key by key, and no pattern is run.
            guard let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
                problems.error(at: nil, "the file is empty")
                return nil
            }
            return root
        } catch let error as YamlError {
            report(error, in: text, to: &problems)
        } catch {
            problems.error(at: nil, "\(error)")
        }
        return nil
    }

    /// The line of the first `*name` where a value can begin: at a line's start or behind an indicator.
    ///
    /// It also finds such text inside quotes and comments, which is no alias; it misses none.
    private static func lineOfAlias(in text: String) -> Int? {
        var line = 1
        var previous = UInt8(ascii: "\n")
        var isAfterStar = false
        for byte in text.utf8 {
            if isAfterStar, isNameByte(byte) { return line }
            isAfterStar = byte == UInt8(ascii: "*") && canPrecedeValue(previous)
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { previous = byte }
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func canPrecedeValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ","),
            UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "?"):
            true
        default:
            byte >= 0x80  // the end of a line break outside ASCII, or of a byte order mark
        }
    }

    private static func report(_ error: YamlError, in text: String, to problems: inout ProblemList) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let circumstance = context.map { " \($0.text)" } ?? ""
            problems.error(at: mark.line, "not valid YAML: \(problem)\(circumstance)", hint: syntaxHint(problem))
        case .composer(_, let problem, let mark, _):
            problems.error(at: mark.line, "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { quoted($0) }.joined(separator: ", ")
            problems.error(at: context.mark.line, "key \(names) twice", hint: "keep one; a new entry begins with '- '")
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
            problems.error(at: line, "not valid YAML: \(problem)")
        default:
            problems.error(at: nil, "not valid YAML")
        }
    }

    private static func syntaxHint(_ problem: String) -> String? {
        switch problem {
        case _ where problem.contains("mapping values are not allowed"): "put text that holds ': ' in double quotes"
        case _ where problem.contains("start any token"): "put text that begins with a special character in double quotes"
        case _ where problem.contains("did not find expected"): "check the indentation, two spaces a level"
        default: nil
        }
    }
}
