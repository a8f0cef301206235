import Alerting
import ArgumentParser
import CLinux
import Capture
import Decoding
import Glibc
import Monitoring

/// The live loop: one thread takes packets from all interfaces in turn and owns everything they touch.
struct Watching {
    /// Packets from one interface before the next one has its turn.
    private static let batch = 4_096
    /// Between two looks at the kernel's counts, in seconds.
    private static let statisticsInterval = 10
    /// For the last packets, in milliseconds: longer than the kernel may collect them.
    private static let lastWait: Int32 = 200

    let captures: [LiveCapture]
    let delivery: Delivery
    let signals: Int32
    let reloader: Reloader
    let verbosity: VerbosityOptions

    /// Runs until a signal ends it.
    ///
    /// - Throws: a non-zero exit where an interface fails; what was seen until then is told first.
    mutating func run(_ start: consuming Monitor) throws {
        var monitor = start
        var failure: CaptureError?
        var isRunning = true
        var lastStatistics = time(nil)
        var lastTold = lastStatistics
        monitor.startRecording(at: .now)
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
            if let outcome = reloader.finished() { take(outcome, &monitor) }
            if time(nil) - lastStatistics >= Self.statisticsInterval {
                lastStatistics = time(nil)
                updateStatistics(&monitor.counters)
            }
        }
        // What the kernel still holds back comes within its time for that.
        if failure == nil {
            LiveCapture.waitForPackets(captures, orOn: signals, milliseconds: Self.lastWait)
            for index in captures.indices { try? take(from: index, &monitor) }
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
        monitor.advance(to: .now)
        monitor.tellTraffic()
        delivery.post(monitor.observations)
        monitor.removeObservations()
        if let hour = monitor.openHour { delivery.note([hour], until: monitor.now) }
        delivery.tick()
    }

    /// Goes on with other packs, as another recording: findings name the packs that they were made by.
    private func take(_ outcome: Reloader.Outcome, _ monitor: inout Monitor) {
        tell(&monitor)
        monitor.endpoints = outcome.endpoints
        guard let recording = outcome.recording else { return }
        delivery.start(recording)
        monitor.startRecording(at: .now)
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
