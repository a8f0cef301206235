import Decoding
import Foundation
import Geography
import TestSupport
import Testing

/// The real files of Debian's package `tor-geoipdb`, which scripts/setup installs.
@Suite(.enabled(if: GeoFiles.areInstalled, "the package tor-geoipdb is not installed"))
struct TorGeoIPTests {
    /// Read once: a debug build takes seconds.
    private static let loaded = Result { try GeoFiles.load() }
    private let databases: [any GeoDatabase]

    init() throws { databases = try Self.loaded.get() }

    /// Half of IPv4, half of IPv6: those from the blocks that are in use.
    private func addresses(_ count: Int) -> [IPAddress] {
        var random = SeededRandom(seed: 2_026)
        let blocks: [UInt128] = [
            0x2001, 0x2400, 0x2408, 0x240e, 0x2600, 0x2606, 0x2800, 0x2a00, 0x2a02, 0x2a0e, 0x2c0f,
        ]
        return (0..<count).map { round in
            if round % 2 == 0 { return IPAddress(v4: UInt32.random(in: 0...UInt32.max, using: &random)) }
            let block = blocks.randomElement(using: &random) ?? 0x2001
            return IPAddress(bits: block << 112 | UInt128.random(in: 0..<(1 << 112), using: &random))
        }
    }

    @Test func `ten thousand addresses are where another program says`() throws {
        let addresses = addresses(10_000)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", GeographyTests.databases + "/look-up.py"] + GeoFiles.defaultPaths
        let scratch = try ScratchFolder()
        let questions = try scratch.file("questions", addresses.map { "\($0)\n" }.joined())
        let answers = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: questions))
        process.standardOutput = answers
        try process.run()
        let text = String(decoding: try answers.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let wanted = text.split(separator: "\n").map { String($0) }
        try #require(process.terminationStatus == 0 && wanted.count == addresses.count)
        for (address, country) in zip(addresses, wanted) {
            let found = databases.lazy.compactMap { $0.answer(for: address).country }.first ?? "-"
            #expect(found == country, "\(address)")
        }
        // Neither all nor none of them are somewhere.
        #expect((3_000..<9_900).contains(wanted.count { $0 != "-" }))
    }

    @Test func `name and date are those of the package's data`() throws {
        for database in databases {
            #expect(database.name == "tor-geoipdb (IPFire Project)")
            #expect(try #require(database.date).wholeMatch(of: /20[0-9]{2}-[0-9]{2}-[0-9]{2}/) != nil)
        }
    }

    /// Every code that the files hold has a name in both languages, but for the few that are nobody's.
    @Test func `every country has an English and a Chinese name`() throws {
        var codes: Set<String> = []
        for path in GeoFiles.defaultPaths {
            for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
            where line.first != UInt8(ascii: "#") {
                codes.insert(String(decoding: line.suffix(2), as: UTF8.self))
            }
        }
        #expect(codes.count > 200)
        let strange = codes.subtracting(CountryCode.all)
        #expect(strange.isSubset(of: ["??", "AB", "AN", "AP", "CS", "EU", "OS", "SU", "UK", "UN", "ZZ"]), "\(strange)")
        for code in codes.subtracting(strange) {
            for language in CountryName.Language.allCases {
                let name = CountryName.name(of: code, in: language)
                #expect(name != code && !name.isEmpty, "\(code)")
                let isChinese = name.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) }
                #expect(isChinese == (language == .simplifiedChinese), "\(code) \(name)")
            }
        }
    }
}
