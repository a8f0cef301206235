import Decoding
import Ledger
import Monitoring
import Reporting

/// Whole reports: what they look like is judged by people.
extension Samples {
    static let names = ["rich", "empty", "huge", "clean", "clean-but-blind"]

    static func report(_ name: String) -> Report {
        switch name {
        case "rich": Report(rich, settings)
        case "empty": Report(extract(hours: [], recordings: []), settings)
        case "huge": Report(huge(hosts: 10_000), settings)
        case "clean": Report(extract(), settings)
        default: Report(extract(hours: poorHours), settings)
        }
    }

    /// 16 vendors, 40 hosts, several countries, exceptions, silences, a contradiction, days of poor coverage.
    static var rich: Extract {
        let products = ["Cortex XDR", "", "FortiGate", "Agent", "Console"]
        let countries: [Destination.Country] = [
            .code("US"), .code("US"), .code("DE"), .code("IL"), .code("JP"), .code("HK"), .code("CN"), .unknown, .none,
        ]
        var findings: [Extract.Entry] = []
        var quiet: [Extract.Entry] = []
        for number in 0..<40 {
            for turn in 0..<(1 + number % 3) {
                let vendor = vendors[(number * 7 + turn * 5) % vendors.count]
                let country = countries[(number * 5 + turn * 2) % countries.count]
                let severity: Severity =
                    switch country {
                    case .none: .info
                    case .unknown, .code("CN"): .notice
                    default: (number + turn) % 3 == 0 ? .critical : .warning
                    }
                let isQuiet = number % 6 == 5 || vendor.id == "mandiant"
                let last = isQuiet ? to - 9 - Int32(number % 5) : to - Int32(number % 3)
                let entry = entry(
                    host: host(number), vendor: vendor, product: products[(number + turn) % 5], country: country,
                    severity: severity, bytesOut: bytes(number, turn), days: Array(from + Int32(number % 9)...last),
                    exception: agreed(number), confidence: Confidence.allCases[(number + turn * 2 + 2) % 3],
                    isContradicted: number == 9, beat: number % 2 == 0 ? .init(interval: 300, jitter: 2.5) : nil,
                    evidenceCount: 1 + (number + turn) % 14)
                if isQuiet { quiet.append(entry) }
                findings.append(entry)
            }
        }
        findings.sort(by: isWorse)
        var extract = extract(findings: findings, quiet: quiet, hours: fairHours)
        extract.alerts = [
            .init(action: "opened", severity: .critical, count: 14),
            .init(action: "opened", severity: .warning, count: 31),
            .init(action: "escalated", severity: .critical, count: 5),
            .init(action: "active", severity: .warning, count: 212),
        ]
        return extract
    }

    private static func bytes(_ number: Int, _ turn: Int) -> UInt64 {
        UInt64((number * 13 + turn * 5) % 29 + 1) * 40_000
    }

    private static func agreed(_ number: Int) -> Extract.ExceptionText? {
        switch number {
        case 4: .init(reason: "Licence server until migration ends", approvedBy: "CISO", until: "2027-03-31")
        case 16: .init(reason: "灾备系统过渡期保留", approvedBy: nil, until: nil)
        default: nil
        }
    }

    /// The order of an extract.
    private static func isWorse(_ left: Extract.Entry, _ right: Extract.Entry) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        return left.tally.bytesOut > right.tally.bytesOut
    }

    /// Some days with hours missing, some with losses.
    static var fairHours: [CoverageHour] {
        (Int64(from) * 24..<(Int64(to) + 1) * 24).compactMap { number in
            let (day, ofDay) = (number / 24, number % 24)
            if day % 9 == 4 && ofDay < 15 || day % 13 == 2 { return nil }
            var hour = hour(number)
            hour.packets += UInt64(number % 7) * 90_000
            if day % 6 == 1 { hour.kernelDrops = 9_000 }
            hour.sequenceGaps = UInt64(number % 5)
            return hour
        }
    }

    /// Half the time, with losses, and one direction only.
    static var poorHours: [CoverageHour] {
        (Int64(from) * 24..<(Int64(to) + 1) * 24).filter { $0 % 24 < 12 }.map { number in
            var hour = hour(number)
            hour.kernelDrops = 40_000
            hour.oneWayFlows = 7_000
            return hour
        }
    }

    /// Each host with three vendors.
    static func huge(hosts: Int) -> Extract {
        let places = ["US", "DE", "JP", "SG", "GB", "FR", "NL", "IE", "AU", "IN", "BR", "CA"]
        var findings: [Extract.Entry] = []
        for number in 0..<hosts {
            for turn in 0..<3 {
                let (vendor, place) = (
                    vendors[(number + turn * 3) % vendors.count], places[(number + turn) % places.count]
                )
                findings.append(
                    entry(
                        host: host(number), vendor: vendor, country: .code(place),
                        severity: turn == 0 ? .critical : .warning, bytesOut: UInt64(number % 977 + 1) * 3_000,
                        days: [to - 3, to - 1], evidenceCount: 3))
            }
        }
        findings.sort(by: isWorse)
        return extract(findings: findings, quiet: Array(findings.suffix(2_000)))
    }
}
