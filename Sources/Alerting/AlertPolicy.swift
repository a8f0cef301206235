import Decoding
package import Monitoring

/// Which sightings become alerts: the first of each client, endpoint and method, and then one for each repeat
/// interval in which there were more.
package struct AlertPolicy: Sendable {
    private struct Key: Hashable {
        let client: IPAddress
        let endpoint: String
        let method: Method
        /// Counted apart: the first sighting behind the end of an exception opens an alert.
        let isExcepted: Bool
    }

    private struct State {
        var firstSeen: Timestamp
        var lastAlert: Timestamp
        /// Sightings that no alert has told yet.
        var untold = 0
    }

    /// In seconds; 0 alerts for every sighting.
    private let repeatInterval: Int64
    private var states: [Key: State] = [:]
    private let limit: Int

    /// States that had to go because the table was full.
    package private(set) var evicted: UInt64 = 0

    /// - Parameter limit: how many clients, endpoints and methods are remembered. 10,000 clients that each talk to 12
    ///   endpoints by both methods fill it; it takes some 50 MB then. When it is full, those longest without an alert go.
    package init(repeatInterval: Int64, limit: Int = 250_000) {
        self.repeatInterval = repeatInterval
        self.limit = limit
    }

    /// The alert that a sighting is worth, or nil.
    ///
    /// - Parameter exception: what excepts the sighting; the alert carries it.
    package mutating func alert(for sighting: Sighting, exceptedBy exception: Exception? = nil) -> Alert? {
        guard let endpoint = sighting.endpoint else { return nil }
        let key = Key(
            client: sighting.client, endpoint: endpoint.id, method: sighting.method, isExcepted: exception != nil)
        let time = sighting.time
        var state: State
        let action: Alert.Action
        if let known = states[key] {
            state = known
            state.untold += 1
            state.firstSeen = min(known.firstSeen, time)
            // Either way: a clock set back, or files in another order, must not silence a client.
            guard repeatInterval == 0 || abs(time.seconds(since: known.lastAlert)) >= repeatInterval else {
                states[key] = state
                return nil
            }
            action = .active
        } else {
            makeRoom()
            state = State(firstSeen: time, lastAlert: time, untold: 1)
            action = .opened
        }
        let count = state.untold
        state.lastAlert = time
        state.untold = 0
        states[key] = state
        // Whether others share the address that a client had resolved, nobody has told yet.
        let seen = Severity.Circumstances(
            isContact: sighting.isContact, category: endpoint.category,
            isSharedAddressOnly: sighting.method == .resolved || sighting.method == .address && endpoint.isShared)
        return Alert(
            action: action, sighting: sighting, endpoint: endpoint, severity: Severity(seen), count: count,
            firstSeen: state.firstSeen, exception: exception)
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
