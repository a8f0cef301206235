/// Something wrong in a pack: where, what, and the likely fix.
package struct PackProblem: Hashable, Sendable {
    package enum Severity: String, Sendable {
        /// The entry, or the file, does not load; the program does not start.
        case error
        /// It loads. Worth a look.
        case warning
    }

    package let severity: Severity
    /// The path as the caller gave it; nil where no file is to blame.
    package let file: String?
    /// From 1; nil where the whole file is meant.
    package let line: Int?
    package let message: String
    /// The likely fix, such as `did you mean 'telemetry'?`.
    package let hint: String?
}

extension PackProblem: CustomStringConvertible {
    /// One line as compilers print it: `Rules/fortinet.yaml:12: unknown category 'telemtry'; did you mean 'telemetry'?`
    package var description: String {
        var text = file.map { "\($0):" } ?? ""
        if let line { text += "\(line):" }
        if !text.isEmpty { text += " " }
        if severity == .warning { text += "warning: " }
        return text + message + (hint.map { "; \($0)" } ?? "")
    }
}

/// The problems of one file, in the order they were found.
struct ProblemList {
    /// A file with more than this has one cause, not a thousand; the rest is counted, not kept.
    static let maximum = 1_000

    let file: String
    private(set) var errorCount = 0
    private var kept: [PackProblem] = []
    private var dropped = 0

    init(file: String) { self.file = file }

    mutating func error(at line: Int?, _ message: String, hint: String? = nil) {
        errorCount += 1
        add(.error, line, message, hint)
    }

    mutating func warning(at line: Int?, _ message: String, hint: String? = nil) {
        add(.warning, line, message, hint)
    }

    private mutating func add(_ severity: PackProblem.Severity, _ line: Int?, _ message: String, _ hint: String?) {
        guard kept.count < Self.maximum else {
            dropped += 1
            return
        }
        kept.append(PackProblem(severity: severity, file: file, line: line, message: message, hint: hint))
    }

    /// Sorted by line, with a last word on what was not kept.
    var all: [PackProblem] {
        var all = kept.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
        if dropped > 0 {
            let severity: PackProblem.Severity = errorCount > 0 ? .error : .warning
            all.append(
                PackProblem(severity: severity, file: file, line: nil, message: "\(dropped) more problems", hint: nil))
        }
        return all
    }
}

/// What was written where something else was expected, fit for a message: cut short, nothing that steers a terminal.
func quoted(_ text: some StringProtocol) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(80) {
        let isUnsafe = scalar.properties.generalCategory.isControlOrFormat
        shown.unicodeScalars.append(isUnsafe ? "\u{FFFD}" : scalar)
    }
    return "'\(shown)\(text.unicodeScalars.count > 80 ? "…" : "")'"
}

extension Unicode.GeneralCategory {
    /// Line breaks, escape characters, and the marks that turn the direction of text.
    var isControlOrFormat: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
