import ArgumentParser
import CLinux
import Capture
import Decoding
import Glibc
import Monitoring

/// Reads capture files one after the other into a monitor.
struct Reading {
    /// Packets between two looks at the mailbox, the clock and the signals.
    private static let batch = 4_096

    let paths: [String]
    let filter: String?
    let isQuiet: Bool
    /// Told of each file before anything that was seen in it: the digest of its first packets, its name, the time of
    /// the first packet.
    var willRead: (_ id: String, _ name: String, _ start: Timestamp) -> Void = { _, _, _ in }
    /// Told of each file behind everything that was seen in it: its last hour, and the time of the latest packet.
    var didRead: (CoverageHour, Timestamp) -> Void = { _, _ in }

    /// How the reading ended.
    struct Outcome {
        /// What could not be read, or not to its end; already told.
        var failures = 0
        var wasInterrupted = false
        /// Some file could be opened, and read as far as it is sound: what was counted has a meaning.
        var hasResults = false

        /// Ends the command with 130 after an interruption, as shells know it, and with 1 after a failure.
        func check() throws {
            if wasInterrupted { throw ExitCode(128 + SIGINT) }
            if failures > 0 { throw ExitCode.failure }
        }
    }

    /// Reads all files.
    ///
    /// - Parameter take: handed what was seen, after each batch and at the end.
    func run(_ monitor: inout Monitor, take: (Observations) -> Void) -> Outcome {
        var outcome = Outcome()
        let signals = linux_open_signals()
        defer { close(signals) }
        for (index, path) in paths.enumerated() where !outcome.wasInterrupted {
            do throws(CaptureError) {
                let file = try CaptureFile(path: path, filter: filter)
                outcome.hasResults = true
                var progress = Progress(file: file, isShown: Console.isTerminal && !isQuiet)
                defer { progress.end() }
                var unsupported: Set<Int32> = []
                var latest: Int32?
                var identity = RecordingIdentity()
                var start: Timestamp?
                var isTold = false
                /// Once the first packets are known, and before anything is handed on.
                func tell() {
                    guard !isTold, let start else { return }
                    isTold = true
                    willRead(identity.text, file.name, start)
                }
                while try file.read(
                    upTo: Self.batch,
                    { bytes, packet in
                        let linkType = LinkType(rawValue: packet.linkType)
                        let time = Timestamp(nanoseconds: packet.nanoseconds)
                        // Interfaces of one file may differ in it.
                        if packet.linkType != latest {
                            latest = packet.linkType
                            if !linkType.isSupported, unsupported.insert(packet.linkType).inserted {
                                Self.complain(file, packet.linkType)
                                outcome.failures += 1
                            }
                        }
                        if start == nil {
                            start = time
                            monitor.startRecording(at: time)
                        }
                        identity.add(bytes, packet)
                        monitor.observe(
                            bytes, wireLength: packet.wireLength, linkType: linkType, time: time,
                            interface: packet.interface)
                    })
                {
                    tell()
                    hand(&monitor, take)
                    progress.update()
                    if linux_next_signal(signals) != 0 {
                        outcome.wasInterrupted = true
                        break
                    }
                }
                tell()
            } catch {
                Console.say("seaward: \(error)")
                outcome.failures += 1
            }
            if index == paths.count - 1 || outcome.wasInterrupted { monitor.finish() }
            hand(&monitor, take)
            if let hour = monitor.openHour { didRead(hour, monitor.now) }
        }
        if outcome.wasInterrupted { Console.say("seaward: interrupted; what was read until then is reported") }
        return outcome
    }

    private static func complain(_ file: CaptureFile, _ linkType: Int32) {
        Console.say(
            "seaward: \(file.name): link type \(linkType) is not supported; its packets are counted and not looked into"
        )
    }

    private func hand(_ monitor: inout Monitor, _ take: (Observations) -> Void) {
        guard !monitor.observations.isEmpty else { return }
        take(monitor.observations)
        monitor.removeObservations()
    }
}

/// How far a long file has been read, on a terminal.
private struct Progress {
    let file: CaptureFile
    let isShown: Bool
    private var wasShown = false
    private var next: Int = 0

    init(file: CaptureFile, isShown: Bool) {
        self.file = file
        self.isShown = isShown
    }

    mutating func update() {
        // Some ten times a second at the usual speed; small files end before the first.
        guard isShown, file.packetCount >= next + 200_000 else { return }
        next = file.packetCount
        wasShown = true
        let share = file.size.flatMap { size in file.position.map { " \($0 * 100 / max(size, 1)) %" } } ?? ""
        Console.progress("\(file.name):\(share) \(file.packetCount) packets")
    }

    mutating func end() {
        if wasShown { Console.progress("") }
    }
}
