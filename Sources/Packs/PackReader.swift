import Monitoring
import Yams

/// Reads one pack. What can be used is used, and everything that is wrong is said: one run shows all problems.
package enum PackReader {
    private static let headKeys = Keys(
        required: ["vendor", "headquarters", "version"],
        optional: ["aliases"] + EntryList.allCases.map(\.rawValue) + ["tests", "disable"])
    /// Of a file that only takes entries of others out of use.
    private static let disablingKeys = Keys(required: ["disable"], optional: [])

    /// The pack in `text`, without its entries that have errors; nil where the head has one. A file that only disables
    /// entries of others is a pack without a name.
    ///
    /// - Parameter file: where the text came from. Its last part, without the ending, names the vendor.
    package static func read(
        _ text: String, file: String, limits: PackLimits = PackLimits()
    ) -> (pack: Pack?, problems: [PackProblem]) {
        var problems = ProblemList(file: file)
        guard text.utf8.count <= limits.fileSize else {
            problems.error(at: nil, "the file is larger than \(limits.fileSize) bytes", hint: "is it a pack?")
            return (nil, problems.all)
        }
        guard let root = Document.root(of: text, problems: &problems) else { return (nil, problems.all) }
        let isDisabling = root.mapping.map { $0["disable"] != nil && $0["vendor"] == nil } ?? false
        let keys = isDisabling ? disablingKeys : headKeys
        guard let head = Section(root, called: "the pack", keys: keys, problems: &problems) else {
            return (nil, problems.all)
        }
        let disablings = Disabling.read(from: head, file: file, problems: &problems)
        if isDisabling {
            let vendor = Vendor(id: vendorID(of: file), name: "", aliases: [], headquarters: "", version: "")
            let pack = Pack(file: file, vendor: vendor, endpoints: [], lines: [], tests: [], disablings: disablings)
            return (pack, problems.all)
        }

        let vendor = vendor(from: head, file: file, problems: &problems)
        let isHeadSound = problems.errorCount == 0
        var entries = EntryReader(vendor: vendor, maximum: limits.endpoints, problems: problems)
        for list in EntryList.allCases { entries.read(list, of: head) }
        if !EntryList.allCases.contains(where: { head.has($0.rawValue) }), !head.has("disable") {
            let lists = EntryList.allCases.map(\.rawValue).joined(separator: ", ")
            entries.problems.error(at: head.line, "the pack has no entries", hint: "it needs one of \(lists)")
        }
        let tests = PackTest.read(from: head, problems: &entries.problems)
        let pack = Pack(
            file: file, vendor: vendor, endpoints: entries.endpoints, lines: entries.lines, tests: tests,
            disablings: disablings)
        return (isHeadSound ? pack : nil, entries.problems.all)
    }

    /// The vendor's identifier: the file's name without folders and ending.
    package static func vendorID(of file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }

    private static func vendor(from head: Section, file: String, problems: inout ProblemList) -> Vendor {
        let id = vendorID(of: file)
        if !ValueSyntax.isIdentifier(id) {
            problems.error(
                at: nil, "the file name \(quoted(id)) cannot name a vendor",
                hint: "use lower-case letters, digits and hyphens, such as palo-alto-networks.yaml")
        }
        let aliases = head.values("aliases", example: "[Other Name]", problems: &problems) { $0 }
        return Vendor(
            id: id,
            name: head.text("vendor", problems: &problems) ?? id,
            aliases: aliases ?? [],
            headquarters: head.value("headquarters", problems: &problems, ValueSyntax.country) ?? "",
            version: head.value("version", problems: &problems, ValueSyntax.date) ?? "")
    }
}
