package import Decoding

/// Ranges of addresses as text, one a line, as Debian's `tor-geoipdb` has them: `start,end,CC`, IPv4 as decimal
/// numbers, IPv6 as text, in ascending order. `#` begins a comment; those of the head tell source and date.
package struct RangeFile: GeoDatabase {
    /// 64 MiB: the larger one of Debian's files has 16 MB. It is in memory as a whole while it is read.
    static let sizeLimit = 64 << 20
    /// 2,000,000: Debian's larger one has 386,000. A row takes 36 bytes (IPv6, and a gap behind it): 72 MB at the most.
    static let rowLimit = 2_000_000

    package let name: String
    package let date: String?
    /// Everything is checked when the file is read.
    package var damageCount: Int { 0 }

    private var v4 = RangeTable<UInt32>()
    private var v6 = RangeTable<UInt128>()

    /// Ranges that were taken over: adjacent ones of a country count once.
    package var rangeCount: Int { v4.rangeCount + v6.rangeCount }

    package func answer(for address: IPAddress) -> GeoAnswer {
        let code =
            address.isIPv4 ? v4.country(of: UInt32(truncatingIfNeeded: address.bits)) : v6.country(of: address.bits)
        return GeoAnswer(country: code.map { "\($0)" })
    }

    /// - Parameter path: where the bytes came from, for messages.
    package init(reading bytes: Bytes, path: String, name: String, rowLimit: Int = rowLimit) throws(GeoError) {
        guard bytes.count <= Self.sizeLimit else {
            throw GeoError(path, "larger than \(Self.sizeLimit >> 20) MiB; is it a file of ranges?")
        }
        var head = RangeFileHead()
        var rest = bytes
        var number = 0
        var rows = 0
        while rest.count > 0 {
            number += 1
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count
            var line = rest.extracting(first: end)
            rest = rest.extracting(droppingFirst: min(end + 1, rest.count))
            if line.count > 0, line[line.count - 1] == UInt8(ascii: "\r") { line = line.extracting(droppingLast: 1) }
            guard line.count > 0 else { continue }
            if line[0] == UInt8(ascii: "#") {
                if rows == 0 { head.read(line) }
                continue
            }
            rows += 1
            guard rows <= rowLimit else { throw GeoError(path, line: number, "more than \(rowLimit) rows") }
            do throws(RangeRow.Fault) {
                let row = try RangeRow(reading: line)
                let isInOrder =
                    row.isIPv4
                    ? v4.append(
                        UInt32(truncatingIfNeeded: row.first), UInt32(truncatingIfNeeded: row.last), row.country)
                    : v6.append(row.first, row.last, row.country)
                guard isInOrder else { throw .order }
            } catch {
                throw GeoError(path, line: number, error.message(for: line))
            }
        }
        guard rows > 0 else { throw GeoError(path, "no ranges in it; each line is 'start,end,CC'") }
        self.name = head.vendor.map { "\(name) (\($0))" } ?? name
        date = head.date
        v4.close()
        v6.close()
    }
}
