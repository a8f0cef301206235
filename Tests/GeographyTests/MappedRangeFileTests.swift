import Decoding
import Foundation
@testable import Geography
import Testing

/// A file that is searched where it lies; TorGeoIPTests holds the real ones against another reader.
@Suite struct MappedRangeFileTests {
    private func file(_ text: String) throws -> MappedRangeFile {
        try MappedRangeFile(Data(text.utf8), path: "ranges", name: "test")
    }

    private func countries(_ file: MappedRangeFile, _ addresses: [String]) -> [String] {
        addresses.map { text in IPAddress(text).flatMap { file.answer(for: $0).country } ?? "-" }
    }

    private static let head = "# Vendor: a test\n# Generated: Thu, 25 Jun 2026 04:33:59 GMT\n#\n"

    @Test(arguments: ["\n", ""])
    func `every range has its edges, and what lies between none has no country`(_ end: String) throws {
        let file = try file(Self.head + "10,19,US\n20,20,??\n21,29,DE\n40,4294967295,JP" + end)
        let found = countries(
            file,
            ["0.0.0.9", "0.0.0.10", "0.0.0.19", "0.0.0.20", "0.0.0.21", "0.0.0.30", "0.0.0.40", "255.255.255.255"])
        #expect(found == ["-", "US", "US", "-", "DE", "-", "JP", "JP"])
        #expect(file.name == "test (a test)" && file.date == "2026-06-25" && file.damageCount == 0)
    }

    @Test func `any number of ranges is searched as one reads them`() throws {
        let codes = ["AA", "AB", "AC", "AD", "AE"].map { $0 }
        for count in 1...40 {
            let lines = (0..<count).map { "\($0 * 10),\($0 * 10 + 6),\(codes[$0 % 5])" }
            let file = try file(Self.head + lines.joined(separator: "\n") + "\n")
            for number in 0..<UInt32(count * 10 + 5) {
                let expected = number % 10 <= 6 && number < count * 10 ? codes[Int(number / 10) % 5] : nil
                #expect(file.answer(for: IPAddress(v4: number)).country == expected, "\(count), \(number)")
            }
        }
    }

    @Test func `addresses of the other kind are unknown`() throws {
        let file = try file("2001:db8::,2001:db8::ffff,NZ\n")
        #expect(countries(file, ["2001:db8::7", "2001:db9::", "32.1.13.184"]) == ["NZ", "-", "-"])
    }

    @Test func `a line that is none is counted, and nothing crashes`() throws {
        let file = try file("10,19,US\n20,2x,DE\n,,\n30,39,JP\n")
        _ = countries(file, ["0.0.0.10", "0.0.0.25", "0.0.0.35"])
        #expect(file.damageCount > 0)
        #expect(throws: GeoError.self) { try self.file("# nothing\n") }
        #expect(throws: GeoError.self) { try self.file("not a range\n") }
    }
}
