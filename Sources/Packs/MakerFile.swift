import Foundation
package import Monitoring

/// The registries of hardware addresses that Debian's package `ieee-data` brings: tables with the prefix in the second
/// column and the maker in the third.
package enum MakerFile {
    package static let folder = "/usr/share/ieee-data"
    /// Prefixes of 24, 28 and 36 bits, and those of 36 bits that were handed out before.
    package static let files = ["oui.csv", "mam.csv", "oui36.csv", "iab.csv"]

    /// In bytes: the largest has 3 MB.
    private static let fileSize = 64 << 20
    /// Of a maker, in characters.
    private static let nameLimit = 100

    /// The makers of every file that is there; nil where none is.
    package static func load(folder: String = Self.folder) -> MakerTable? {
        var table = MakerTable()
        for file in files {
            let path = folder + "/" + file
            guard FileManager.default.isReadableFile(atPath: path),
                let text = try? PackFile.text(of: path, limits: PackLimits(fileSize: fileSize))
            else { continue }
            read(text, into: &table)
        }
        return table.count > 0 ? table : nil
    }

    /// A name without what steers a terminal, and not too long. Nearly all of them are so from the beginning.
    private static func printable(_ name: String) -> String {
        if name.utf8.count <= nameLimit, name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) {
            return name.utf8.first == 0x20 || name.utf8.last == 0x20 ? String(name[...].trimmed) : name
        }
        let scalars = name.unicodeScalars.filter { !$0.properties.generalCategory.isControlOrFormat }
        return String(Substring(String(String.UnicodeScalarView(scalars.prefix(nameLimit)))).trimmed)
    }

    /// Rows that are none of a registry, its head among them, are passed over.
    package static func read(_ text: String, into table: inout MakerTable) {
        var reader = CSVReader(text)
        while let row = reader.next() {
            guard row.isWhole, row.cells.count >= 3, let prefix = MACPrefix(digits: row.cells[1]) else { continue }
            let name = printable(row.cells[2])
            if !name.isEmpty, name != "Private" { table.add(name, prefix) }
        }
    }
}
