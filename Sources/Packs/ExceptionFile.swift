import Decoding
import Foundation
package import Monitoring
import Yams

/// The file of exceptions, as far as it could be read, and everything that is wrong with it.
package struct ExceptionFile: Sendable {
    package let list: ExceptionList
    /// Where each exception begins, by its place in the list.
    package let lines: [Int]
    package let file: String
    package let problems: [PackProblem]

    private static let keys = Keys(
        required: ["reason"], optional: ["client", "vendor", "product", "domain", "approved_by", "until"])

    /// Reads the file; it never fails, and its errors are for `checked()`.
    ///
    /// - Parameter packs: the vendors and products that can be meant.
    package static func load(_ path: String, packs: PackSet) -> ExceptionFile {
        var problems = ProblemList(file: path)
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: PackLimits.fileSize + 1)
        else {
            problems.error(at: nil, "the file cannot be read")
            return ExceptionFile(list: ExceptionList(), lines: [], file: path, problems: problems.all)
        }
        guard data.count <= PackLimits.fileSize, let text = String(validating: data, as: UTF8.self) else {
            problems.error(at: nil, "not UTF-8 text, or too large", hint: "is it a file of exceptions?")
            return ExceptionFile(list: ExceptionList(), lines: [], file: path, problems: problems.all)
        }
        return read(text, file: path, packs: packs)
    }

    package static func read(_ text: String, file: String, packs: PackSet) -> ExceptionFile {
        var problems = ProblemList(file: file)
        var exceptions: [Exception] = []
        var lines: [Int] = []
        let head = Document.root(of: text, problems: &problems).flatMap {
            Section($0, called: "the file", keys: Keys(required: ["exceptions"], optional: []), problems: &problems)
        }
        for node in head?.entries("exceptions", problems: &problems) ?? .init([]) {
            guard exceptions.count < ExceptionList.limit else {
                let hint = "keep \(ExceptionList.limit) at most: write networks instead of addresses"
                problems.error(at: node.mark?.line, "too many exceptions", hint: hint)
                break
            }
            let before = problems.errorCount
            guard let section = Section(node, called: "the exception", keys: keys, problems: &problems) else {
                continue
            }
            let exception = exception(from: section, packs, &problems)
            guard let exception, problems.errorCount == before else { continue }
            exceptions.append(exception)
            lines.append(section.line)
        }
        return ExceptionFile(list: ExceptionList(exceptions), lines: lines, file: file, problems: problems.all)
    }

    /// The file itself, or all its problems if one of them is an error: a half-read list would alert for what was agreed.
    package func checked() throws(PackSetError) -> ExceptionFile {
        guard problems.allSatisfy({ $0.severity == .warning }) else { throw PackSetError(problems: problems) }
        return self
    }

    /// A warning for each exception that has ended by `time`.
    package func expired(at time: Timestamp) -> [PackProblem] {
        zip(list.exceptions, lines).filter { $0.0.isExpired(at: time) }.map { exception, line in
            PackProblem(
                severity: .warning, file: file, line: line,
                message:
                    "the exception ended with \(exception.until?.day ?? "") (\(exception.reason)): it alerts again",
                hint: "remove it, or have it approved anew with a later 'until'")
        }
    }

    private static func exception(
        from section: Section, _ packs: PackSet, _ problems: inout ProblemList
    ) -> Exception? {
        let client = section.value("client", problems: &problems) { text throws(Objection) in
            guard let prefix = AddressPrefix(text) else {
                let hint = "write an address, or a network without bits behind its length, such as 10.20.1.0/24"
                throw Objection("\(quoted(text)) is no client", hint: hint)
            }
            return prefix
        }
        let vendor = section.text("vendor", problems: &problems)
        let product = section.text("product", problems: &problems)
        let domain = section.value("domain", problems: &problems, DomainSyntax.read)
        let reason = section.text("reason", problems: &problems)
        let approvedBy = section.text("approved_by", problems: &problems)
        let until = section.value("until", problems: &problems) { text throws(Objection) in
            (end: ValueSyntax.end(ofDay: try ValueSyntax.date(text)), day: text)
        }
        if !["client", "vendor", "product", "domain"].contains(where: section.has) {
            let hint = "name a client, a vendor, a product or a domain"
            problems.error(at: section.line, "the exception excepts everything", hint: hint)
        }
        if let vendor { warn(vendor, "vendor", among: packs.packs.map(\.vendor.id), section, &problems) }
        if let product {
            let known = Set(packs.endpoints.compactMap { vendor == nil || $0.vendor.id == vendor ? $0.product : nil })
            warn(product, "product", among: known.sorted(), section, &problems)
        }
        guard let reason else { return nil }
        return Exception(
            client: client, vendor: vendor, product: product, domain: domain, reason: reason, approvedBy: approvedBy,
            until: until)
    }

    /// An exception for something that no pack knows excepts nothing. The pack may come back: no error.
    private static func warn(
        _ word: String, _ key: String, among known: [String], _ section: Section, _ problems: inout ProblemList
    ) {
        guard !known.contains(word) else { return }
        problems.warning(
            at: section.line(of: key), "no pack has the \(key) \(quoted(word)): the exception has no effect",
            hint: suggestion(for: word, among: known) ?? "'seaward rules list' shows all of them")
    }
}
