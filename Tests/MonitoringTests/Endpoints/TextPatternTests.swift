import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct TextPatternTests {
    private static func matches(_ pattern: String, _ text: String) throws -> Bool {
        let bytes = Array(text.utf8)
        return try #require(TextPattern(pattern)).matches(bytes.span, in: 0..<bytes.count)
    }

    @Test(arguments: [
        ("Fortinet", "Fortinet", true), ("Fortinet", "Fortinet Ltd.", false), ("Fortinet", "fortinet", false),
        ("Forti*", "Forti", true), ("Forti*", "FortiGate", true), ("Forti*", "aFortiGate", false),
        ("*Gate", "Gate", true), ("*Gate", "FortiGate", true), ("*Gate", "FortiGates", false),
        ("*tiGa*", "FortiGate", true), ("*tiGa*", "FortGate", false),
        ("FG??????*", "FG100ETK1800118", true), ("FG??????*", "FG12345", false), ("FG??????*", "FG123456", true),
        ("a*b*c", "aXbYbc", true), ("a*b*c", "acb", false), ("a**c", "ac", true), ("???", "abc", true),
        ("???", "ab", false), ("a\\*c", "a*c", true), ("a\\*c", "abc", false), ("a\\\\c", "a\\c", true),
        ("x*", "", false), ("*a", "a\u{0}a", true),
    ])
    func `a pattern holds for what it describes`(_ example: (pattern: String, text: String, holds: Bool)) throws {
        #expect(try Self.matches(example.pattern, example.text) == example.holds, "\(example)")
    }

    @Test(arguments: ["", "*", "***", "abc\\", String(repeating: "a", count: 257)])
    func `a pattern without an end, without a limit or without a meaning is none`(_ text: String) {
        #expect(TextPattern(text) == nil)
    }

    @Test func `only the range is looked at, and no text over the limit`() throws {
        let bytes = Array("xFortinety".utf8)
        #expect(try #require(TextPattern("Fortinet")).matches(bytes.span, in: 1..<9))
        #expect(try #require(TextPattern("Fortinet")).matches(bytes.span, in: 1..<11) == false)
        #expect(try Self.matches("a*", String(repeating: "a", count: TextPattern.textLimit)))
        #expect(try Self.matches("a*", String(repeating: "a", count: TextPattern.textLimit + 1)) == false)
    }

    /// Seed 11. The naive matcher tries every split; texts are short enough for it.
    @Test func `random patterns hold as a naive matcher says`() throws {
        func naive(_ pattern: Substring, _ text: Substring) -> Bool {
            guard let first = pattern.first else { return text.isEmpty }
            if first == "*" {
                return naive(pattern.dropFirst(), text) || !text.isEmpty && naive(pattern, text.dropFirst())
            }
            return !text.isEmpty && (first == "?" || first == text.first)
                && naive(pattern.dropFirst(), text.dropFirst())
        }
        var random = SeededRandom(seed: 11)
        var holding = 0
        for _ in 0..<20_000 {
            let pattern = String(
                (0..<Int.random(in: 1...6, using: &random)).map { _ in "ab*?".randomElement(using: &random)! })
            let text = String(
                (0..<Int.random(in: 0...8, using: &random)).map { _ in "ab".randomElement(using: &random)! })
            guard TextPattern(pattern) != nil else { continue }
            let expected = naive(pattern[...], text[...])
            holding += expected ? 1 : 0
            #expect(try Self.matches(pattern, text) == expected, "\(pattern) for \(text)")
        }
        #expect(holding > 1_000)
    }
}
