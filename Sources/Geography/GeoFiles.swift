import Foundation

/// Opens databases, each by what is in it.
package enum GeoFiles {
    /// Where Debian's package `tor-geoipdb` puts the ranges of IPv4 and of IPv6.
    package static let defaultPaths = ["/usr/share/tor/geoip", "/usr/share/tor/geoip6"]

    /// Whether the default ones are there.
    package static var areInstalled: Bool { defaultPaths.allSatisfy { FileManager.default.fileExists(atPath: $0) } }

    /// The databases of `paths`, in their order: a MaxMind file where its marker is found, ranges as text otherwise.
    package static func load(_ paths: [String] = defaultPaths) throws(GeoError) -> [any GeoDatabase] {
        var databases: [any GeoDatabase] = []
        for path in paths { databases.append(try load(path)) }
        return databases
    }

    private static func load(_ path: String) throws(GeoError) -> any GeoDatabase {
        let isDefault = defaultPaths.contains(path)
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw GeoError(path, "no such file" + (isDefault ? "; apt-get install tor-geoipdb" : ""))
        }
        guard !isFolder.boolValue else { throw GeoError(path, "a folder; name the files in it") }
        guard let file = FileHandle(forReadingAtPath: path) else { throw GeoError(path, "the file cannot be read") }
        if hasMaxMindMarker(file) { return try MaxMindFile(path) }
        if isDefault {
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
                throw GeoError(path, "the file cannot be read")
            }
            return try MappedRangeFile(data, path: path, name: "tor-geoipdb")
        }
        let data: Data
        do {
            try file.seek(toOffset: 0)
            data = try file.read(upToCount: RangeFile.sizeLimit + 1) ?? Data()
        } catch {
            throw GeoError(path, "the file cannot be read")
        }
        let name = String(path.split(separator: "/").last ?? "")
        return try RangeFile(reading: data.span, path: path, name: name)
    }

    /// Whether the metadata of a MaxMind file begin in the last 128 KiB, where its format wants them.
    private static func hasMaxMindMarker(_ file: FileHandle) -> Bool {
        let window: UInt64 = 128 << 10
        guard let end = try? file.seekToEnd(), (try? file.seek(toOffset: end - min(end, window))) != nil,
            let tail = try? file.read(upToCount: Int(window))
        else { return false }
        return tail.range(of: Data([0xab, 0xcd, 0xef] + "MaxMind.com".utf8)) != nil
    }
}
