import Foundation

/// A folder of Tests/Captures: packets, and what the program must say of them. README.md there defines the files.
struct Case: CustomStringConvertible, Sendable {
    let folder: URL

    var description: String { folder.lastPathComponent }

    static let all: [Case] = {
        let root = Program.repository.appendingPathComponent("Tests/Captures")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().map { Case(folder: root.appendingPathComponent($0)) }.filter {
            $0.hasFile("expected.jsonl")
        }
    }()

    /// A country database that knows none: see Tests/Captures/README.md.
    static let nowhere = Program.repository.appendingPathComponent("Tests/Captures/nowhere.txt").path

    func hasFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }

    var capture: String {
        folder.appendingPathComponent(hasFile("capture.pcapng") ? "capture.pcapng" : "capture.pcap").path
    }

    /// The one object of a file.
    func object(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw CocoaError(.coderReadCorrupt)
        }
        return object
    }

    /// The objects of one of the expectations; empty where there is no such file.
    func expectations(_ name: String) throws -> [[String: Any]] {
        guard hasFile(name) else { return [] }
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            guard let record = try JSONSerialization.jsonObject(with: line) as? [String: Any] else {
                throw CocoaError(.coderReadCorrupt)
            }
            return record
        }
    }
}

/// A value of JSON as text, the same for equal values.
func text(_ value: Any?) throws -> String {
    guard let value else { return "missing" }
    let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    return String(decoding: data, as: UTF8.self)
}

/// What an expectation asks of a record: for each of its keys, dots leading into nested objects, the value as text.
func facts(_ record: [String: Any], keys: some Collection<String>) -> String {
    keys.sorted().map { key in
        var value: Any? = record
        if record[key] == nil {
            for part in key.split(separator: ".") { value = (value as? [String: Any])?[String(part)] }
        } else {
            value = record[key]
        }
        // Addresses are a set: their order is the server's.
        if let list = value as? [String] { value = list.sorted() }
        if let list = value as? [[String: Any]] { value = (try? text(list)) ?? "\(list)" }
        if let object = value as? [String: Any] {
            value = object.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        }
        return "\(key)=\(value.map { "\($0)" } ?? "missing")"
    }.joined(separator: " ")
}

/// What the expectations lack in the records, and what the records have beyond them.
func difference(_ records: [[String: Any]], _ expected: [[String: Any]]) -> (missing: [String], surplus: [String]) {
    var left = records
    var missing: [String] = []
    for expectation in expected {
        let wanted = facts(expectation, keys: expectation.keys)
        if let place = left.firstIndex(where: { facts($0, keys: expectation.keys) == wanted }) {
            left.remove(at: place)
        } else {
            missing.append(wanted)
        }
    }
    let keys = expected.first.map { Array($0.keys) } ?? records.first.map { Array($0.keys) } ?? []
    return (missing, left.map { facts($0, keys: keys) })
}
