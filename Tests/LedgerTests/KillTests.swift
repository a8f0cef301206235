import Foundation
import Ledger
import Monitoring
import TestSupport
import Testing

/// A program that is killed while it writes: nothing that it said was written is lost, and nothing is there by halves.
@Suite struct KillTests {
    private let scratch = Scratch()

    /// Built beside the tests: Tests/Benchmarks/LedgerMaker/Count.swift.
    private var maker: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("ledger-maker")
    }

    /// Lets it write for a while, kills it, and gives the last number that it said whole.
    private func countAndKill(microseconds: UInt32) throws -> UInt64 {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = maker
        process.arguments = ["count", scratch.file()]
        process.standardOutput = pipe
        try process.run()
        // From the first batch on, so that each run is killed while it writes.
        var said = try pipe.fileHandleForReading.read(upToCount: 1) ?? Data()
        usleep(microseconds)
        kill(process.processIdentifier, SIGKILL)
        said += try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationReason == .uncaughtSignal, "it ended by itself")
        let whole = said.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        return whole.last.flatMap { UInt64(String(decoding: $0, as: UTF8.self)) } ?? 0
    }

    @Test func `twenty kills at any moment lose nothing that was written, and tear nothing`() throws {
        var random = SeededRandom(seed: 20)
        var before: UInt64 = 0
        for round in 0..<20 {
            let said = try countAndKill(microseconds: .random(in: 0...60_000, using: &random))
            let ledger = try Ledger(path: scratch.file(), mode: .read)
            #expect(try ledger.check() == [], "round \(round)")
            let found = try ledger.extract(Selection())
            let counts = Set(found.findings.map(\.tally.flows))
            let count = try #require(counts.first)
            // One batch may have been written and not been said.
            #expect(counts.count == 1 && found.findings.count == 40 && count >= said && count <= max(said, before) + 1)
            let parts = found.findings.flatMap { [$0.evidence.map(\.count), $0.destinations.map(\.tally.flows)] }
            #expect(Set(parts) == [[count]], "round \(round)")
            before = count
        }
        #expect(before > 20)
    }
}
