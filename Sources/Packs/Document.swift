import Foundation
import Yams

/// Reads YAML text into a tree of nodes that know their lines.
///
/// Promise: time and memory grow with the text and no faster. Two things of YAML could break it, because the parser
/// hashes every key through all that is in it: ten lines of aliases to aliases stand for a billion nodes, and keys
/// that are lists can be nested. Neither is part of the format; both are refused before the parser sees the text.
enum Document {
    /// The root node; nil with a problem in the list where the text is no YAML document.
    static func root(of text: String, problems: inout ProblemList) -> Node? {
        // Some editors put a byte order mark first; the parser takes it for text.
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        if let (line, mark) = forbiddenMark(in: text) {
            let hint = "write the value out, in quotes if it begins with that character"
            problems.error(at: line, "\(mark) not allowed", hint: hint)
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

    /// The line of the first `*name` or `?` where a value can begin: at a line's start or behind an indicator.
    ///
    /// It misses none. It also refuses `: *name` in the middle of quotes and comments, which nobody has needed yet.
    private static func forbiddenMark(in text: String) -> (line: Int, mark: String)? {
        var line = 1
        var previous: Unicode.Scalar = "\n"
        var isAfterBlank = true
        var isAfterStar = false
        for scalar in text.unicodeScalars {
            if isAfterStar, isNameScalar(scalar) { return (line, "YAML aliases (*name) are") }
            let isAtValue = (scalar == "*" || scalar == "?") && canPrecedeValue(previous, isApart: isAfterBlank)
            if isAtValue, scalar == "?" { return (line, "a YAML key with a question mark (? key) is") }
            isAfterStar = isAtValue
            if scalar == "\n" { line += 1 }
            isAfterBlank = scalar == " " || scalar == "\t"
            if !isAfterBlank { previous = scalar }
        }
        return nil
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }

    private static func canPrecedeValue(_ scalar: Unicode.Scalar, isApart: Bool) -> Bool {
        switch scalar {
        case "-": isApart  // else it is a hyphen
        case ":", ",", "[", "{": true
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true  // the line breaks of YAML 1.1
        case "\u{feff}": true  // a byte order mark in front of a later document
        default: false
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
        case _ where problem.contains("start any token"): "put text that begins with a special mark in double quotes"
        case _ where problem.contains("did not find expected"): "check the indentation, two spaces a level"
        default: nil
        }
    }
}
