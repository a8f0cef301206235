import ArgumentParser
import Decoding
import Glibc
import Ledger
import Monitoring

/// Writes batch after batch until it is killed, and says the number of each that is committed. In batch n all findings
/// have n flows: whoever finds different numbers, or less than was said, has found a torn or lost transaction.
struct Count: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count upwards in a ledger, the same number in every finding, until killed.")

    @Option(help: "Findings in each batch.")
    var findings = 40

    @Argument(help: "The ledger.", completion: .file())
    var output: String

    func run() throws {
        let ledger = try LedgerMaker.attempt { () throws(LedgerError) in try Ledger(path: output) }
        let day: Int32 = 20_000
        let recording = Recording(
            id: String(repeating: "c", count: 32), kind: .live, name: "counter", program: "test", packs: [:],
            packsDigest: "", geography: nil, firstPacket: Timestamp(day: day))
        let vendor = Vendor(id: "example", name: "Example", aliases: [], headquarters: "US", version: "1")
        let endpoint = Endpoint(
            subject: .exact(HostName("up.example.com")), vendor: vendor, product: "Agent", category: .update,
            confidence: .high, ports: [], region: nil, sources: ["https://docs.example.com"], note: nil)
        var number = try before(ledger)
        while true {
            number += 1
            let first = Timestamp(day: day)
            let last = Timestamp(nanoseconds: first.nanoseconds + Int64(number))
            var tally = Tally()
            tally.flows = number
            tally.bytesOut = number * 100
            var batch = Batch(recording: recording)
            batch.findings = (0..<findings).map { client in
                let host = Host(at: IPAddress(v4: 0x0a00_0001 + UInt32(client)))
                return Finding(
                    key: .init(host: host.id, vendor: vendor.id, product: "Agent", destination: .code("US")),
                    host: host, vendor: vendor, firstSeen: first, lastSeen: last, severity: .warning,
                    evidence: [
                        Evidence(
                            method: .tlsSNI, value: "up.example.com", endpoint: endpoint, count: number,
                            firstSeen: first, lastSeen: last)
                    ],
                    destinations: [
                        Destination(
                            address: IPAddress(v4: 0xcb00_7109), place: Place(country: "US"), tally: tally,
                            firstSeen: first, lastSeen: last)
                    ], days: [Day(number: day, tally: tally, severity: .warning)])
            }
            batch.alerts = [
                AlertEntry(
                    id: "\(number)", time: last, action: "active", severity: .warning, finding: batch.findings[0].key,
                    reason: "batch \(number)")
            ]
            try LedgerMaker.attempt { () throws(LedgerError) in try ledger.write(batch) }
            print(number)
            // The reader counts on what was said before the kill.
            fflush(nil)
        }
    }

    /// What an earlier run has come to.
    private func before(_ ledger: Ledger) throws -> UInt64 {
        let extract = try LedgerMaker.attempt { () throws(LedgerError) in try ledger.extract(Selection()) }
        return extract.findings.first?.tally.flows ?? 0
    }
}
