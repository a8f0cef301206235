import Decoding
import Foundation
import Geography
import Monitoring
import TestSupport
import Testing

@Suite struct MaxMindFileTests {
    private func answer(_ text: String, in file: String) throws -> GeoAnswer {
        try MaxMindFile("\(databases)/\(file)").answer(for: try address(text))
    }

    @Test func `name and date come from the metadata`() throws {
        let country = try MaxMindFile("\(databases)/country.mmdb")
        #expect(country.name == "GeoLite2-Country" && country.date == "2026-11-01")
        #expect(try MaxMindFile("\(databases)/country-v4.mmdb").name == "country-v4.mmdb")
    }

    @Test(arguments: [
        ("192.0.2.1", "CN", false),
        ("192.0.2.129", "US", true),  // anycast
        ("198.51.100.1", "DE", true),  // where it was registered
        ("203.0.113.1", nil, false),  // no code
        ("2001:db8:1::1", "JP", false),
        ("2001:db8:2::1", nil, false),  // `ZZ`
        ("2001:db8:3::1", nil, false),  // not in it
        ("240.0.0.1", nil, false),
    ])
    func `MaxMind's layout tells a country`(_ text: String, _ country: String?, _ isUncertain: Bool) throws {
        #expect(try answer(text, in: "country.mmdb") == GeoAnswer(country: country, isUncertain: isUncertain))
    }

    @Test func `MaxMind's layout tells an autonomous system, its name fit for a terminal`() throws {
        let first = try answer("192.0.2.1", in: "asn.mmdb")
        #expect(first.country == nil)
        #expect(first.autonomousSystem == AutonomousSystem(number: 64_496, organisation: "Example Networks"))
        let second = try answer("2001:db8:ffff::1", in: "asn.mmdb").autonomousSystem
        #expect(second?.organisation == "Bei\u{FFFD}spiel \u{FFFD}Netz")
        #expect(try answer("198.51.100.1", in: "asn.mmdb").autonomousSystem?.organisation?.utf8.count == 200)
    }

    @Test func `IPinfo's layout tells both`() throws {
        let first = try answer("192.0.2.1", in: "ipinfo.mmdb")
        let system = AutonomousSystem(number: 64_496, organisation: "Example Networks")
        #expect(first == GeoAnswer(country: "US", autonomousSystem: system))
        let second = try answer("198.51.100.1", in: "ipinfo.mmdb")
        #expect(second.country == "SG" && second.isUncertain)
        #expect(second.autonomousSystem == AutonomousSystem(number: 64_499, organisation: "Example Asia"))
        #expect(try answer("203.0.113.1", in: "ipinfo.mmdb") == GeoAnswer())
    }

    @Test func `a file about IPv4 knows nothing of IPv6, and that is no damage`() throws {
        let file = try MaxMindFile("\(databases)/country-v4.mmdb")
        #expect(file.answer(for: try address("192.0.2.1")).country == "BR")
        #expect(file.answer(for: try address("2001:db8:1::1")) == GeoAnswer() && file.damageCount == 0)
    }

    // MARK: Damage

    /// Each is opened and asked, or refused with a reason; reading it never ends the program.
    @Test func `a file cut anywhere is refused`() throws {
        let scratch = try ScratchFolder()
        let whole = try Data(contentsOf: URL(fileURLWithPath: "\(databases)/country.mmdb"))
        for length in stride(from: 0, to: whole.count, by: 7) {
            let path = try scratch.file("cut.mmdb", whole.prefix(length))
            let error = #expect(throws: GeoError.self, "\(length)") { try GeoFiles.load([path]) }
            #expect(error?.description.hasPrefix("\(path):") == true)
        }
    }

    @Test(arguments: ["country.mmdb", "asn.mmdb", "ipinfo.mmdb"])
    func `a file with damaged bytes answers, or refuses, and counts`(_ name: String) throws {
        let scratch = try ScratchFolder()
        let whole = try Data(contentsOf: URL(fileURLWithPath: "\(databases)/\(name)"))
        let asked = try ["192.0.2.1", "192.0.2.129", "198.51.100.1", "203.0.113.1", "2001:db8:1::1", "255.255.255.255"]
            .map(address)
        var random = SeededRandom(seed: 7)
        var (refused, damaged, changed) = (0, 0, 0)
        let sound = try MaxMindFile("\(databases)/\(name)")
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let file = try? MaxMindFile(try scratch.file("damaged.mmdb", bytes)) else {
                refused += 1
                continue
            }
            for address in asked {
                let answer = file.answer(for: address)
                if answer != sound.answer(for: address) { changed += 1 }
                #expect(answer.country?.utf8.count ?? 2 == 2)
                #expect(answer.autonomousSystem?.organisation?.utf8.count ?? 0 <= 600)
            }
            damaged += file.damageCount
        }
        #expect(refused > 0 && damaged > 0 && changed > 0)
    }
}
