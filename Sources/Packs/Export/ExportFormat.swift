import Decoding
import Monitoring

/// A format that packs are written in: one file each.
protocol ExportFormat: Sendable {
    /// What reads it, as the end of a sentence.
    var title: String { get }
    /// How to put the file to use, a line each.
    var usage: [String] { get }
    /// What a comment line begins with; nil where the format has none.
    var comment: String? { get }
    /// Each entry stands for itself. Otherwise a name below a suffix of the list is not repeated: it adds nothing, and
    /// to several formats it does harm.
    var keepsCovered: Bool { get }
    /// How much of what an entry means the format can say.
    func reach(of subject: ExportEntry.Subject) -> Reach
    /// Writes the entries that it can say, behind the head.
    func write(_ list: ExportList, to text: inout ExportText)
}

extension ExportFormat {
    var usage: [String] { [] }
    var keepsCovered: Bool { false }
}

/// How much of an entry a format can say. The texts go into the head of the file and to the person who exports.
enum Reach: Hashable {
    case whole
    /// It matches less than the pack says.
    case narrower(String)
    /// It matches more than the pack says.
    case wider(String)
    case none(String)
}

/// One entry that a format can be asked for: a name or a network.
struct ExportEntry {
    enum Subject: Hashable {
        case exact(String)
        case suffix(String)
        case network(AddressPrefix)
    }

    let endpoint: Endpoint
    let subject: Subject

    /// nil where it is neither.
    init?(_ endpoint: Endpoint) {
        self.endpoint = endpoint
        switch endpoint.subject {
        case .exact(let name): subject = .exact("\(name)")
        case .suffix(let name): subject = .suffix("\(name)")
        case .network(let prefix): subject = .network(prefix)
        case .certificate, .userAgent, .mac: return nil
        }
    }

    /// The name, of exact and suffix alike.
    var name: String? {
        switch subject {
        case .exact(let name), .suffix(let name): name
        case .network: nil
        }
    }

    /// Who says so: the comment in front of an entry. Printable, on one line.
    var origin: String {
        let facts = [endpoint.vendor.id, endpoint.product, endpoint.category.rawValue, endpoint.confidence.rawValue]
        return facts.compactMap { $0 }.joined(separator: ", ") + ": " + endpoint.sources.joined(separator: " ")
    }

    /// The whole entry, where an identifier is wanted.
    var id: String { endpoint.id }
}

/// What a format is given to write.
struct ExportList {
    let export: Export
    /// By vendor, then in the order of a pack; names before networks.
    let entries: [ExportEntry]

    var networks: [(entry: ExportEntry, prefix: AddressPrefix)] {
        entries.compactMap { entry in
            if case .network(let prefix) = entry.subject { (entry, prefix) } else { nil }
        }
    }

    /// The date of the newest pack as a number such as 20261123.
    var revision: Int {
        export.packs.map { Int($0.vendor.version.filter { $0 != "-" }) ?? 0 }.max() ?? 0
    }
}

/// The file as it grows.
struct ExportText {
    let comment: String?
    private(set) var text = ""

    init(comment: String?) { self.comment = comment }

    mutating func line(_ line: String) {
        text += line
        text += "\n"
    }

    /// A comment line; nothing where the format has none.
    mutating func remark(_ remark: String) {
        if let comment { line("\(comment) \(remark)") }
    }
}
