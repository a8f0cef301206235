import Decoding
import Monitoring
import Packs

/// Entries as lines for other programs.
struct EntryLines {
    private let entries: [Endpoint]

    init(_ entries: [Endpoint]) { self.entries = entries }

    private struct Line: Encodable {
        let id: String
        let vendor: String
        let vendor_name: String
        let headquarters: String
        let version: String
        /// What it is recognised by: name, network, certificate, user-agent or mac.
        let kind: String
        let endpoint: String
        let product: String?
        let category: String
        let confidence: String
        let ports: [UInt16]
        let region: String?
        let shared: Bool
        let sources: [String]
        let note: String?

        init(_ endpoint: Endpoint) {
            id = endpoint.id
            vendor = endpoint.vendor.id
            vendor_name = endpoint.vendor.name
            headquarters = endpoint.vendor.headquarters
            version = endpoint.vendor.version
            kind = endpoint.subject.kind.rawValue
            self.endpoint = "\(endpoint.subject)"
            product = endpoint.product
            category = endpoint.category.rawValue
            confidence = endpoint.confidence.rawValue
            ports = endpoint.ports
            region = endpoint.region
            shared = endpoint.isShared
            sources = endpoint.sources
            note = endpoint.note
        }

        static let columns = [
            "id", "vendor", "vendor_name", "headquarters", "version", "kind", "endpoint", "product", "category",
            "confidence", "ports", "region", "shared", "sources", "note",
        ]

        /// In the order of the columns; lists with blanks between their parts.
        var cells: [String] {
            [
                id, vendor, vendor_name, headquarters, version, kind, endpoint, product ?? "", category, confidence,
                ports.map { "\($0)" }.joined(separator: " "), region ?? "", "\(shared)",
                sources.joined(separator: " "), note ?? "",
            ]
        }
    }

    func printJSON() throws { try Results.printJSON(entries.lazy.map { Line($0) }) }

    /// A head, then one row an entry.
    func printCSV() throws {
        try Results.print(([Line.columns] + entries.map { Line($0).cells }).map(CSV.row))
    }
}
