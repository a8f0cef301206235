import ArgumentParser
import Ledger
import Monitoring
import Packs
import TestSupport

/// Writes the days of a large house, one after the other.
struct Year: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the ledger of a year: hosts with agents that are removed one by one.",
        discussion: """
            Agents that work on working days, agents that are blocked and only look names up, people on portals, alerts, \
            hours of coverage. The same options give the same findings.
            """)

    @Option(help: "Inside hosts.")
    var hosts = 10_000

    @Option(help: "Days, the last of which is 2026-11-22.")
    var days = 365

    @Option(help: "Another seed gives another house of the same kind.")
    var seed: UInt64 = 1

    @Option(help: "The folder of the packs.", completion: .directory)
    var rules = "Rules"

    @Argument(help: "The ledger to write.", completion: .file(extensions: ["db"]))
    var output: String

    /// 2026-11-22.
    private static let lastDay: Int32 = 20_779
    /// A sensor writes every second; so many times a day is enough for rows to come in no order.
    private static let batchesADay = 24

    func validate() throws {
        guard (1...1_000_000).contains(hosts) else { throw ValidationError("--hosts is from 1 to 1000000.") }
        guard (1...3_650).contains(days) else { throw ValidationError("--days is from 1 to 3650.") }
    }

    func run() throws {
        let set: PackSet
        do throws(PackSetError) {
            set = try PackSet.load(paths: [rules]).checked()
        } catch {
            throw ValidationError("\(error)")
        }
        let ledger = try LedgerMaker.attempt { () throws(LedgerError) in try Ledger(path: output) }
        let first = Self.lastDay - Int32(days) + 1
        var house = House(hosts: hosts, days: first...Self.lastDay, packs: set.packs, seed: seed)
        var findings = 0
        for day in first...Self.lastDay {
            for batch in house.batches(of: day, count: Self.batchesADay) {
                findings += batch.findings.count
                try LedgerMaker.attempt { () throws(LedgerError) in try ledger.write(batch) }
            }
        }
        print("\(output): \(house.installations) installations, \(findings) findings written in \(days) days")
    }
}
