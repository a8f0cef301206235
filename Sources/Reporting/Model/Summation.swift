import Ledger
package import Monitoring

/// Findings added up.
package struct Summation: Sendable {
    package private(set) var findings = 0
    /// By severity, the least severe first.
    package private(set) var bySeverity = Array(repeating: 0, count: Severity.allCases.count)
    /// Hosts that contacted somebody, and all hosts, by identifier.
    package private(set) var contactingHosts: Set<String> = []
    package private(set) var hosts: Set<String> = []
    /// Packs' identifiers: vendors that were contacted, and all.
    package private(set) var contactedVendors: Set<String> = []
    package private(set) var vendors: Set<String> = []
    package private(set) var countries: Set<String> = []
    package private(set) var criticalHosts: Set<String> = []
    package private(set) var severity = Severity.info
    package private(set) var confidence = Confidence.low
    /// Contacts and bytes. Look-ups are not added up: those of one client and vendor are part of several findings.
    package private(set) var flows: UInt64 = 0
    package private(set) var bytesOut: UInt64 = 0
    package private(set) var bytesIn: UInt64 = 0
    package private(set) var bytesOutOverseas: UInt64 = 0
    package private(set) var applicationBytesOutOverseas: UInt64 = 0
    package private(set) var bytesOutUnknown: UInt64 = 0
    package private(set) var firstSeen, lastSeen: Timestamp?

    init(_ entries: [Extract.Entry] = [], home: Set<String> = []) {
        for entry in entries { add(entry, home: home) }
    }

    mutating func add(_ entry: Extract.Entry, home: Set<String>) {
        findings += 1
        bySeverity[Self.index(entry.severity)] += 1
        hosts.insert(entry.key.host)
        vendors.insert(entry.key.vendor)
        if entry.severity == .critical { criticalHosts.insert(entry.key.host) }
        severity = max(severity, entry.severity)
        confidence = max(confidence, entry.confidence)
        firstSeen = min(firstSeen ?? entry.firstSeen, entry.firstSeen)
        lastSeen = max(lastSeen ?? entry.lastSeen, entry.lastSeen)
        guard entry.isContact else { return }
        contactingHosts.insert(entry.key.host)
        contactedVendors.insert(entry.key.vendor)
        countries.insert(entry.key.destination.text)
        flows &+= entry.tally.flows
        bytesOut &+= entry.tally.bytesOut
        bytesIn &+= entry.tally.bytesIn
        if entry.isOverseas(home) {
            bytesOutOverseas &+= entry.tally.bytesOut
            applicationBytesOutOverseas &+= entry.tally.applicationBytesOut
        } else if entry.key.destination == .unknown {
            bytesOutUnknown &+= entry.tally.bytesOut
        }
    }

    package func count(_ severity: Severity) -> Int { bySeverity[Self.index(severity)] }

    private static func index(_ severity: Severity) -> Int {
        switch severity {
        case .info: 0
        case .notice: 1
        case .warning: 2
        case .critical: 3
        }
    }
}

/// The findings of one vendor, host or country, added up.
package struct Grouped<Value: Sendable>: Sendable {
    /// A pack's identifier, a host's, or the text of a country.
    package let id: String
    package let value: Value
    package var sum: Summation

    /// The worst first, then by bytes sent, then by identifier.
    static func groups(
        _ entries: [Extract.Entry], home: Set<String>, id: (Extract.Entry) -> String, value: (Extract.Entry) -> Value
    ) -> [Grouped] {
        var places: [String: Int] = [:]
        var groups: [Grouped] = []
        for entry in entries {
            let id = id(entry)
            let place = places[id, default: groups.count]
            if place == groups.count {
                places[id] = place
                groups.append(Grouped(id: id, value: value(entry), sum: Summation()))
            }
            groups[place].sum.add(entry, home: home)
        }
        return groups.sorted { left, right in
            if left.sum.severity != right.sum.severity { return left.sum.severity > right.sum.severity }
            if left.sum.bytesOut != right.sum.bytesOut { return left.sum.bytesOut > right.sum.bytesOut }
            return left.id < right.id
        }
    }
}

/// What one day sent.
package struct DayTotal: Sendable {
    /// Days since 1970-01-01, in UTC.
    package let number: Int32
    package var bytesOut: UInt64 = 0
    package var bytesOutOverseas: UInt64 = 0
    /// By pack's identifier.
    package var byVendor: [String: UInt64] = [:]

    /// Days that one report can tell one by one: ten years and a leap day or two.
    package static let limit: Int32 = 3_660

    /// Every day of the period, in order, of a longer one the last days.
    static func days(_ entries: [Extract.Entry], from: Int32, to: Int32, home: Set<String>) -> [DayTotal] {
        let first = max(from, Int32(clamping: Int64(to) - Int64(limit - 1)))
        var days = (first...to).map { DayTotal(number: $0) }
        for entry in entries where entry.isContact {
            let isOverseas = entry.isOverseas(home)
            for day in entry.days where day.number >= first && day.number <= to {
                let place = Int(day.number - first)
                days[place].bytesOut &+= day.tally.bytesOut
                if isOverseas { days[place].bytesOutOverseas &+= day.tally.bytesOut }
                days[place].byVendor[entry.key.vendor, default: 0] &+= day.tally.bytesOut
            }
        }
        return days
    }
}
