package import Decoding
import Foundation
import Synchronization

/// A sorted file of ranges that is searched where it lies: nothing is read when the program starts, and only the pages
/// that a look-up meets are in memory. For the files of a package, which nobody edits; `RangeFile` checks every line.
package final class MappedRangeFile: GeoDatabase {
    package let name: String
    package let date: String?
    private let data: Data
    /// Where the ranges begin, in bytes.
    private let start: Int
    private let isIPv4: Bool
    private let damage = Atomic<Int>(0)

    package var damageCount: Int { damage.load(ordering: .relaxed) }

    /// Reads the head and the first range.
    init(_ data: Data, path: String, name: String) throws(GeoError) {
        var head = RangeFileHead()
        let bytes = data.span
        var offset = 0
        var first: RangeRow?
        while offset < bytes.count, first == nil {
            let line = bytes.extracting(bytes.line(at: offset))
            if line.count == 0 || line[0] == UInt8(ascii: "#") {
                if line.count > 0 { head.read(line) }
                offset += line.count + 1
                continue
            }
            do throws(RangeRow.Fault) {
                first = try RangeRow(reading: line)
            } catch {
                throw GeoError(path, error.message(for: line))
            }
        }
        guard let first else { throw GeoError(path, "no ranges in it; each line is 'start,end,CC'") }
        self.data = data
        start = offset
        isIPv4 = first.isIPv4
        self.name = head.vendor.map { "\(name) (\($0))" } ?? name
        date = head.date
    }

    package func answer(for address: IPAddress) -> GeoAnswer {
        guard address.isIPv4 == isIPv4 else { return GeoAnswer() }
        let number = isIPv4 ? UInt128(UInt32(truncatingIfNeeded: address.bits)) : address.bits
        let bytes = data.span
        // Offsets of lines: what begins before `low` begins with no larger number, what begins at `high` or behind it does.
        var (low, high) = (start, bytes.count)
        var found: RangeRow?
        while low < high {
            let offset = bytes.lineStart(around: low + (high - low) / 2, from: low)
            let line = bytes.extracting(bytes.line(at: offset))
            guard let row = try? RangeRow(reading: line) else {
                // An empty line or a comment at the end is none; anything else should not be there.
                if line.count > 0, line[0] != UInt8(ascii: "#") { damage.add(1, ordering: .relaxed) }
                high = offset
                continue
            }
            if row.first <= number {
                found = row
                low = offset + line.count + 1
            } else {
                high = offset
            }
        }
        guard let found, found.last >= number else { return GeoAnswer() }
        return GeoAnswer(country: found.country.map { "\($0)" })
    }
}

extension Bytes {
    /// The line that begins at `offset`, without its end.
    fileprivate func line(at offset: Int) -> Range<Int> {
        var end = offset
        while end < count, self[end] != UInt8(ascii: "\n") { end += 1 }
        return offset..<end
    }

    /// Where the line around `offset` begins, not before `first`, where one does.
    fileprivate func lineStart(around offset: Int, from first: Int) -> Int {
        var start = offset
        while start > first, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }
}
