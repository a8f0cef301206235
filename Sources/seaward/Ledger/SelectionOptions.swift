import ArgumentParser
import Ledger
import Monitoring

/// A day in UTC: `2026-11-23`.
struct DayText: ExpressibleByArgument {
    /// Days since 1970-01-01.
    let number: Int32

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
            (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // The inverse of `Timestamp.civil`, in whose text it must come back: there is no 30th of February.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(clamping: era * 146_097 + dayOfEra - 719_468)
        guard Self.text(number) == argument else { return nil }
    }

    static func text(_ number: Int32) -> String { String(Timestamp(day: number).text(fraction: 0).prefix(10)) }
}

/// Which findings of a ledger are meant.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The first day, in UTC: 2026-11-01. (default: the ledger's first)", valueName: "day"))
    var from: DayText?

    @Option(help: ArgumentHelp("The last day. (default: the ledger's last)", valueName: "day"))
    var to: DayText?

    @Option(help: ArgumentHelp("Only this vendor, by its pack's name; may be repeated.", valueName: "pack"))
    var vendor: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only this client: an address, a hardware address or a name; may be repeated.", valueName: "client"))
    var client: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only contacts in this country (ISO 3166-1), ZZ where it is unknown; may be repeated.", valueName: "code"))
    var country: [String] = []

    @Option(help: ArgumentHelp("Only findings as bad as this or worse.", valueName: "severity"))
    var severity = Severity.info

    func validate() throws {
        if let from, let to, from.number > to.number { throw ValidationError("--from is later than --to") }
    }

    var selection: Selection {
        var selection = Selection()
        selection.from = from?.number
        selection.to = to?.number
        selection.vendors = vendor
        selection.clients = client
        selection.countries = country.map { $0.uppercased() }
        selection.severity = severity
        return selection
    }
}
