import ArgumentParser
import Foundation
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
    }

    @Option(help: "The language of the report.")
    var lang = ReportLanguage.en

    @Option(help: "How to write the report.")
    var format = ReportFormat.html

    @Option(help: ArgumentHelp("The share of the period that must have been watched.", valueName: "percent"))
    var minCoverage = 95.0

    @Option(help: ArgumentHelp("Days of silence after which a finding has gone quiet.", valueName: "days"))
    var quietDays: Int32 = 7

    @Option(
        help: ArgumentHelp("A country or territory that is not overseas, by its code; may be repeated.", valueName: "code"))
    var homeCountry: [String] = ["CN"]

    @Option(help: "Exit with 3 where a finding that is no exception is this bad.")
    var failOn: Severity?

    @OptionGroup var destination: OutputOption

    func validate() throws {
        guard (0...100).contains(minCoverage) else { throw ValidationError("--min-coverage takes 0 to 100") }
        guard (1...3_650).contains(quietDays) else { throw ValidationError("--quiet-days takes 1 to 3650") }
        for code in homeCountry where code.utf8.count != 2 || !code.utf8.allSatisfy({ (65...90).contains($0 & 0xdf) }) {
            throw ValidationError("'\(code)' is no country code; write two letters, such as CN")
        }
    }

    func run() throws {
        let selection = Selection()
        var settings = Reporting.Report.Settings(program: Seaward.version)
        settings.selection = selection
        settings.homeCountries = Set(homeCountry.map { $0.uppercased() })
        settings.minimumCoverage = minCoverage / 100
        settings.quietDays = quietDays
        let report = Reporting.Report(try extract(selection), settings)
        let locale = Locale(identifier: lang.language.rawValue)
        let text = report.text(format, in: lang.language) { locale.localizedString(forRegionCode: $0) ?? $0 }
        try destination.write(text)
        if let failOn, report.reaches(failOn) { throw ExitCode(3) }
    }

    /// What the ledger holds of the period: `Ledger.extract(_:quietDays:)` belongs here, and with it the options
    /// `--ledger`, `--from`, `--to`, `--vendor`, `--client`, `--country` and `--severity`.
    private func extract(_ selection: Selection) throws -> Extract {
        throw Console.failure("this build has no ledger to report from")
    }
}

extension ReportFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
