import ArgumentParser
import Ledger

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Looks after the file that findings are kept in.",
        subcommands: [LedgerInfo.self, LedgerCheck.self, LedgerPrune.self, LedgerMerge.self])
}

/// Where the ledger is.
struct LedgerOption: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger.", valueName: "path"), completion: .file())
    var ledger = Ledger.defaultPath

    func open(_ mode: Ledger.Mode) throws -> Ledger {
        try Console.attempt { () throws(LedgerError) in try Ledger(path: ledger, mode: mode) }
    }
}

struct LedgerInfo: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "info", abstract: "Says what a ledger holds.")

    @OptionGroup var ledger: LedgerOption

    func run() throws {
        let opened = try ledger.open(.read)
        let info = try Console.attempt { () throws(LedgerError) in try opened.info() }
        var table = TextTable(["LEDGER", ledger.ledger])
        func day(_ number: Int32?) -> String { number.map { DayText.text($0) } ?? "none" }
        for (what, value) in [
            ("size in bytes", "\(info.bytes)"), ("version", info.version), ("first day", day(info.firstDay)),
            ("last day", day(info.lastDay)), ("hosts", "\(info.hosts)"), ("findings", "\(info.findings)"),
            ("days of findings", "\(info.days)"), ("alerts", "\(info.alerts)"), ("recordings", "\(info.recordings)"),
        ] { table.add([what, value]) }
        try table.print()
    }
}

struct LedgerCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says what is wrong with a ledger; exit code 1 where something is.")

    @OptionGroup var ledger: LedgerOption

    func run() throws {
        let opened = try ledger.open(.read)
        let problems = try Console.attempt { () throws(LedgerError) in try opened.check() }
        for problem in problems { Console.say("\(ledger.ledger): \(problem)") }
        guard problems.isEmpty else { throw ExitCode.failure }
        Console.say("\(ledger.ledger): no problems")
    }
}

struct LedgerPrune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Lets the oldest days go, by age or by size.",
        discussion: "The latest day always stays. A running 'watch' keeps others from writing: stop it first.")

    @OptionGroup var ledger: LedgerOption

    @Option(help: ArgumentHelp("Days before this one go, such as 2026-01-31.", valueName: "day"))
    var before: DayText?

    @Option(help: ArgumentHelp("Days go until the file has no more bytes.", valueName: "bytes"))
    var toBytes: Int64?

    func validate() throws {
        guard (before == nil) != (toBytes == nil) else {
            throw ValidationError("say what may go: --before DAY or --to-bytes BYTES")
        }
        if let toBytes, toBytes <= 0 { throw ValidationError("--to-bytes takes more than nothing") }
    }

    func run() throws {
        let opened = try ledger.open(.write)
        let gone = try Console.attempt { () throws(LedgerError) in
            if let before {
                let last = try opened.info().lastDay ?? before.number
                return try opened.prune(before: min(before.number, last))
            }
            return try opened.prune(toBytes: toBytes ?? 0)
        }
        Console.say("gone: \(gone.days) days of findings, \(gone.findings) findings")
    }
}

struct LedgerMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Takes the ledgers of other sensors into one.",
        discussion: """
            A recording that several of them have counts once, and merging again changes nothing. Gateways that pass the \
            same packet on one after the other are different recordings: their bytes add up. Watch at one of them.
            """)

    @OptionGroup var ledger: LedgerOption

    @Argument(help: ArgumentHelp("The other ledgers.", valueName: "path"), completion: .file())
    var others: [String]

    func run() throws {
        let opened = try ledger.open(.write)
        for path in others {
            try Console.attempt { () throws(LedgerError) in
                let other = try Ledger(path: path, mode: .read)
                try opened.merge(from: other)
            }
            Console.say("\(path): taken into \(ledger.ledger)")
        }
    }
}
