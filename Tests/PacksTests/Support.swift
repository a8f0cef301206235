import Foundation
import Packs

/// A pack with one sound entry; each test spoils one line.
let soundPack = """
    vendor: Example Security
    headquarters: US
    version: "2026-11-23"
    aliases: [Example Inc.]
    endpoints:
      - domain: update.example.com
        match: exact
        product: Example Agent
        category: update
        ports: [443, 8443]
        region: us-gov
        confidence: high
        sources:
          - https://docs.example.com/ports
        note: anycast
    networks:
      - cidr: 198.51.100.0/24
        category: telemetry
        confidence: low
        sources: [https://docs.example.com/ranges]

    """

/// The sound pack with `text` replaced, read as `Rules/example.yaml`.
func read(replacing text: String = "", by other: String = "") -> (pack: Pack?, problems: [String]) {
    precondition(text.isEmpty || soundPack.contains(text), "the pack has no '\(text)'")
    return read(text: text.isEmpty ? soundPack : soundPack.replacingOccurrences(of: text, with: other))
}

func read(text: String, limits: PackLimits = PackLimits()) -> (pack: Pack?, problems: [String]) {
    let (pack, problems) = PackReader.read(text, file: "Rules/example.yaml", limits: limits)
    return (pack, problems.map(\.description))
}

/// The packs that ship with the program.
let shippedRules = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rules").path
