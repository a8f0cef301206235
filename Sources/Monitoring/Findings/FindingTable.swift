package import Decoding

/// Fuses sightings and traffic into findings, judges them, and keeps the findings of late in memory.
///
/// Not on the capture thread. Time comes with what is added.
package struct FindingTable: Sendable {
    package struct Settings: Sendable {
        /// Countries and territories from which nothing goes overseas.
        package var domestic: Set<String>
        /// More than this sent overseas within 24 hours is critical, in bytes.
        package var bytesThreshold: UInt64
        /// How many findings are kept; when there are more, the longest unseen go.
        package var limit: Int

        /// - Parameter limit: 10,000 hosts with products of ten vendors each; at some 2 KB a finding about 200 MB.
        package init(
            domestic: Set<String> = ["CN"], bytesThreshold: UInt64 = Severity.bytesThreshold, limit: Int = 100_000
        ) {
            self.domestic = domestic
            self.bytesThreshold = bytesThreshold
            self.limit = limit
        }
    }

    /// What a flow's bytes belong to.
    private struct OpenFlow {
        var key: Finding.Key
        var destination: IPAddress
        var method: Method
        var category: Category
        var place: Severity.Place
        var isSharedAddressOnly: Bool
        var applicationBytes: UInt64 = 0
        var isCounted = false
    }

    let settings: Settings
    private var findings: [Finding.Key: Finding] = [:]
    private var flows: [UInt64: OpenFlow] = [:]
    /// By client, vendor and product, where it was contacted.
    private var contacted: [Finding.Key: [Finding.Key]] = [:]
    /// Findings of hosts that nothing but an address is known of, by its text.
    private var byAddress: [String: Set<Finding.Key>] = [:]
    private var changed: Set<Finding.Key> = []
    private var removed: [Finding.Key] = []
    /// Findings that had to go because the table was full. What a store has of them stays there.
    package private(set) var evicted: UInt64 = 0
    /// Bytes of flows whose finding was gone.
    package private(set) var trafficUnplaced: UInt64 = 0

    package init(settings: Settings = Settings()) { self.settings = settings }

    package var count: Int { findings.count }

    package subscript(key: Finding.Key) -> Finding? { findings[key] }

    /// How bad a finding is, without a copy of it.
    package func severity(of key: Finding.Key) -> Severity? {
        findings.index(forKey: key).map { findings.values[$0].severity }
    }

    /// Everything that speaks for a finding: its own evidence and, behind it, the look-ups of its client, vendor and
    /// product.
    package func evidence(for key: Finding.Key) -> [Evidence] {
        let own = findings[key]?.evidence ?? []
        guard key.destination != .none, let lookups = findings[key.withoutContact] else { return own }
        return own + lookups.evidence
    }

    /// Whether a finding that was looked up only has become one that was contacted.
    package func isContacted(_ key: Finding.Key) -> Bool { contacted[key.withoutContact] != nil }

    // MARK: What comes in

    /// Takes in a sighting that an entry explains.
    ///
    /// - Parameters:
    ///   - place: of the server; nil where it is a proxy, or nothing was contacted.
    ///   - stored: what a store has of a finding in this recording.
    /// - Returns: the finding that it belongs to; nil where no entry explains it.
    package mutating func add(
        _ sighting: Sighting, of host: Host, at place: Place?, exceptedBy exception: Exception?,
        stored: (Finding.Key) -> Finding?
    ) -> Finding.Key? {
        guard let endpoint = sighting.endpoint else { return nil }
        let key = Finding.Key(
            host: host.id, vendor: endpoint.vendor.id, product: endpoint.product ?? "",
            destination: sighting.isContact ? place?.country.map { .code($0) } ?? .unknown : .none,
            exception: exception?.reason)
        open(key, sighting, endpoint, host, exception, stored)
        let isAgain = if case .dns(_, _, _, true) = sighting.detail { true } else { false }
        let time = sighting.time
        let standing = Self.place(place, domestic: settings.domestic)
        let seen = Severity.Circumstances(
            isContact: sighting.isContact, place: standing, category: endpoint.category,
            isSharedAddressOnly: sighting.rests(onSharedAddress: place))
        let severity = Severity(seen)
        modify(key) { finding in
            finding.host = host
            finding.note(sighting.method, sighting.value, endpoint, at: time, weight: isAgain ? 0 : 1)
            if let neighbour = sighting.neighbour, neighbour.id != endpoint.id { finding.note(neighbour, sighting) }
            finding.firstSeen = min(finding.firstSeen, time)
            finding.lastSeen = max(finding.lastSeen, time)
            finding.latest = sighting
            finding.day(of: time) { day in
                if !sighting.isContact, !isAgain { day.tally.lookups &+= 1 }
                day.severity = max(day.severity, severity)
            }
            finding.severity = max(finding.severity, severity)
            if sighting.isContact { finding.destination(sighting.server, place ?? Place(), at: time) { _ in } }
        }
        if sighting.contact != 0 { openFlow(sighting, endpoint, key, standing, seen.isSharedAddressOnly) }
        return key
    }

    /// Takes in what a flow of an earlier sighting carried.
    ///
    /// - Returns: the finding that it belongs to; nil where it is gone.
    package mutating func add(_ traffic: Traffic) -> Finding.Key? {
        guard var flow = flows[traffic.contact], findings[flow.key] != nil else {
            flows[traffic.contact] = nil
            trafficUnplaced &+= traffic.tally.bytesOut &+ traffic.tally.bytesIn
            return nil
        }
        flow.applicationBytes &+= traffic.tally.applicationBytesOut
        let isNew = !flow.isCounted
        flow.isCounted = true
        let threshold = settings.bytesThreshold
        modify(flow.key) { finding in
            if !flow.isSharedAddressOnly { finding.window.add(traffic.tally.bytesOut, at: traffic.time) }
            let severity = Severity(
                Severity.Circumstances(
                    isContact: true, place: flow.place, category: flow.category,
                    sentApplicationData: flow.applicationBytes > 0, bytesSent: finding.window.sum,
                    isSharedAddressOnly: flow.isSharedAddressOnly), bytesThreshold: threshold)
            finding.firstSeen = min(finding.firstSeen, traffic.start)
            finding.lastSeen = max(finding.lastSeen, traffic.time)
            if isNew { finding.rhythm.note(traffic.start) }
            finding.day(of: traffic.time) { day in
                day.tally.add(traffic.tally)
                day.severity = max(day.severity, severity)
            }
            finding.severity = max(finding.severity, severity)
            finding.destination(flow.destination, nil, at: traffic.time) { $0.tally.add(traffic.tally) }
        }
        flows[traffic.contact] = traffic.isLast ? nil : flow
        return flow.key
    }

    /// Gives the findings of an address to the host that turned out to stand behind it.
    ///
    /// - Parameter earliest: what was last seen before may have been another host's.
    package mutating func adopt(_ address: IPAddress, into host: Host, since earliest: Timestamp) {
        let former = Host(at: address).id
        guard host.id != former, let keys = byAddress[former] else { return }
        for key in keys {
            guard let finding = findings[key], finding.lastSeen >= earliest else { continue }
            var owned = key
            owned.host = host.id
            move(finding, to: owned, of: host)
        }
    }

    /// Begins another recording: what was counted before is another's. Ask for the changes first.
    package mutating func startRecording() {
        for key in Array(findings.keys) { findings[key]?.startRecording() }
    }

    /// Findings that changed since this was last asked, and those that became others; in a fixed order.
    package mutating func takeChanges() -> (findings: [Finding], removed: [Finding.Key]) {
        let keys = changed.sorted { $0.sortKey < $1.sortKey }
        defer { forgetChanges() }
        return (keys.compactMap { findings[$0] }, removed)
    }

    /// Says that nobody will ask for the changes until now.
    package mutating func forgetChanges() {
        changed = []
        removed = []
    }

    /// Nine tenths of the room are taken, by findings that may have changed since this was last asked for.
    package var isNearlyFull: Bool { findings.count >= settings.limit / 10 * 9 && !changed.isEmpty }

    /// Has findings told of again: they could not be stored.
    package mutating func repeatChanges(_ findings: [Finding], _ removed: [Finding.Key]) {
        changed.formUnion(findings.map(\.key).filter { self.findings[$0] != nil })
        self.removed = removed + self.removed
    }

    // MARK: The table

    private mutating func open(
        _ key: Finding.Key, _ sighting: Sighting, _ endpoint: Endpoint, _ host: Host, _ exception: Exception?,
        _ stored: (Finding.Key) -> Finding?
    ) {
        guard findings[key] == nil else { return }
        makeRoom()
        var finding =
            stored(key).map { known in
                var finding = known
                finding.storedUntil = known.lastSeen
                return finding
            }
            ?? Finding(
                key: key, host: host, vendor: endpoint.vendor, exception: exception, firstSeen: sighting.time,
                lastSeen: sighting.time)
        finding.exception = exception
        insert(finding)
    }

    private mutating func insert(_ finding: Finding) {
        let key = finding.key
        findings[key] = finding
        if key.destination != .none { contacted[key.withoutContact, default: []].append(key) }
        if finding.host.identity == .address { byAddress[key.host, default: []].insert(key) }
    }

    private mutating func remove(_ key: Finding.Key) {
        findings[key] = nil
        changed.remove(key)
        byAddress[key.host]?.remove(key)
        if byAddress[key.host]?.isEmpty == true { byAddress[key.host] = nil }
        contacted[key.withoutContact]?.removeAll { $0 == key }
        if contacted[key.withoutContact]?.isEmpty == true { contacted[key.withoutContact] = nil }
    }

    private mutating func modify(_ key: Finding.Key, _ change: (inout Finding) -> Void) {
        guard let index = findings.index(forKey: key) else { return }
        change(&findings.values[index])
        changed.insert(key)
    }

    private mutating func move(_ finding: Finding, to key: Finding.Key, of host: Host) {
        remove(finding.key)
        removed.append(finding.key)
        var moved = finding
        moved.key = key
        moved.host = host
        if let known = findings[key] {
            moved = known.joined(with: moved)
            findings[key] = moved
        } else {
            insert(moved)
        }
        changed.insert(key)
        for (number, flow) in flows where flow.key == finding.key { flows[number]?.key = key }
    }

    private mutating func openFlow(
        _ sighting: Sighting, _ endpoint: Endpoint, _ key: Finding.Key, _ place: Severity.Place, _ isShared: Bool
    ) {
        // The surest of what a flow shows says whose its bytes are.
        if let known = flows[sighting.contact], known.method.rank < sighting.method.rank { return }
        var flow = OpenFlow(
            key: key, destination: sighting.server, method: sighting.method, category: endpoint.category,
            place: place, isSharedAddressOnly: isShared)
        if let known = flows[sighting.contact] {
            flow.applicationBytes = known.applicationBytes
            flow.isCounted = known.isCounted
        }
        flows[sighting.contact] = flow
    }

    /// Removes the tenth of a full table that was not seen for longest, so that a flood does not search for each new
    /// finding. Whoever stores findings asks for the changes before it is full.
    private mutating func makeRoom() {
        guard findings.count >= settings.limit else { return }
        let times = findings.values.map(\.lastSeen).sorted()
        let oldest = times[times.count / 10]
        let leaving = findings.filter { $0.value.lastSeen <= oldest }.map(\.key)
        for key in leaving { remove(key) }
        evicted &+= UInt64(leaving.count)
    }

    private static func place(_ place: Place?, domestic: Set<String>) -> Severity.Place {
        // The server may stand at home or abroad.
        guard let place, let country = place.country, !place.isUncertain else { return .unknown }
        return domestic.contains(country) ? .home : .overseas
    }
}

extension Sighting {
    /// Nothing but an address speaks for it, and others have that address as well: many tenants share it.
    fileprivate func rests(onSharedAddress place: Place?) -> Bool {
        switch method {
        case .address, .resolved: endpoint?.isShared == true || place?.operator != nil
        case .dns, .tlsSNI, .quicSNI, .dtlsSNI, .certificate, .httpHost, .userAgent, .connect, .socks, .mac: false
        }
    }
}

extension Finding.Key {
    /// By vendor, product, client and country, for an order that is the same everywhere.
    package var sortKey: String {
        "\(vendor)\u{0}\(product)\u{0}\(host)\u{0}\(destination.text)\u{0}\(exception ?? "")"
    }
}
