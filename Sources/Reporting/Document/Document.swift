import Monitoring

/// A report in one language as headings, paragraphs, tables and pictures: what HTML and Markdown both write.
struct Document {
    let language: Language
    let title: String
    let subtitle: String
    /// Facts under the title: period, selection.
    let facts: [Inline]
    let sections: [Section]

    struct Section {
        /// Of links within the document; ours, never from a ledger.
        let anchor: String
        let title: String
        let blocks: [Block]
    }

    enum Block {
        case paragraph(Inline)
        /// Smaller: how to read what stands before.
        case note(Inline)
        case list([Inline])
        case banner(Banner)
        case figures([Figure])
        case table(Table)
        case picture(Picture)
        case entry(Entry)
    }

    /// The answer.
    struct Banner {
        let outcome: Report.Outcome
        let title: String
        let lines: [Inline]
    }

    /// One number that a manager reads.
    struct Figure {
        let value: String
        let label: String
        /// Bad news; told by the label, shown by colour.
        var isBad = false
    }

    /// One finding with its evidence.
    struct Entry {
        let anchor: String
        let severity: Severity
        let title: String
        let facts: [(term: String, text: Inline)]
        let tables: [Table]
        /// Whether it is unfolded on a screen; on paper all are.
        let isOpen: Bool
    }
}

/// Pieces of a line. What comes from a ledger is in one of these, and every renderer escapes it.
typealias Inline = [Run]

enum Run {
    case text(String)
    case strong(String)
    /// A name, value or identifier as it is: no word of a language.
    case code(String)
    /// Colour, and the word for it.
    case severity(Severity, String)
    /// Good or bad, and the word for it.
    case mark(isGood: Bool, String)
    case link(String, WebAddress)
    /// To an anchor of the same document.
    case jump(String, to: String)
    case lineBreak
}

extension Run: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = .text(text) }
}

/// An address that may become a link: nothing but http and https, in printable ASCII.
struct WebAddress {
    let text: String

    init?(_ text: String) {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !#""<>\^`{|}"#.utf8.contains($0) }
        guard isPlain, text.utf8.count > 8 else { return nil }
        self.text = text
    }
}

struct Table {
    struct Column {
        let title: String
        var isNumber = false
        init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    let caption: String
    let columns: [Column]
    /// The first cell of a row is its head.
    var rows: [[Inline]] = []
    /// What is left out, and where it is.
    var rest: String?
}
