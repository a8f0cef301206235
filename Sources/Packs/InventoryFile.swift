import Decoding
package import Monitoring

/// The inventory of an organisation's hosts, as far as it could be read, and everything that is wrong with it.
///
/// A table (RFC 4180) whose first row names its columns: `address` or `mac` or both, `name`, and where wanted `owner` and
/// `site`. Lines that begin with `#` are comments.
package struct InventoryFile: Sendable {
    package let inventory: Inventory
    package let problems: [PackProblem]

    /// Hosts of the largest networks; a row takes some 300 bytes of memory, so this is 300 MB.
    package static let rowLimit = 1_000_000
    /// 128 bytes a row, twice what the usual one has.
    private static let fileSize = 128 << 20
    /// Of a name, an owner or a site, in bytes: what fits into a line of a report.
    private static let textLimit = 255

    private static let headHint = "begin with 'address,name,owner,site'"
    private static let columns = ["address", "mac", "name", "owner", "site"]

    /// Reads the file; it never fails, and its errors are for `checked()`.
    package static func load(_ path: String) -> InventoryFile {
        do throws(PackFile.Fault) {
            return read(try PackFile.text(of: path, limits: PackLimits(fileSize: fileSize)), file: path)
        } catch {
            return InventoryFile(inventory: Inventory(), problems: [error.problem])
        }
    }

    package static func read(_ text: String, file: String, rowLimit: Int = Self.rowLimit) -> InventoryFile {
        var problems = ProblemList(file: file)
        var inventory = Inventory()
        guard text.utf8.count <= fileSize else {
            problems.error(at: nil, "the file is larger than \(fileSize) bytes", hint: "is it an inventory?")
            return InventoryFile(inventory: inventory, problems: problems.all)
        }
        // Spreadsheets put a mark of the encoding in front.
        var reader = CSVReader(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text, hasComments: true)
        let head = reader.next()
        guard let head, let places = places(of: head, &problems) else {
            if head == nil { problems.error(at: nil, "the file is empty", hint: headHint) }
            return InventoryFile(inventory: inventory, problems: problems.all)
        }
        /// Where each entry of the inventory stands.
        var lines: [Int] = []
        while let row = reader.next() {
            if row.isWhole, row.cells.allSatisfy({ $0[...].trimmed.isEmpty }) { continue }
            guard lines.count < rowLimit else {
                problems.error(at: row.line, "more than \(rowLimit) hosts", hint: "leave out those that are never seen")
                break
            }
            do throws(Objection) {
                let (entry, address, hardware) = try host(row, places, columnCount: head.cells.count)
                if let earlier = inventory.add(entry, address: address, hardware: hardware) {
                    throw Objection(
                        "an address of \(quoted(entry.name)) belongs to line \(lines[earlier]) already",
                        hint: "remove one of the two")
                }
                lines.append(row.line)
            } catch {
                problems.error(at: row.line, error.message, hint: error.hint)
            }
        }
        return InventoryFile(inventory: inventory, problems: problems.all)
    }

    /// The inventory, or all problems if one of them is an error: a host left out would go by another name.
    package func checked() throws(PackSetError) -> Inventory {
        guard problems.allSatisfy({ $0.severity == .warning }) else { throw PackSetError(problems: problems) }
        return inventory
    }

    /// Where each column stands; nil where the head cannot be one.
    private static func places(of head: CSVReader.Row, _ problems: inout ProblemList) -> [String: Int]? {
        var places: [String: Int] = [:]
        let before = problems.errorCount
        for (index, cell) in head.cells.enumerated() {
            let word = cell[...].trimmed.lowercased()
            if !columns.contains(word) {
                problems.error(
                    at: head.line, "unknown column \(quoted(word))", hint: suggestion(for: word, orAnyOf: columns))
            } else if places.updateValue(index, forKey: word) != nil {
                problems.error(at: head.line, "the column '\(word)' is there twice", hint: "remove one of the two")
            }
        }
        guard problems.errorCount == before else { return nil }
        if places["name"] == nil { problems.error(at: head.line, "no column 'name'", hint: headHint) }
        if places["address"] == nil, places["mac"] == nil {
            problems.error(at: head.line, "no column 'address' and none 'mac'", hint: "a host is known by one of them")
        }
        return problems.errorCount == before ? places : nil
    }

    private static func host(
        _ row: CSVReader.Row, _ places: [String: Int], columnCount: Int
    ) throws(Objection) -> (Inventory.Entry, IPAddress?, MACAddress?) {
        guard row.isWhole else {
            throw Objection("a quote that does not end, or text behind one", hint: "write a quote in a cell as \"\"")
        }
        guard row.cells.count == columnCount else {
            throw Objection(
                "\(row.cells.count) cells, where the head has \(columnCount)", hint: "put cells with commas in quotes")
        }
        func cell(_ column: String) -> String? {
            guard let place = places[column] else { return nil }
            let text = row.cells[place][...].trimmed
            return text.isEmpty ? nil : String(text)
        }
        var address: IPAddress?
        var hardware: MACAddress?
        for text in [cell("address"), cell("mac")].compactMap({ $0 }) {
            // Either column may hold either: what it is shows.
            if let known = MACAddress(text) {
                guard hardware == nil else { throw Objection("two hardware addresses", hint: "write a row for each") }
                hardware = known
            } else if let known = IPAddress(text) {
                guard address == nil else { throw Objection("two addresses", hint: "write a row for each") }
                address = known
            } else {
                throw Objection(
                    "\(quoted(text)) is no address",
                    hint: "write it as 10.20.1.5, fd20::5 or 00:11:22:33:44:55; networks are not for an inventory")
            }
        }
        guard address != nil || hardware != nil else {
            throw Objection("the host has no address", hint: "give an address, a hardware address or both")
        }
        guard let name = try line(cell("name"), "name") else { throw Objection("the host has no name") }
        let entry = Inventory.Entry(
            name: name, owner: try line(cell("owner"), "owner"), site: try line(cell("site"), "site"))
        return (entry, address, hardware)
    }

    private static func line(_ text: String?, _ column: String) throws(Objection) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= textLimit else { throw Objection("the \(column) is longer than \(textLimit) bytes") }
        return try ValueSyntax.line(text)
    }
}
