import Monitoring

/// Writes a pack in the house order of Rules/README.md.
enum PackWriter {
    static func text(of endpoints: [Endpoint], vendor: Vendor) -> String {
        var text = """
            # \(vendor.name): made from a list by `seaward rules import`.
            # The format is defined in Rules/README.md; `seaward rules check` checks it.

            vendor: \(scalar(vendor.name))
            headquarters: \(vendor.headquarters)
            version: "\(vendor.version)"

            """
        var isInNetworks = false
        for (index, endpoint) in endpoints.sorted().enumerated() {
            var lines: [String] = []
            switch endpoint.subject {
            case .exact(let name): lines = ["domain: \(scalar("\(name)"))", "match: exact"]
            case .suffix(let name): lines = ["domain: \(scalar("\(name)"))", "match: suffix"]
            case .network(let prefix): lines = ["cidr: \"\(prefix)\""]
            case .certificate, .userAgent, .mac: continue  // no list holds one
            }
            if case .network = endpoint.subject {
                if !isInNetworks { text += "\nnetworks:\n" } else { text += "\n" }
                isInNetworks = true
            } else {
                text += index == 0 ? "\nendpoints:\n" : "\n"
            }
            if let product = endpoint.product { lines.append("product: \(scalar(product))") }
            lines.append("category: \(endpoint.category.rawValue)")
            if !endpoint.ports.isEmpty {
                lines.append("ports: [\(endpoint.ports.map { "\($0)" }.joined(separator: ", "))]")
            }
            if let region = endpoint.region { lines.append("region: \(scalar(region))") }
            if endpoint.isShared { lines.append("shared: true") }
            lines.append("confidence: \(endpoint.confidence.rawValue)")
            lines.append("sources:")
            lines += endpoint.sources.map { "  - \(scalar($0))" }
            if let note = endpoint.note { lines.append("note: \(scalar(note))") }
            text += "  - " + lines.joined(separator: "\n    ") + "\n"
        }
        return text
    }

    /// Plain where nothing in it could mean something else to YAML, else in double quotes.
    static func scalar(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isLetter || $0.isNumber } == true
            && !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":") && !text.hasSuffix(" ")
            && !text.contains("*") && !text.contains(",?") && !text.contains(", ?")
        if isPlain { return text }
        let escapes = [("\\", "\\\\"), ("\"", "\\\""), ("*", "\\x2a"), ("?", "\\x3f")]
        return "\"" + escapes.reduce(text) { $0.replacing($1.0, with: $1.1) } + "\""
    }
}
