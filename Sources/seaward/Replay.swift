import Alerting
import ArgumentParser
import Glibc
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
    @OptionGroup var files: FileOptions
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        let set = try packs.load()
        let delivery = try alerts.delivery(
            NativeRecord.Observer(version: Seaward.version), try exceptions.load(set), pressure: .wait)
        var monitor = Monitor(
            endpoints: EndpointTable(set.endpoints),
            settings: Monitor.Settings(
                home: home.networks(), resolvers: try packs.loadResolvers(), readsHosts: true,
                seed: .random(in: .min ... .max)))
        let outcome = files.reading(verbosity).run(&monitor) { delivery.post($0) }
        let totals = delivery.finish()
        // A file that could not be read has no totals: "alerts: none" would look like a clean result.
        if !verbosity.quiet, outcome.hasResults {
            Totals.report(monitor.counters, isVerbose: verbosity.verbose)
            Totals.report(totals, monitor.counters)
        }
        try outcome.check()
        if totals.alertsUndelivered > 0 { throw ExitCode.failure }
    }
}
