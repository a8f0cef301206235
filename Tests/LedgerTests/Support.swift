import Decoding
import Foundation
import Ledger
import Monitoring

/// A folder of its own, gone with the test.
final class Scratch: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("seaward-ledger-\(UUID())").path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "ledger.db") -> String { path + "/" + name }
}

extension Recording {
    static func example(_ id: Character = "a", kind: Kind = .file, name: String = "monday.pcap") -> Recording {
        Recording(
            id: String(repeating: id, count: 32), kind: kind, name: name, program: "1.0",
            packs: ["fortinet": "2026-11-23", "wiz": "2026-11-01"], packsDigest: "d1",
            geography: "tor-geoipdb 2026-06-25",
            firstPacket: Timestamp(day: 20_000), lastPacket: Timestamp(day: 20_001))
    }
}

/// Moments after the first one of day 20,000 since 1970.
func moment(_ seconds: Int64) -> Timestamp {
    Timestamp(nanoseconds: Timestamp(day: 20_000).nanoseconds + seconds * 1_000_000_000)
}

let sources = ["https://docs.example.com/ports", "https://docs.example.com/more"]
let exampleVendor = Vendor(
    id: "example", name: "Example Security", aliases: ["Example Inc.", "示例"], headquarters: "US", version: "2026-11-23")

func entry(_ subject: Endpoint.Subject = .exact(HostName("up.example.com")), label: String? = nil) -> Endpoint {
    Endpoint(
        subject: subject, label: label, vendor: exampleVendor, product: "Agent", category: .telemetry,
        confidence: .medium,
        ports: [443, 8_443], region: "eu", sources: sources, note: "a note", isShared: false)
}

extension Finding {
    /// - Parameter bytes: sent on each of the days.
    static func example(
        client: String = "10.0.0.5", country: String = "US", days: [Int32] = [20_000], bytes: UInt64 = 1_000,
        severity: Severity = .warning, endpoint: Endpoint = entry(), method: Monitoring.Method = .tlsSNI
    ) -> Finding {
        let address = IPAddress(client) ?? IPAddress(bits: 0)
        let host = Host(at: address)
        let first = Timestamp(day: days.first ?? 20_000)
        let last = Timestamp(nanoseconds: Timestamp(day: days.last ?? 20_000).nanoseconds + 5)
        var tally = Tally()
        if country.isEmpty { tally.lookups = 3 } else { (tally.flows, tally.bytesOut, tally.bytesIn) = (2, bytes, 500) }
        if !country.isEmpty { (tally.packetsOut, tally.packetsIn, tally.applicationBytesOut) = (9, 8, bytes / 2) }
        let place = Place(
            country: country, autonomousSystem: AutonomousSystem(number: 64_496, organisation: "Example Net"),
            isUncertain: true, operator: "Example CDN", basis: "test 2026-11-01")
        return Finding(
            key: Key(
                host: host.id, vendor: "example", product: "Agent", destination: Destination.Country(text: country)),
            host: host, vendor: exampleVendor, firstSeen: first, lastSeen: last, severity: severity,
            evidence: [
                Evidence(
                    method: method, value: "up.example.com", endpoint: endpoint, count: 4, firstSeen: first,
                    lastSeen: last)
            ],
            destinations: country.isEmpty
                ? []
                : [
                    Destination(
                        address: IPAddress(v4: 0xcb00_7109), place: place, tally: tally, firstSeen: first,
                        lastSeen: last)
                ],
            days: days.map { Day(number: $0, tally: tally, severity: severity) },
            rhythm: Rhythm(contacts: 8, starts: (0..<8).map { first.nanoseconds + $0 * 60_000_000_000 }))
    }
}

extension Batch {
    static func example(_ recording: Recording = .example(), _ findings: [Finding] = [.example()]) -> Batch {
        var batch = Batch(recording: recording)
        batch.findings = findings
        return batch
    }
}

extension Extract {
    /// What it says, as text, for comparing two of them: dictionaries in a fixed order.
    var text: String {
        let made = recordings.map {
            ($0.id, $0.name, $0.packs.sorted { $0.key < $1.key }, $0.firstPacket, $0.lastPacket)
        }
        return "\(from) \(to) \(findings) \(quiet) \(alerts) \(hours) \(made) \(latestDay)"
    }
}
