import Foundation
import Monitoring

/// One JSON object: the packs, what was selected, and an array of entries, one a line.
struct JSONDocument: ExportFormat {
    private struct Head: Encodable {
        let vendor, name, headquarters, version: String
        let aliases: [String]
    }

    private struct Entry: Encodable {
        let vendor, id, endpoint, match: String
        let product: String?
        let category, confidence: String
        let ports: [UInt16]
        let region: String?
        let shared: Bool
        let sources: [String]
        let note: String?
    }

    let title = "programs"
    let comment: String? = nil
    let keepsCovered = true

    func reach(of subject: ExportEntry.Subject) -> Reach { .whole }

    func write(_ list: ExportList, to text: inout ExportText) {
        let heads = list.export.packs.map { pack in
            Head(
                vendor: pack.vendor.id, name: pack.vendor.name, headquarters: pack.vendor.headquarters,
                version: pack.vendor.version, aliases: pack.vendor.aliases)
        }
        text.line("{\"selected\":\(json(list.export.criteria)),")
        text.line("\"packs\":[")
        lines(heads, &text)
        text.line("],\"entries\":[")
        let entries = list.entries.map { entry in
            let endpoint = entry.endpoint
            let (value, match) = entry.columns
            return Entry(
                vendor: endpoint.vendor.id, id: endpoint.id, endpoint: value, match: match, product: endpoint.product,
                category: endpoint.category.rawValue, confidence: endpoint.confidence.rawValue, ports: endpoint.ports,
                region: endpoint.region, shared: endpoint.isShared, sources: endpoint.sources, note: endpoint.note)
        }
        lines(entries, &text)
        text.line("]}")
    }

    private func lines(_ values: [some Encodable], _ text: inout ExportText) {
        for (index, value) in values.enumerated() {
            text.line(json(value) + (index < values.count - 1 ? "," : ""))
        }
    }

    /// With sorted keys, so that the same value gives the same bytes.
    private func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, numbers and lists of them cannot fail to encode.
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }
}
