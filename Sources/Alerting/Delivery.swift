import Dispatch
package import Monitoring
import Synchronization

/// Takes what the monitor saw off the capture thread: through a bounded mailbox to one serial queue, which makes
/// findings and alerts of it, hands the alerts to every sink and the findings to the ledger.
package final class Delivery: Sendable {
    /// What to do when observations come faster than they can be worked on.
    package enum Pressure: Sendable {
        /// Let the reader wait: a file has time.
        case wait
        /// Drop sightings and count them, and add the bytes of each flow up: packets have no time.
        case drop
    }

    /// architecture.md, Bounds: at 470 bytes each about 30 MB.
    private static let limit = 65_536

    /// What is worked on in the order in which it came.
    private enum Entry {
        case observations(Observations)
        case recording(Recording)
        case hours([CoverageHour], until: Timestamp?)
    }

    private struct Mailbox {
        var entries: [Entry] = []
        /// Of sightings and traffic in them.
        var count = 0
        /// What did not fit of each flow's bytes, added up.
        var overflow: [UInt64: Traffic] = [:]
        var isScheduled = false
        var dropped: UInt64 = 0

        mutating func add(_ observations: Observations, isBounded: Bool) {
            var kept = observations
            let room = max(Delivery.limit - count, 0)
            if isBounded, observations.sightings.count + observations.traffic.count > room {
                kept.sightings = Array(observations.sightings.prefix(room))
                kept.traffic = []
                dropped += UInt64(observations.sightings.count - kept.sightings.count)
                for traffic in observations.traffic { overflow.add(traffic) }
            }
            guard !kept.isEmpty else { return }
            entries.append(.observations(kept))
            count += kept.sightings.count + kept.traffic.count
        }
    }

    private let mailbox = Mutex(Mailbox())
    private let desk: Mutex<Desk>
    private let queue = DispatchQueue(label: "seaward.delivery")
    private let pressure: Pressure

    package init(_ desk: sending Desk, pressure: Pressure) {
        self.desk = Mutex(desk)
        self.pressure = pressure
    }

    /// Posts what the monitor saw. Called from the capture thread only.
    package func post(_ observations: Observations) {
        guard !observations.isEmpty else { return }
        let count = observations.sightings.count + observations.traffic.count
        if pressure == .wait, mailbox.withLock({ $0.count }) + count > Self.limit { queue.sync {} }
        let isBounded = pressure == .drop
        put { $0.add(observations, isBounded: isBounded) }
    }

    private func put(_ change: (inout Mailbox) -> Void) {
        let mustSchedule = mailbox.withLock { mailbox in
            change(&mailbox)
            defer { mailbox.isScheduled = true }
            return !mailbox.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Has what is due written to the ledger; for times in which nothing is posted.
    package func tick() { queue.async { self.desk.withLock { $0.store(isDue: false) } } }

    /// What follows belongs to another recording.
    package func start(_ recording: Recording) { put { $0.entries.append(.recording(recording)) } }

    /// Takes in what the sensor could see, and when, as the absolute counts of the recording.
    package func note(_ hours: [CoverageHour], until lastPacket: Timestamp?) {
        put { $0.entries.append(.hours(hours, until: lastPacket)) }
    }

    /// Sightings that found the mailbox full.
    package var sightingsDropped: UInt64 { mailbox.withLock { $0.dropped } }

    /// Puts other exceptions in force, from the next sighting on.
    package func replace(_ exceptions: ExceptionList) { desk.withLock { $0.exceptions = exceptions } }

    /// Waits until everything posted was handed over and stored.
    package func finish() -> Desk.Totals {
        queue.sync {
            drain()
            desk.withLock { $0.store(isDue: true) }
        }
        return desk.withLock { desk in
            var totals = desk.totals
            totals.sightingsDropped = mailbox.withLock { $0.dropped }
            return totals
        }
    }

    private func drain() {
        let (entries, overflow) = mailbox.withLock { mailbox in
            defer { mailbox = Mailbox(dropped: mailbox.dropped) }
            return (mailbox.entries, mailbox.overflow)
        }
        desk.withLock { desk in
            for entry in entries {
                switch entry {
                case .observations(let observations): desk.work(on: observations)
                case .recording(let recording): desk.start(recording)
                case .hours(let hours, let lastPacket): desk.note(hours, until: lastPacket)
                }
            }
            if !overflow.isEmpty {
                var rest = Observations()
                rest.traffic = overflow.values.sorted { ($0.time, $0.contact) < ($1.time, $1.contact) }
                desk.work(on: rest)
            }
            if !entries.isEmpty || !overflow.isEmpty { desk.flush() }
            desk.store(isDue: false)
        }
    }
}

extension [UInt64: Traffic] {
    fileprivate mutating func add(_ traffic: Traffic) {
        guard var known = self[traffic.contact] else { return self[traffic.contact] = traffic }
        known.tally.add(traffic.tally)
        known.time = Swift.max(known.time, traffic.time)
        known.isLast = traffic.isLast
        self[traffic.contact] = known
    }
}
