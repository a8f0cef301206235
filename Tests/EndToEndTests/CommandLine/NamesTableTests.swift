import Foundation
import Testing

@Suite struct NamesTableTests {
    private func table(_ example: Case) throws -> [String] {
        let result = try Program.run(["names", "-q", example.capture])
        return result.lines
    }

    @Test func `columns stand under their heads`() throws {
        let lines = try table(.morning)
        #expect(
            lines.count == 1 + (try Program.run(["names", "--format", "json", Case.morning.capture]).records.count))
        let head = Array(lines[0].utf8)
        // A column begins where a letter follows two blanks.
        let starts = head.indices.filter {
            $0 == 0 || head[$0] > 0x20 && $0 > 1 && head[$0 - 1] == 0x20 && head[$0 - 2] == 0x20
        }
        #expect(starts.count == 8)
        for line in lines {
            let bytes = Array(line.utf8)
            for start in starts.dropLast() {
                #expect(bytes[start] > 0x20 && (start == 0 || bytes[start - 1] == 0x20), "\(line)")
            }
            #expect(bytes.last != 0x20)
        }
    }

    @Test func `a table says what JSON says`() throws {
        let rows = try table(.morning).dropFirst().map { $0.split(separator: " ").map { String($0) } }
        let records = try Program.run(["names", "--format", "json", Case.morning.capture]).records
        for (row, record) in zip(rows, records) {
            #expect(Array(row.prefix(4)) == ["method", "name", "client", "server"].map { record[$0] as? String })
            #expect(
                row[4] == "\(record["port"] ?? "")/\(record["transport"] ?? "")" && row[5] == "\(record["count"] ?? "")"
            )
            #expect(Array(row.dropFirst(7)) == record["addresses"] as? [String] ?? [])
        }
    }

    @Test(arguments: Case.all.filter { $0.description.contains("odd") })
    func `hostile names are escaped`(_ example: Case) throws {
        for arguments in [["names"], ["names", "--format", "json"], ["replay"], ["replay", "--format", "json"]] {
            let result = try Program.run(arguments + ["-q", example.capture])
            #expect(result.output.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
            let records = arguments.contains("json") ? try result.records.count : result.lines.count
            #expect(records == result.lines.count)
        }
    }

    @Test func `a byte that is no letter shows as its number`() throws {
        #expect(try table(.named("dns-names-with-odd-bytes")).contains { $0.contains("\\") })
    }
}
