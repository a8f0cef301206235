import Decoding
import Monitoring

/// A form of lists that packs are made from: one file each.
protocol ImportFormat: Sendable {
    /// Reads the whole text; every line that means something ends as an entry or as a problem.
    func read(_ text: String, into list: inout ImportList)
}

extension ImportFormat {
    /// The lines from 1, without white space around them; empty ones are left out.
    func lines(of text: String) -> some Sequence<(number: Int, line: Substring)> {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().lazy
            .map { (number: $0.offset + 1, line: Substring($0.element).trimmed) }
            .filter { !$0.line.isEmpty }
    }
}

/// What one entry of a list says beside its name.
struct ImportFacts {
    var product: String?
    var category: Category?
    var confidence: Confidence?
    var ports: [UInt16] = []
    var region: String?
    var isShared = false
    var sources: [String] = []
    var note: String?
}

/// The entries of a list as they are found.
struct ImportList {
    private let vendor: Vendor
    private let defaults: Import.Defaults
    private let maximum: Int
    private(set) var endpoints: [Endpoint] = []
    private(set) var nameCount = 0
    private(set) var repeatCount = 0
    private(set) var problems: ProblemList
    private(set) var problemCount = 0
    private var seen: Set<Endpoint.Subject> = []

    init(file: String, vendor: Vendor, defaults: Import.Defaults, maximum: Int) {
        self.vendor = vendor
        self.defaults = defaults
        self.maximum = maximum
        problems = ProblemList(file: file)
    }

    /// A line that is not taken over, and why.
    mutating func reject(_ line: Int?, _ why: String, hint: String? = nil) {
        problemCount += 1
        problems.warning(at: line, "not taken over: \(why)", hint: hint)
    }

    /// Adds a host name in any case, with or without a trailing dot.
    mutating func add(name text: some StringProtocol, isSuffix: Bool, line: Int, facts: ImportFacts = ImportFacts()) {
        var text = text.lowercased()
        if text.hasSuffix(".") { text.removeLast() }
        do throws(Objection) {
            let name = try DomainSyntax.read(text)
            add(isSuffix ? .suffix(name) : .exact(name), line, facts)
        } catch {
            reject(line, error.message)
        }
    }

    /// Adds a range of addresses.
    mutating func add(network text: some StringProtocol, line: Int, facts: ImportFacts = ImportFacts()) {
        do throws(Objection) {
            add(.network(try ValueSyntax.prefix(String(text))), line, facts)
        } catch {
            reject(line, error.message)
        }
    }

    private mutating func add(_ subject: Endpoint.Subject, _ line: Int, _ facts: ImportFacts) {
        guard endpoints.count < maximum else { return reject(line, "the list has more than \(maximum) entries") }
        guard seen.insert(subject).inserted else {
            repeatCount += 1
            return
        }
        if case .network = subject {} else { nameCount += 1 }
        endpoints.append(
            Endpoint(
                subject: subject, vendor: vendor, product: facts.product ?? defaults.product,
                category: facts.category ?? defaults.category, confidence: facts.confidence ?? defaults.confidence,
                ports: facts.ports, region: facts.region,
                sources: facts.sources.isEmpty ? [defaults.source] : facts.sources, note: facts.note,
                isShared: facts.isShared))
    }
}

extension Substring {
    /// Without blanks, tabs and carriage returns at both ends.
    var trimmed: Substring {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }),
            let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return self[first...last]
    }

    /// Split at runs of blanks and tabs.
    var words: [Substring] { split { $0 == " " || $0 == "\t" } }
}
