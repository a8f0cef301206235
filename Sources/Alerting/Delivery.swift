import Dispatch
package import Monitoring
import Synchronization

/// Takes matches off the capture thread: through a bounded mailbox to one serial queue, which makes alerts of them
/// and hands these to every sink.
package final class Delivery: Sendable {
    /// What became of the sightings that were posted.
    package struct Totals: Sendable {
        package var alerts: [Severity: Int] = [:]
        /// Sightings that an exception kept from alerts.
        package var sightingsExcepted: UInt64 = 0
        /// Sightings that found the mailbox full.
        package var sightingsDropped: UInt64 = 0
        /// Alerts that a sink did not take, counted for each sink.
        package var alertsUndelivered: UInt64 = 0
        /// See `AlertPolicy.evicted`.
        package var statesEvicted: UInt64 = 0
    }

    /// What to do when sightings come faster than the sinks take alerts.
    package enum Pressure: Sendable {
        /// Let the reader wait: a file has time.
        case wait
        /// Drop and count: packets have none.
        case drop
    }

    /// architecture.md, Bounds: at 450 bytes each about 30 MB.
    private static let limit = 65_536

    private struct Mailbox {
        var sightings: [Sighting] = []
        var isScheduled = false
        var dropped: UInt64 = 0
    }

    private struct Worker {
        var policy: AlertPolicy
        var exceptions: ExceptionList
        var sinks: [any Sink]
        /// By sink: whether it failed since it last handed over all that it was given, so that an outage is told once.
        var isFailing: [Bool]
        var totals = Totals()
    }

    private let mailbox = Mutex(Mailbox())
    private let worker: Mutex<Worker>
    private let queue = DispatchQueue(label: "seaward.delivery")
    private let pressure: Pressure
    private let warn: @Sendable (String) -> Void

    /// - Parameter warn: told when a sink starts to fail, in one sentence.
    package init(
        policy: AlertPolicy, exceptions: ExceptionList = ExceptionList(), sinks: sending [any Sink],
        pressure: Pressure, warn: @escaping @Sendable (String) -> Void
    ) {
        let isFailing = sinks.map { _ in false }
        worker = Mutex(Worker(policy: policy, exceptions: exceptions, sinks: sinks, isFailing: isFailing))
        self.pressure = pressure
        self.warn = warn
    }

    /// Posts what the monitor saw. Called from the capture thread only.
    package func post(_ sightings: [Sighting]) {
        guard !sightings.isEmpty else { return }
        if pressure == .wait, mailbox.withLock({ $0.sightings.count }) + sightings.count > Self.limit { queue.sync {} }
        let mustSchedule = mailbox.withLock { mailbox in
            let room = pressure == .wait ? sightings.count : max(Self.limit - mailbox.sightings.count, 0)
            mailbox.sightings += sightings.prefix(room)
            mailbox.dropped += UInt64(max(sightings.count - room, 0))
            defer { mailbox.isScheduled = true }
            return !mailbox.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Puts other exceptions in force, from the next sighting on.
    package func replace(_ exceptions: ExceptionList) { worker.withLock { $0.exceptions = exceptions } }

    /// Waits until everything posted was handed over.
    package func finish() -> Totals {
        queue.sync { drain() }
        return worker.withLock { worker in
            var totals = worker.totals
            totals.sightingsDropped = mailbox.withLock { $0.dropped }
            totals.statesEvicted = worker.policy.evicted
            return totals
        }
    }

    private func drain() {
        let sightings = mailbox.withLock { mailbox in
            mailbox.isScheduled = false
            let taken = mailbox.sightings
            mailbox.sightings = []
            return taken
        }
        guard !sightings.isEmpty else { return }
        worker.withLock { worker in
            var works = worker.sinks.map { _ in true }
            for sighting in sightings {
                let exception = worker.exceptions.exception(for: sighting)
                if exception != nil { worker.totals.sightingsExcepted += 1 }
                guard let alert = worker.policy.alert(for: sighting, exceptedBy: exception) else { continue }
                if exception == nil { worker.totals.alerts[alert.severity, default: 0] += 1 }
                for index in worker.sinks.indices where exception == nil || worker.sinks[index].takesExcepted {
                    let isDone = attempt(index, &worker) { sink throws(SinkError) in try sink.deliver(alert) }
                    works[index] = works[index] && isDone
                }
            }
            // `deliver` may have kept alerts back: only now are they known to be gone.
            for index in worker.sinks.indices {
                let isDone = attempt(index, &worker) { sink throws(SinkError) in try sink.flush() }
                worker.isFailing[index] = !(works[index] && isDone)
            }
        }
    }

    private func attempt(_ index: Int, _ worker: inout Worker, _ body: (any Sink) throws(SinkError) -> Void) -> Bool {
        do throws(SinkError) {
            try body(worker.sinks[index])
            return true
        } catch {
            worker.totals.alertsUndelivered += error.lost
            if !worker.isFailing[index] { warn("\(error.description); alerts are lost until it works again") }
            worker.isFailing[index] = true
            return false
        }
    }
}
