/// How a report is written. The raw value is the word on the command line.
package enum ReportFormat: String, CaseIterable, Sendable { case html, md, csv, json }

extension Report {
    /// The report as a file. The same report gives the same bytes.
    ///
    /// - Parameter countryName: the name of an ISO 3166-1 alpha-2 code in the language, of Unicode CLDR.
    package func text(
        _ format: ReportFormat, in language: Language, countryName: @escaping (String) -> String
    ) -> String {
        let composer = Composer(report: self, language: language, countryName: countryName)
        switch format {
        case .html: return HTMLPage(document: composer.document()).text()
        case .md: return MarkdownPage(document: composer.document()).text()
        case .csv: return FindingTable(composer: composer).text()
        case .json: return ReportObject(composer: composer).text()
        }
    }
}
