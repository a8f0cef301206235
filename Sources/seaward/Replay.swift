import Alerting
import ArgumentParser
import Geography
import Ledger
import Monitoring
import Packs

struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads captures and alerts to what it finds in them.",
        discussion: """
            The same capture with the same packs gives the same output. Exit code 0 whatever was found; another where \
            a file could not be read to its end.
            """)

    @OptionGroup var alerts: AlertOptions
    @OptionGroup var packs: PackOptions
    @OptionGroup var exceptions: ExceptionOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var geography: GeoOptions
    @OptionGroup var inventory: InventoryOption
    @OptionGroup var files: FileOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Option(
        help: ArgumentHelp(
            """
            Keep findings in this file as well. The same capture changes nothing the second time; read through another \
            filter it is another one.
            """, valueName: "path"),
        completion: .file())
    var ledger: String?

    @OptionGroup var failing: FailingOption

    func run() throws {
        let set = try packs.load()
        let agreed = try exceptions.load(set)
        let store = try ledger.map { path in
            try Console.attempt { () throws(LedgerError) in try Ledger(path: path) }
        }
        let atlas = try geography.loadAtlas(packs.rules)
        let facts = store.map { _ in RecordingFacts(set, atlas) }
        let delivery = try alerts.delivery(
            NativeRecord.Observer(version: Seaward.version, home: geography.home.countries), agreed,
            store.map { Journal($0, goesOn: false) }, atlas, HostBook(inventory: try inventory.load()),
            pressure: .wait)
        var monitor = Monitor(
            endpoints: EndpointTable(set.endpoints),
            settings: Monitor.Settings(
                home: home.networks(), resolvers: try packs.loadResolvers(), readsHosts: true,
                seed: .random(in: .min ... .max),
                tellsTraffic: true))
        var reading = files.reading(verbosity)
        if let facts {
            reading.willRead = { id, name, start in
                var recording = facts.recording(id: id, kind: .file, name: name)
                recording.firstPacket = start
                delivery.start(recording)
            }
            reading.didRead = { hour, last in delivery.note([hour], until: last) }
        }
        let outcome = reading.run(&monitor) { delivery.post($0) }
        let totals = delivery.finish()
        // A file that could not be read has no totals: "alerts: none" would look like a clean result.
        if !verbosity.quiet, outcome.hasResults {
            Totals.report(monitor.counters, isVerbose: verbosity.verbose)
            Totals.report(totals, monitor.counters)
        }
        try outcome.check()
        if totals.alertsUndelivered > 0 || totals.notStored > 0 { throw ExitCode.failure }
        try failing.check(totals.worst)
    }
}
