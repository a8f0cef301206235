import Decoding
import Ledger
import Monitoring
import TestSupport

/// A product on a host: what a sensor has counted of it, from its first day to its removal.
struct Agent {
    private let host: Host
    private let product: Product
    private let isServer, isBlocked: Bool
    private let country: String
    private let installed, removed: Int32
    private var contact, lookup: Finding
    /// Days told of: what the ledger has needs all of it only now and then.
    private var age = 0

    /// - Parameter days: of the year. Six agents in ten are removed on one of them.
    init(
        host: Host, product: Product, isServer: Bool, country: String, days: ClosedRange<Int32>,
        _ random: inout SeededRandom
    ) {
        self.host = host
        self.product = product
        self.isServer = isServer
        self.country = country
        isBlocked = random.happens(0.15)
        installed = random.happens(0.8) ? days.lowerBound : days.lowerBound + Int32(random.below(days.count))
        removed = random.happens(0.6) ? installed + Int32(random.below(days.count)) : .max
        let start = Timestamp(day: installed)
        let key = Finding.Key(
            host: host.id, vendor: product.vendor.id, product: product.name, destination: .code(country))
        contact = Finding(key: key, host: host, vendor: product.vendor, firstSeen: start, lastSeen: start)
        lookup = Finding(
            key: key.withoutContact, host: host, vendor: product.vendor, firstSeen: start, lastSeen: start)
    }

    func works(on day: Int32, _ random: inout SeededRandom) -> Bool {
        guard day >= installed, day < removed else { return false }
        // Day 0 was a Thursday: 2 and 3 are the weekend. People are away now and then.
        let isWeekend = [2, 3].contains(day % 7)
        return isServer || !isWeekend && random.happens(0.93) || random.happens(0.02)
    }

    mutating func findings(
        of day: Int32, _ random: inout SeededRandom
    ) -> (findings: [Finding], alerts: [AlertEntry]) {
        let start = Timestamp(
            nanoseconds: Timestamp(day: day).nanoseconds + Int64(random.below(40_000)) * 1_000_000_000)
        let end = Timestamp(nanoseconds: start.nanoseconds + Int64(random.number(in: 1_000...40_000)) * 1_000_000_000)
        let isFull = age % 10 == 0
        age += 1
        var lookups = Tally()
        lookups.lookups = UInt64(random.number(in: 4...200))
        lookup = told(lookup, lookups, .info, start, end, isFull ? evidence(.dns, start, end, &random) : [], [])
        guard !isBlocked else { return ([lookup], age == 1 ? [alert(lookup, start, "opened")] : []) }

        var tally = Tally()
        tally.flows = UInt64(random.number(in: 5...400))
        tally.packetsOut = tally.flows * UInt64(random.number(in: 8...60))
        tally.packetsIn = tally.packetsOut * 5 / 4
        tally.bytesOut = tally.packetsOut * UInt64(random.number(in: 80...700))
        tally.bytesIn = tally.packetsIn * UInt64(random.number(in: 80...1_200))
        tally.applicationBytesOut = tally.bytesOut * 3 / 5
        let severity: Severity =
            country == "CN" || product.isPortal ? .notice : random.happens(0.3) ? .critical : .warning
        let evidence = isFull ? evidence(.tlsSNI, start, end, &random) : []
        let servers = isFull ? destinations(tally, start, end, &random) : []
        contact = told(contact, tally, severity, start, end, evidence, servers)
        return ([lookup, contact], alerts(contact, start, end))
    }

    /// The finding of the days before with one more.
    private func told(
        _ before: Finding, _ tally: Tally, _ severity: Severity, _ start: Timestamp, _ end: Timestamp,
        _ evidence: [Evidence], _ destinations: [Destination]
    ) -> Finding {
        let isContact = before.key.destination != .none
        var starts = before.rhythm.memory
        if isContact { starts += (0..<6).map { start.nanoseconds + $0 * 600_000_000_000 } }
        return Finding(
            key: before.key, host: host, vendor: product.vendor,
            firstSeen: age == 1 ? start : before.firstSeen, lastSeen: max(before.lastSeen, end),
            severity: max(before.severity, severity), evidence: evidence, destinations: destinations,
            days: [Day(number: start.day, tally: tally, severity: severity)],
            rhythm: Rhythm(contacts: before.rhythm.contacts + (isContact ? 6 : 0), starts: starts))
    }

    private func evidence(
        _ method: Monitoring.Method, _ start: Timestamp, _ end: Timestamp, _ random: inout SeededRandom
    ) -> [Evidence] {
        product.endpoints.prefix(random.number(in: 2...10)).map { endpoint in
            Evidence(
                method: method, value: "\(endpoint.subject)".replacing("*", with: "eu1"), endpoint: endpoint,
                count: UInt64(age * random.number(in: 1...40)), firstSeen: start, lastSeen: end)
        }
    }

    private func destinations(
        _ tally: Tally, _ start: Timestamp, _ end: Timestamp, _ random: inout SeededRandom
    ) -> [Destination] {
        let place = Place(
            country: country, autonomousSystem: AutonomousSystem(number: 64_496, organisation: "Example Cloud"),
            operator: random.happens(0.5) ? "Example Cloud" : nil, basis: "made up 2026-11-01")
        return (0..<random.number(in: 1...5)).map { _ in
            Destination(
                address: IPAddress(v4: random.element(of: product.servers)), place: place, tally: tally,
                firstSeen: start,
                lastSeen: end)
        }
    }

    /// The first day one that it is there, and then one an hour that it goes on.
    private func alerts(_ finding: Finding, _ start: Timestamp, _ end: Timestamp) -> [AlertEntry] {
        let hours = stride(from: start.nanoseconds, to: end.nanoseconds, by: 3_600_000_000_000).map {
            alert(finding, Timestamp(nanoseconds: $0), "active")
        }
        return (age == 1 ? [alert(finding, start, "opened")] : []) + hours.dropFirst()
    }

    private func alert(_ finding: Finding, _ time: Timestamp, _ action: String) -> AlertEntry {
        let key = "\(finding.key.sortKey) \(time.nanoseconds) \(action)"
        // FNV-1a in 128 bits.
        let id = key.utf8.reduce(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d as UInt128) {
            ($0 ^ UInt128($1)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        return AlertEntry(
            id: String(id, radix: 16), time: time, action: action, severity: finding.severity, finding: finding.key,
            reason: "\(host.name ?? host.id) talks to \(product.vendor.name), \(product.name), in \(country)")
    }
}
