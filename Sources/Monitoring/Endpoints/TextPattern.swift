package import Decoding

/// A text with gaps: `*` stands for any run of bytes, also for none, and `?` for one byte. A backslash takes the
/// meaning from the mark behind it.
///
/// `Fortinet` is that text and no other, `Forti*` begins so, `*Gate` ends so, `*tiGa*` holds it. Case counts.
package struct TextPattern: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of a pattern as written. RFC 5280, appendix A.1, allows 64 characters for each of the names in question.
    package static let lengthLimit = 256
    /// Bytes of a text that is looked at; a longer one never matches. Four times what RFC 5280 allows for a name, and
    /// longer than any User-Agent that the packs know.
    package static let textLimit = 512

    private enum Mark: Hashable {
        case byte(UInt8)
        case one, any
    }

    private let marks: [Mark]
    /// As it was written.
    package let description: String

    /// - Returns: nil for an empty pattern, for one that is too long, for one that ends in a lone backslash, and for
    ///   one that holds for every text.
    package init?(_ text: String) {
        var marks: [Mark] = []
        var isQuoted = false
        for byte in text.utf8 {
            switch byte {
            case _ where isQuoted:
                marks.append(.byte(byte))
                isQuoted = false
            case UInt8(ascii: "\\"): isQuoted = true
            case UInt8(ascii: "?"): marks.append(.one)
            case UInt8(ascii: "*"): if marks.last != .any { marks.append(.any) }
            default: marks.append(.byte(byte))
            }
        }
        guard !isQuoted, text.utf8.count <= Self.lengthLimit,
            marks.contains(where: { $0 != .any })
        else { return nil }
        self.marks = marks
        description = text
    }

    /// Whether the text in this range is what the pattern describes. Takes at most the product of both lengths in
    /// steps, and allocates nothing.
    package func matches(_ bytes: Bytes, in range: Range<Int>) -> Bool {
        guard range.count <= Self.textLimit, range.upperBound <= bytes.count else { return false }
        var place = range.lowerBound
        var mark = 0
        // Where to go on when the latest `*` has to take one byte more.
        var retry: (place: Int, mark: Int)?
        while place < range.upperBound {
            if mark < marks.count {
                switch marks[mark] {
                case .any:
                    mark += 1
                    retry = (place, mark)
                    continue
                case .one:
                    (place, mark) = (place + 1, mark + 1)
                    continue
                case .byte(let byte) where byte == bytes[place]:
                    (place, mark) = (place + 1, mark + 1)
                    continue
                case .byte: break
                }
            }
            guard let last = retry else { return false }
            retry = (last.place + 1, last.mark)
            (place, mark) = (last.place + 1, last.mark)
        }
        return mark == marks.count || mark == marks.count - 1 && marks[mark] == .any
    }
}
