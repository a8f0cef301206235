import Alerting
import ArgumentParser
import CLinux
import Capture
import Decoding
import Dispatch
import Glibc
import Monitoring
import Packs
import Synchronization

/// The live loop: one thread takes packets from all interfaces in turn and owns everything they touch.
struct Watching {
    /// Packets from one interface before the next one has its turn.
    private static let batch = 4_096
    /// Between two looks at the kernel's counts, in seconds.
    private static let statisticsInterval = 10

    let captures: [LiveCapture]
    let delivery: Delivery
    let signals: Int32
    let verbosity: VerbosityOptions
    private let reloader: Reloader

    /// - Parameters:
    ///   - rules: paths of packs as they were named, for reading them anew.
    ///   - exceptions: the file of exceptions, the same way.
    init(
        captures: [LiveCapture], delivery: Delivery, signals: Int32, rules: [String], exceptions: String?,
        verbosity: VerbosityOptions
    ) {
        self.captures = captures
        self.delivery = delivery
        self.signals = signals
        self.verbosity = verbosity
        reloader = Reloader(rules: rules, exceptions: exceptions, delivery: delivery)
    }

    /// Runs until a signal ends it.
    ///
    /// - Throws: a non-zero exit where an interface fails; what was seen until then is told first.
    mutating func run(_ start: consuming Monitor) throws {
        var monitor = start
        var failure: CaptureError?
        var isRunning = true
        var lastStatistics = time(nil)
        var lastTold = lastStatistics
        monitor.startRecording(at: Self.now())
        while isRunning, failure == nil {
            LiveCapture.waitForPackets(captures, orOn: signals, milliseconds: 1_000)
            do throws(CaptureError) {
                for index in captures.indices { try take(from: index, &monitor) }
            } catch {
                failure = error
            }
            while case let signal = linux_next_signal(signals), signal != 0 {
                if signal == SIGHUP {
                    reloader.start(current: monitor.endpoints.endpoints.count)
                } else {
                    isRunning = false
                }
            }
            if time(nil) != lastTold {
                lastTold = time(nil)
                tell(&monitor)
            }
            if let table = reloader.finished() { monitor.endpoints = table }
            if time(nil) - lastStatistics >= Self.statisticsInterval {
                lastStatistics = time(nil)
                updateStatistics(&monitor.counters)
            }
        }
        monitor.finish()
        updateStatistics(&monitor.counters)
        tell(&monitor)
        let totals = delivery.finish()
        if !verbosity.quiet { report(monitor.counters, totals) }
        if let failure { throw Console.failure("\(failure)") }
    }

    /// Tells of bytes and hours, also while nothing comes. Once a second.
    private func tell(_ monitor: inout Monitor) {
        monitor.counters.sightingsDropped = delivery.sightingsDropped
        monitor.advance(to: Self.now())
        monitor.tellTraffic()
        delivery.post(monitor.observations)
        monitor.removeObservations()
        if let hour = monitor.openHour { delivery.note([hour], until: monitor.now) }
        delivery.tick()
    }

    private static func now() -> Timestamp {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
    }

    private func take(from index: Int, _ monitor: inout Monitor) throws(CaptureError) {
        let linkType = LinkType(rawValue: captures[index].linkType)
        defer {
            delivery.post(monitor.observations)
            monitor.removeObservations()
        }
        _ = try captures[index].read(upTo: Self.batch) { bytes, packet in
            monitor.observe(
                bytes, wireLength: packet.wireLength, linkType: linkType,
                time: Timestamp(nanoseconds: packet.nanoseconds), interface: index)
        }
    }

    /// Says so when the kernel began or went on to drop packets: what was dropped was not looked at.
    private func updateStatistics(_ counters: inout Counters) {
        for capture in captures {
            let before = capture.statistics
            capture.updateStatistics()
            let dropped = capture.statistics.droppedByKernel - before.droppedByKernel
            counters.kernelDrops &+= UInt64(clamping: dropped)
            counters.interfaceDrops &+= UInt64(
                clamping: Int64(capture.statistics.droppedByInterface) - Int64(before.droppedByInterface))
            if dropped > 0 {
                Console.say(
                    "seaward: \(capture.interface): the kernel dropped \(dropped) packets; a larger buffer (-B) or a filter helps"
                )
            }
        }
    }

    private func report(_ counters: Counters, _ totals: Desk.Totals) {
        for capture in captures {
            let statistics = capture.statistics
            Console.say(
                "\(capture.interface): \(statistics.received) packets received, \(statistics.droppedByKernel) dropped by "
                    + "the kernel, \(statistics.droppedByInterface) dropped by the interface")
        }
        Totals.report(counters, isVerbose: verbosity.verbose)
        Totals.report(totals, counters)
    }
}

/// Reads the packs and the exceptions anew beside the capture thread, which must not wait for files.
private final class Reloader: Sendable {
    private let rules: [String]
    private let exceptions: String?
    private let delivery: Delivery
    private let queue = DispatchQueue(label: "seaward.reload")
    private let result = Mutex<EndpointTable?>(nil)

    init(rules: [String], exceptions: String?, delivery: Delivery) {
        self.rules = rules
        self.exceptions = exceptions
        self.delivery = delivery
    }

    /// - Parameter current: how many endpoints are in use. Far fewer would blind the monitor, and are refused.
    func start(current: Int) {
        queue.async {
            // What is wrong with the default place has been told.
            guard let paths = try? PackOptions.paths(named: self.rules) else { return }
            do throws(PackSetError) {
                let set = try PackSet.load(paths: paths).checked()
                let endpoints = set.endpoints
                guard endpoints.count * 2 >= current else {
                    Console.say(
                        "seaward: the packs have only \(endpoints.count) endpoints instead of \(current): refused, the old ones stay; restart seaward if that is meant"
                    )
                    return
                }
                let agreed = try ExceptionOptions.load(self.exceptions, set)
                self.delivery.replace(agreed)
                self.result.withLock { $0 = EndpointTable(endpoints) }
                Console.say("seaward: packs read anew: \(endpoints.count) endpoints of \(set.packs.count) vendors")
            } catch {
                Console.say("seaward: the packs or the exceptions cannot be used, the old ones stay:\n\(error)")
            }
        }
    }

    func finished() -> EndpointTable? {
        result.withLock { table in
            defer { table = nil }
            return table
        }
    }
}
