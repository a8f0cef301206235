import Decoding
import Monitoring
import TestSupport
import Testing

/// The same as `StreamPrefix`, one byte at a time.
private struct NaivePrefix {
    private var bytes: [Int: UInt8] = [:]

    mutating func insert(_ new: [UInt8], at offset: Int) -> Bool {
        var conflict = false
        for (index, byte) in new.enumerated() {
            if let known = bytes[offset + index] {
                conflict = conflict || known != byte
            } else {
                bytes[offset + index] = byte
            }
        }
        return conflict
    }

    mutating func rebase(to offset: Int) {
        bytes = bytes.reduce(into: [:]) { if $1.key >= offset { $0[$1.key - offset] = $1.value } }
    }

    var contiguous: [UInt8] {
        var result: [UInt8] = []
        while let byte = bytes[result.count] { result.append(byte) }
        return result
    }
}

@Suite struct StreamPrefixTests {
    static func insert(_ text: String, at offset: Int, into prefix: inout StreamPrefix) -> Bool {
        let bytes = Array(text.utf8)
        return prefix.insert(bytes.span, at: offset)
    }

    static func text(_ prefix: StreamPrefix) -> String { String(decoding: prefix.contiguous, as: UTF8.self) }

    @Test func `pieces in order are appended`() {
        var prefix = StreamPrefix()
        #expect(!Self.insert("abc", at: 0, into: &prefix) && !Self.insert("def", at: 3, into: &prefix))
        #expect(Self.text(prefix) == "abcdef" && prefix.byteCount == 6)
    }

    @Test func `a gap holds back what follows until it is filled`() {
        var prefix = StreamPrefix()
        _ = Self.insert("ef", at: 4, into: &prefix)
        _ = Self.insert("c", at: 2, into: &prefix)
        #expect(Self.text(prefix) == "")
        _ = Self.insert("ab", at: 0, into: &prefix)
        #expect(Self.text(prefix) == "abc")
        _ = Self.insert("d", at: 3, into: &prefix)
        #expect(Self.text(prefix) == "abcdef")
    }

    @Test func `the same piece twice counts once`() {
        var prefix = StreamPrefix()
        for _ in 0..<3 { #expect(!Self.insert("cd", at: 2, into: &prefix)) }
        for _ in 0..<3 { #expect(!Self.insert("abcd", at: 0, into: &prefix)) }
        #expect(Self.text(prefix) == "abcd")
    }

    @Test func `of two different copies the first one stays and the conflict is told`() {
        var prefix = StreamPrefix()
        _ = Self.insert("ab", at: 0, into: &prefix)
        #expect(Self.insert("xb", at: 0, into: &prefix))
        _ = Self.insert("ef", at: 4, into: &prefix)
        #expect(Self.insert("cdEf", at: 2, into: &prefix))
        #expect(Self.text(prefix) == "abcdef")
    }

    @Test func `a piece over several gaps fills each of them`() {
        var prefix = StreamPrefix()
        for (text, offset) in [("b", 1), ("d", 3), ("f", 5)] { _ = Self.insert(text, at: offset, into: &prefix) }
        #expect(!Self.insert("abcdefgh", at: 0, into: &prefix))
        #expect(Self.text(prefix) == "abcdefgh")
    }

    @Test func `nothing at any offset changes nothing`() {
        var prefix = StreamPrefix()
        #expect(!Self.insert("", at: 0, into: &prefix) && !Self.insert("", at: 70_000, into: &prefix))
        #expect(prefix.byteCount == 0 && Self.text(prefix) == "")
    }

    @Test func `an offset far away costs what arrived and no more`() {
        var prefix = StreamPrefix()
        _ = Self.insert("z", at: 60_000, into: &prefix)
        #expect(prefix.byteCount < 64)
    }

    @Test func `pieces are bounded and more of them are dropped`() {
        var prefix = StreamPrefix()
        for index in 0..<StreamPrefix.pieceLimit + 100 { _ = Self.insert("x", at: 2 + 2 * index, into: &prefix) }
        #expect(prefix.isFull && prefix.byteCount < StreamPrefix.pieceLimit * 32)
    }

    @Test func `a new beginning forgets what lay before it`() {
        var prefix = StreamPrefix()
        _ = Self.insert("cdef", at: 102, into: &prefix)
        _ = Self.insert("hi", at: 107, into: &prefix)
        prefix.rebase(to: 104)
        #expect(Self.text(prefix) == "ef")
        _ = Self.insert("g", at: 2, into: &prefix)
        #expect(Self.text(prefix) == "efghi")
    }

    /// Seed 3: cuts, orders, duplicates, overlaps and lies, against one byte at a time.
    @Test func `random segments give what a naive model gives`() {
        var random = SeededRandom(seed: 3)
        for round in 0..<3_000 {
            let stream = random.bytes(Int.random(in: 1...60, using: &random))
            var prefix = StreamPrefix()
            var naive = NaivePrefix()
            let shift = round % 3 == 0 ? 200 : 0
            let rebasedAfter = Int.random(in: 0...10, using: &random)
            for step in 0..<25 {
                let start = Int.random(in: 0..<stream.count, using: &random)
                var part = Array(stream[start..<Int.random(in: start...stream.count, using: &random)])
                if Int.random(in: 0..<10, using: &random) == 0, !part.isEmpty { part[part.count / 2] ^= 1 }
                let offset = start + (step < rebasedAfter ? shift : 0)
                let conflict = prefix.insert(part.span, at: offset)
                #expect(conflict == naive.insert(part, at: offset), "round \(round), step \(step)")
                if shift > 0, step == rebasedAfter - 1 {
                    prefix.rebase(to: shift)
                    naive.rebase(to: shift)
                }
                #expect(prefix.contiguous == naive.contiguous, "round \(round), step \(step)")
                if shift > 0, rebasedAfter == 0 { break }
            }
        }
    }
}
