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

    /// Rows that are none of a registry, its head among them, are passed over.
    package static func read(_ text: String, into table: inout MakerTable) {
        var reader = CSVReader(text)
        while let row = reader.next() {
            guard row.isWhole, row.cells.count >= 3, let prefix = MACPrefix(digits: row.cells[1]) else { continue }
            let name = row.cells[2].unicodeScalars.filter { !$0.properties.generalCategory.isControlOrFormat }
            let trimmed = Substring(String(String.UnicodeScalarView(name.prefix(nameLimit)))).trimmed
            if !trimmed.isEmpty, trimmed != "Private" { table.add(String(trimmed), prefix) }
        }
    }
}
