import Foundation
import Monitoring
import Packs
import Testing

@Suite struct HostileTextTests {
    @Test(arguments: [
        ("a: \"b", 1, "found unexpected end of stream"),
        ("a: b\n c: d: e\n", 2, "mapping values are not allowed in this context"),
        ("a: [1, 2\nb: 3\n", 2, "did not find expected ',' or ']'"),
        ("a: 1\nb: @c\n", 2, "found character that cannot start any token"),
    ])
    func `broken YAML is named with its line`(_ wrong: (text: String, line: Int, problem: String)) {
        let (pack, problems) = read(text: wrong.text)
        #expect(pack == nil && problems.count == 1)
        #expect(problems.first?.hasPrefix("Rules/example.yaml:\(wrong.line): not valid YAML: ") == true, "\(problems)")
        #expect(problems.first?.contains(wrong.problem) == true, "\(problems)")
    }

    @Test func `a control character is named with its line`() {
        let (_, problems) = read(text: "vendor: A\nheadquarters: US\r\nversion: \u{1}\n")
        #expect(problems == ["Rules/example.yaml:3: not valid YAML: control characters are not allowed"])
    }

    @Test func `a key twice in one entry is named with its line`() {
        let (_, problems) = read(replacing: "note: anycast", by: "domain: a.b")
        #expect(problems == ["Rules/example.yaml:6: key 'domain' twice; keep one; a new entry begins with '- '"])
    }

    @Test(arguments: [
        "", "# nothing\n", "---\n", "just words", "- a\n- b\n", "{}", "? [a]\n: b\n", "---\na: b\n---\nc: d\n",
    ])
    func `a document that is no pack has a problem and no pack`(_ text: String) {
        let (pack, problems) = read(text: text)
        #expect(pack == nil && !problems.isEmpty)
    }

    /// Ten lines that stand for ten billion words, once as values and once as keys, which the parser would hash.
    @Test(arguments: [
        "z: *j\n", "*j : z\n", "\"k\":  *j\n", "{*j: z}", "[\n*j]", "-\t*j", "--- *j", "a: b\u{2028}*j : z",
    ])
    func `a bomb of aliases is refused at once`(_ last: String) {
        var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        for (name, previous) in zip("bcdefghij", "abcdefghi") {
            text += "\(name): &\(name) [\(Array(repeating: "*\(previous)", count: 10).joined(separator: ", "))]\n"
        }
        let start = ContinuousClock.now
        let (pack, problems) = read(text: text + last)
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(pack == nil)
        #expect(
            problems == [
                "Rules/example.yaml:2: YAML aliases (*name) are not allowed; write the value out, in quotes if it begins with that character"
            ])
        let alone = read(text: "&j k: l\n" + last)
        #expect(alone.pack == nil && alone.problems.count == 1 && alone.problems[0].contains("aliases"))
    }

    /// The parser hashes a key with all that is in it, at each level again.
    @Test(arguments: ["? [a, b]\n: c\n", "a:\n  ? b\n", "{? a : b}", "[?a]", "- ? - ? - a\n"])
    func `a key with a question mark is refused`(_ text: String) {
        let (pack, problems) = read(text: text)
        #expect(pack == nil)
        #expect(problems.count == 1 && problems[0].contains("a YAML key with a question mark (? key) is not allowed"))
    }

    @Test func `a question in text is no key`() {
        #expect(
            read(replacing: "note: anycast", by: "note: 为什么? which port? see www.example.com/?a, \"?\"").problems == [])
        #expect(read(replacing: "/ports", by: "/?q=a&b=c*d").problems == [])
    }

    @Test func `a byte order mark does no harm and hides no alias`() {
        #expect(read(text: "\u{feff}" + soundPack).problems == [])
        #expect(read(text: "\u{feff}*j : k\n").problems.count == 1)
    }

    @Test func `a star inside text is no alias`() {
        #expect(read(replacing: "note: anycast", by: "note: rated 5* by *many, C*D & E &f").problems == [])
        #expect(read(replacing: "note: anycast", by: "note: \"*.example.com too\"").problems == [])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func `deep nesting ends in a problem`(_ level: String) {
        let (pack, problems) = read(text: String(repeating: level, count: 50_000))
        #expect(pack == nil && problems.count == 1)
    }

    @Test func `a file beyond the size limit is refused unread`() {
        let (pack, problems) = read(text: soundPack, limits: PackLimits(fileSize: 100))
        #expect(pack == nil)
        #expect(problems == ["Rules/example.yaml: the file is larger than 100 bytes; is it a pack?"])
        #expect(PackLimits().fileSize == 33_554_432 && PackLimits().endpoints == 2_000_000)
    }

    @Test func `endpoints beyond the limit are refused`() {
        let (pack, problems) = read(text: soundPack, limits: PackLimits(endpoints: 1))
        #expect(pack?.endpoints.count == 1)
        #expect(problems == ["Rules/example.yaml:17: too many endpoints: all packs together have reached their limit"])
    }

    @Test func `of a thousand faults and more the first thousand are listed`() {
        let (_, problems) = read(text: soundPack + String(repeating: "  - none\n", count: 1_500))
        #expect(problems.count == 1_001)
        #expect(problems.last == "Rules/example.yaml: 500 more problems")
    }

    @Test func `messages do not repeat what could steer a terminal`() {
        let (_, problems) = read(
            replacing: "category: update", by: "category: \"\\e[2J\\u202e\(String(repeating: "x", count: 99))\"")
        #expect(problems.count == 1)
        #expect(problems[0].unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
        #expect(problems[0].utf8.count < 300)
    }

    /// Any damage to a real file ends in a pack, in problems, or in both; every endpoint that loads has a source.
    @Test func `random damage to a real pack never crashes the reader`() throws {
        let seed: UInt64 = 0x5ea_0a2d
        var random = SplitMix(state: seed)
        let file = "\(shippedRules)/claroty.yaml"
        let original = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        let marks = Array("-:,[]{}#&*!|>'\"%@`?\n\t \0\u{7f}é".utf8)
        for round in 0..<2_000 {
            var bytes = original
            for _ in 0...random.next() % 4 {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes[place] = marks[Int(random.next() % UInt64(marks.count))]
                case 2: bytes.remove(at: place)
                default:
                    bytes.insert(contentsOf: bytes[place...].prefix(40), at: Int(random.next() % UInt64(bytes.count)))
                }
            }
            let (pack, problems) = PackReader.read(String(decoding: bytes, as: UTF8.self), file: file)
            #expect(pack != nil || !problems.isEmpty, "seed \(seed), round \(round)")
            #expect(pack?.endpoints.allSatisfy { !$0.sources.isEmpty } != false, "seed \(seed), round \(round)")
        }
    }
}

/// A small generator with a seed, so that a failure can be had again.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return bits ^ bits >> 31
    }
}
