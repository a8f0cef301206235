import Foundation
package import Monitoring

/// Every pack that was asked for, and everything that is wrong with them.
package struct PackSet: Sendable {
    /// In the order of the paths; within a folder by name.
    package let packs: [Pack]
    package let problems: [PackProblem]
    /// Entries that later files took out of use; they are in no pack of the set.
    package let disabled: [DisabledEntry]

    package init(packs: [Pack], problems: [PackProblem], disabled: [DisabledEntry] = []) {
        self.packs = packs
        self.problems = problems
        self.disabled = disabled
    }

    /// All endpoints of all packs.
    package var endpoints: [Endpoint] { packs.flatMap(\.endpoints) }

    /// Reads files and folders; of a folder its files that end in `.yaml`, sorted by name.
    ///
    /// It never fails: `seaward rules check` prints `problems`; what starts the program goes on with `checked()`.
    package static func load(paths: [String], limits: PackLimits = PackLimits()) -> PackSet {
        var loader = PackLoader(limits: limits)
        for path in paths { loader.load(path) }
        if loader.fileCount == 0 {
            let places = paths.isEmpty ? "; no path was given" : " in \(paths.joined(separator: ", "))"
            loader.complain(.error, nil, "no pack found\(places)")
        }
        let (packs, disabled, problems) = applying(loader.disablings, to: loader.packs)
        return PackSet(
            packs: packs, problems: loader.problems + sharedEndpoints(of: packs) + problems, disabled: disabled)
    }

    /// The set itself, or all its problems if one of them is an error: half a rule set would report half the truth.
    package func checked() throws(PackSetError) -> PackSet {
        guard problems.allSatisfy({ $0.severity == .warning }) else { throw PackSetError(problems: problems) }
        return self
    }
}

/// The packs cannot be used. Its text has one line a problem.
package struct PackSetError: Error, CustomStringConvertible {
    package let problems: [PackProblem]

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Gathers packs path by path.
private struct PackLoader {
    let limits: PackLimits
    private(set) var packs: [Pack] = []
    /// With the number of packs that stand before each.
    private(set) var disablings: [(disabling: Disabling, packsBefore: Int)] = []
    private(set) var problems: [PackProblem] = []
    private(set) var fileCount = 0
    private var fileOfVendor: [String: String] = [:]
    private var endpointCount = 0

    init(limits: PackLimits) { self.limits = limits }

    mutating func complain(
        _ severity: PackProblem.Severity, _ file: String?, line: Int? = nil, _ message: String, hint: String? = nil
    ) {
        problems.append(PackProblem(severity: severity, file: file, line: line, message: message, hint: hint))
    }

    mutating func load(_ path: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            fileCount += 1
            return complain(.error, path, "no such file or folder")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return loadFile(path) }
        let folder = path.hasSuffix("/") ? path : path + "/"
        for name in names.sorted() where !name.hasPrefix(".") {
            if name.hasSuffix(".yaml") {
                loadFile(folder + name)
            } else if name.hasSuffix(".yml") {
                complain(.warning, folder + name, "not loaded", hint: "a pack's name ends in .yaml")
            }
        }
    }

    private mutating func loadFile(_ file: String) {
        fileCount += 1
        let text: String
        do throws(PackFile.Fault) {
            text = try PackFile.text(of: file, limits: limits)
        } catch {
            problems.append(error.problem)
            return
        }
        let id = PackReader.vendorID(of: file)
        if let first = fileOfVendor.updateValue(file, forKey: id) {
            let message = "a second pack of the vendor '\(id)', which has \(first)"
            complain(.error, file, message, hint: "give it another name")
            return
        }
        let left = PackLimits(fileSize: limits.fileSize, endpoints: limits.endpoints - endpointCount)
        let (pack, problems) = PackReader.read(text, file: file, limits: left)
        self.problems += problems
        guard let pack else { return }
        disablings += pack.disablings.map { ($0, packs.count) }
        // A file that only disables is no vendor's.
        guard !pack.endpoints.isEmpty || !pack.vendor.version.isEmpty else { return }
        packs.append(pack)
        endpointCount += pack.endpoints.count
    }
}

extension PackSet {
    /// A warning for each endpoint that two vendors claim.
    fileprivate static func sharedEndpoints(of packs: [Pack]) -> [PackProblem] {
        var firstPack: [Endpoint.Subject: Int] = [:]
        var problems: [PackProblem] = []
        for (index, pack) in packs.enumerated() {
            for (endpoint, line) in zip(pack.endpoints, pack.lines) {
                guard let first = firstPack.updateValue(index, forKey: endpoint.subject) else { continue }
                problems.append(
                    PackProblem(
                        severity: .warning, file: pack.file, line: line,
                        message: "'\(endpoint.subject)' is in \(packs[first].file) as well",
                        hint: "keep it with the vendor that runs it"))
            }
        }
        return problems
    }
}
