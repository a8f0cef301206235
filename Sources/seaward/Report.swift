import ArgumentParser
import Geography
import Ledger
import Monitoring
import Reporting

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells what the ledger holds: which hosts still talk to whom, where, how much, and why we say so.",
        discussion: """
            The same ledger and options give the same report, byte for byte. It says whether the period may be called \
            clean, and refuses where the sensor could not see enough. Exit code 3 where --fail-on is reached.
            """)

    enum ReportLanguage: String, CaseIterable, ExpressibleByArgument {
        case en, zh

        var language: Language { self == .zh ? .chinese : .english }
        var countryNames: CountryName.Language { self == .zh ? .simplifiedChinese : .english }
    }

    @Option(help: "The language of the report.")
    var lang = ReportLanguage.en

    @Option(help: "How to write the report.")
    var format = ReportFormat.html

    @Option(help: ArgumentHelp("The share of the period that must have been watched.", valueName: "percent"))
    var minCoverage = 95.0

    @Option(help: ArgumentHelp("Days of silence after which a finding has gone quiet.", valueName: "days"))
    var quietDays: Int32 = 7

    @OptionGroup var home: HomeCountryOption

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var failing: FailingOption

    @OptionGroup var destination: OutputOption

    func validate() throws {
        guard (0...100).contains(minCoverage) else { throw ValidationError("--min-coverage takes 0 to 100") }
        guard (1...3_650).contains(quietDays) else { throw ValidationError("--quiet-days takes 1 to 3650") }
    }

    func run() throws {
        let selection = selection.selection
        let opened = try ledger.open(.read)
        let extract = try Console.attempt { () throws(LedgerError) in
            try opened.extract(selection, quietDays: quietDays)
        }
        var settings = Reporting.Report.Settings(program: Seaward.version)
        settings.selection = selection
        settings.homeCountries = Set(home.countries)
        settings.minimumCoverage = minCoverage / 100
        settings.quietDays = quietDays
        let report = Reporting.Report(extract, settings)
        let text = report.text(format, in: lang.language) { CountryName.name(of: $0, in: lang.countryNames) }
        try destination.write(text)
        if let failOn = failing.failOn, report.reaches(failOn) { throw ExitCode(3) }
    }
}

extension ReportFormat: ExpressibleByArgument {}
