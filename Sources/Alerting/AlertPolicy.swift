package import Monitoring

/// Which changes of findings become alerts: the first, each that makes it worse, and then one for each repeat interval
/// in which there was more.
package struct AlertPolicy: Sendable {
    private struct State {
        var lastAlert: Timestamp
        var severity: Severity
        /// What no alert has told yet.
        var news = Alert.News()
    }

    /// In seconds; 0 alerts for every sighting.
    private let repeatInterval: Int64
    private var states: [Finding.Key: State] = [:]
    private let limit: Int

    /// States that had to go because the table was full.
    package private(set) var evicted: UInt64 = 0

    /// - Parameter limit: how many findings are remembered. 10,000 clients with ten products each, looked up and
    ///   contacted, fill it; it takes some 50 MB then. When it is full, those longest without an alert go.
    package init(repeatInterval: Int64, limit: Int = 200_000) {
        self.repeatInterval = repeatInterval
        self.limit = limit
    }

    /// The alert that a change of a finding is worth, or nil.
    ///
    /// - Parameters:
    ///   - sighting: what changed it; nil where bytes did.
    ///   - traffic: the bytes that did.
    package mutating func alert(
        for key: Finding.Key, in table: FindingTable, sighting: Sighting?, traffic: Traffic? = nil
    ) -> Alert? {
        if sighting == nil, let traffic, let index = states.index(forKey: key) {
            // Most bytes change nothing that is worth an alert.
            let known = states.values[index]
            let isQuiet = abs(traffic.time.seconds(since: known.lastAlert)) < repeatInterval || repeatInterval == 0
            if isQuiet, table.severity(of: key) == known.severity {
                states.values[index].news.tally.add(traffic.tally)
                return nil
            }
        }
        guard let finding = table[key], let latest = sighting ?? finding.latest, let endpoint = latest.endpoint,
            let time = sighting?.time ?? traffic?.time
        else { return nil }
        // Who is known to be contacted is no longer told of for asking.
        if key.destination == .none, table.isContacted(key) { return nil }
        var state: State
        var action: Alert.Action?
        if let known = states[key] {
            state = known
        } else if let until = finding.storedUntil {
            // It was told of before the program was started anew.
            makeRoom()
            state = State(lastAlert: until, severity: finding.severity)
        } else {
            makeRoom()
            state = State(lastAlert: time, severity: finding.severity)
            let wasLookedUp = states[key.withoutContact].map { $0.severity < finding.severity } ?? false
            action = wasLookedUp ? .escalated : .opened
        }
        if sighting != nil { state.news.sightings += 1 }
        if let traffic { state.news.tally.add(traffic.tally) }
        if action == nil {
            if finding.severity > state.severity {
                action = .escalated
            } else if repeatInterval == 0
                // Either way: a clock set back, or files in another order, must not silence a client.
                ? sighting != nil : abs(time.seconds(since: state.lastAlert)) >= repeatInterval
            {
                action = .active
            }
        }
        guard let action else {
            states[key] = state
            return nil
        }
        let evidence = table.evidence(for: key)
        var news = state.news
        if action == .active {
            news.values = evidence.filter { $0.firstSeen > state.lastAlert }.map(\.value)
        }
        states[key] = State(lastAlert: time, severity: finding.severity)
        return Alert(
            action: action, finding: finding, evidence: evidence, sighting: latest, endpoint: endpoint, time: time,
            news: news)
    }

    /// Removes the older half of a full table at once, so that a flood does not search for each new entry.
    private mutating func makeRoom() {
        guard states.count >= limit else { return }
        let times = states.values.map(\.lastAlert).sorted()
        let middle = times[times.count / 2]
        let before = states.count
        states = states.filter { $0.value.lastAlert > middle }
        evicted += UInt64(before - states.count)
    }
}
