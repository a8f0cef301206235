import ArgumentParser
import Ledger

/// Makes ledgers for scripts/benchmark-ledger and for the tests of kills.
@main
struct LedgerMaker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger-maker", abstract: "Write made-up ledgers, as a sensor writes them.",
        subcommands: [Year.self, Count.self])

    static func attempt<Value>(_ body: () throws(LedgerError) -> Value) throws -> Value {
        do throws(LedgerError) { return try body() } catch { throw ValidationError("\(error)") }
    }
}
