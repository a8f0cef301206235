import Foundation
import Reporting
import Testing

struct SampleFilesTests {
    static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// Writes every sample in every language and format. `SEAWARD_REPORTS` names a folder to keep them in.
    @Test func `other programs read every sample without complaint`() throws {
        let kept = ProcessInfo.processInfo.environment["SEAWARD_REPORTS"].map { URL(fileURLWithPath: $0) }
        let folder = kept ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { if kept == nil { try? FileManager.default.removeItem(at: folder) } }
        for name in Samples.names {
            let report = Samples.report(name)
            for language in Language.allCases {
                // Of the huge one the bounded formats; its JSON is a hundred megabytes.
                for format in ReportFormat.allCases where name != "huge" || format == .html || format == .md {
                    let file = folder.appendingPathComponent("\(name).\(language.rawValue).\(format.rawValue)")
                    try Data(report.text(format, language).utf8).write(to: file)
                }
            }
        }
        let check = Process()
        check.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        check.arguments = [Self.tests.appendingPathComponent("check-report.py").path, folder.path]
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
    }
}
