import Foundation
import Geography
import Testing

@Suite struct GeoFilesTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func failure(_ path: String) -> String {
        do {
            _ = try GeoFiles.load([path])
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func `a file is told by its content, whatever its name`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(databases)/country.mmdb"))
        let paths = [try scratch.file("ranges.mmdb", "3221225984,3221226239,CN\n"), try scratch.file("geoip", data)]
        #expect(try GeoFiles.load(paths).map(\.name) == ["ranges.mmdb", "GeoLite2-Country"])
    }

    @Test func `what cannot be read is told, with the remedy where it is the default`() throws {
        #expect(failure("/nowhere/geo.mmdb") == "/nowhere/geo.mmdb: no such file")
        #expect(failure("/usr/share") == "/usr/share: a folder; name the files in it")
        let empty = try scratch.file("empty", "")
        #expect(failure(empty) == "\(empty): no ranges in it; each line is 'start,end,CC'")
        let other = try scratch.file("pack.yaml", "vendor: Example\n")
        #expect(failure(other) == "\(other):1: 'vendor: Example' is no range; write 'start,end,CC'")
        if !GeoFiles.areInstalled {
            #expect(
                failure(GeoFiles.defaultPaths[0]) == "/usr/share/tor/geoip: no such file; apt-get install tor-geoipdb")
        }
    }
}
