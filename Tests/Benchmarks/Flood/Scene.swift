import Decoding
import Monitoring
import TestSupport

/// A monitor in front of which a flood comes between findings.
struct Scene: ~Copyable {
    /// Flows on which a finding stands before the flood.
    private static let standing = 100
    /// Of a hello of theirs, in bytes.
    private static let halfLength = 300
    /// The bounds of the monitor, stated here again: the tool fails where somebody moves them unseen.
    private static let flowLimit = 1_000_000, prefixLimit = 64 << 20, fragmentLimit = 16 << 20
    /// A fast link's worth, in nanoseconds: a million packets in ten seconds, so that nothing expires meanwhile.
    private static let interval: Int64 = 10_000

    private let name = "up.vendor.example"
    private var monitor: Monitor
    private var now: Int64 = 1_795_392_000_000_000_000
    /// The most that was in use at any time.
    private var mostFlows = 0, mostWaiting = 0, mostFragments = 0
    private var matchesBefore = 0, flowsBefore: UInt64 = 0

    init() {
        let vendor = Vendor(
            id: "vendor", name: "Vendor", aliases: [], headquarters: "US", version: "2026-11-23")
        let endpoint = Endpoint(
            subject: .suffix(HostName("vendor.example")), vendor: vendor, product: nil, category: .telemetry,
            confidence: .high, ports: [], region: nil, sources: ["https://vendor.example/ports"], note: nil)
        monitor = Monitor(endpoints: EndpointTable([endpoint]), settings: Monitor.Settings(seed: 1))
    }

    private mutating func see(_ frame: [UInt8]) {
        now += Self.interval
        monitor.observe(
            frame.span, wireLength: frame.count, linkType: .ethernet, time: Timestamp(nanoseconds: now), interface: 0)
        mostFlows = max(mostFlows, monitor.openFlows)
        mostWaiting = max(mostWaiting, monitor.waitingBytes)
        mostFragments = max(mostFragments, monitor.fragmentBytes)
    }

    private func segment(_ client: Int, _ bytes: some Sequence<UInt8>, at offset: Int, flags: UInt8 = 0x10) -> [UInt8] {
        Wire.tcpFrame(
            End("192.168.\(client >> 8).\(client & 255)", 40_000), End("203.0.113.9", 443),
            sequence: UInt32(1_000 + offset), flags: flags, Array(bytes))
    }

    // MARK: Before the flood

    mutating func openMatchedFlows() {
        let hello = HelloBytes.hello(name)
        for client in 0..<Self.standing { see(segment(client, hello, at: 0)) }
        matchesBefore = monitor.sightings.count
    }

    /// Hellos whose rest the flood will not let them wait for; their first half holds the name.
    mutating func openHalfHellos() {
        let half = HelloBytes.hello(name, padding: 400).prefix(Self.halfLength)
        for client in 0..<Self.standing { see(segment(1_000 + client, half, at: 0)) }
        flowsBefore = monitor.counters.flows
    }

    // MARK: The flood

    mutating func flood(_ kind: Kind, _ packets: Int) {
        var frame = kind.template
        // Behind the Ethernet header; IPv4 without options.
        let (identification, source, connection) = (14 + 4, 14 + 12, 14 + 20 + 8 + 6)
        // No number below makes the identifier what it was.
        if kind == .initials { frame[connection + 7] = 0xff }
        for number in 0..<packets {
            for (place, shift) in [(1, 16), (2, 8), (3, 0)] { frame[source + place] = UInt8(number >> shift & 255) }
            frame[identification] = UInt8(number >> 8 & 255)
            frame[identification + 1] = UInt8(number & 255)
            if kind == .initials {
                for shift in 0..<3 { frame[connection + shift] = UInt8(number >> (8 * shift) & 255) }
            }
            see(frame)
        }
    }

    func report(_ packets: Int, _ time: Duration) -> String {
        let seen = monitor.counters
        return "\(packets) packets in \(time); \(mostFlows) flows, \(mostWaiting >> 10) KiB of hellos and"
            + " \(mostFragments >> 10) KiB of fragments at most; let go: \(seen.flowsEvicted) flows,"
            + " \(seen.prefixesEvicted) hellos, \(seen.datagramsEvicted) datagrams;"
            + " not opened: \(seen[.quicNotVerified])"
    }

    // MARK: Behind the flood

    mutating func problems(_ kind: Kind, _ packets: Int) -> [String] {
        var problems: [String] = []
        func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }
        expect(mostFlows <= Self.flowLimit, "\(mostFlows) flows")
        expect(mostWaiting <= Self.prefixLimit, "\(mostWaiting) bytes of hellos")
        expect(mostFragments <= Self.fragmentLimit, "\(mostFragments) bytes of fragments")

        let seen = monitor.counters
        expect(
            Int(seen.flows - seen.flowsEvicted) == monitor.openFlows,
            "\(seen.flows) flows, \(seen.flowsEvicted) let go, \(monitor.openFlows) open")
        // Whoever cannot wait any longer tells the name that its half holds.
        let told = Int(seen.tlsNames + seen.quicNames), letGo = Int(seen.prefixesEvicted)
        expect(told == Self.standing + letGo, "\(letGo) hellos let go, \(told - Self.standing) names told")
        let ownLetGo = min(letGo, Self.standing)
        let waiting = (kind.isHello ? packets : 0) - (letGo - ownLetGo)
        let bytes = waiting * kind.halfLength + (Self.standing - ownLetGo) * Self.halfLength
        expect(monitor.waitingBytes == bytes, "\(monitor.waitingBytes) bytes of hellos wait, not \(bytes)")
        expect(
            kind != .initials || seen[.quicNotVerified] == packets, "\(seen[.quicNotVerified]) Initials did not open")
        expect(
            seen.datagramsEvicted == seen[.datagramIncomplete],
            "\(seen.datagramsEvicted) datagrams let go, \(seen[.datagramIncomplete]) looked at")
        if packets >= 1_000_000 {
            expect(kind == .fragments || seen.flowsEvicted > 0, "no flow was let go")
            expect(!kind.isHello || letGo > 0, "no hello was let go")
            expect(kind != .fragments || seen.datagramsEvicted > 0, "no datagram was let go")
        }

        // What the first halves told was not lost with them, or they wait still.
        finishHalfHellos()
        expect(
            monitor.sightings.count == matchesBefore + Self.standing,
            "\(monitor.sightings.count - matchesBefore) of \(Self.standing) half hellos told their name")

        let before = monitor.counters.flows
        for client in 0..<Self.standing { see(segment(client, [23, 3, 3], at: 5_000)) }
        expect(monitor.counters.flows == before, "\(monitor.counters.flows - before) flows that had matched were gone")

        for (what, frames) in afterwards {
            let count = monitor.sightings.count
            for frame in frames { see(frame) }
            expect(monitor.sightings.count == count + 1, "\(what) behind the flood named nobody")
        }
        monitor.finish()
        let incomplete = Int(monitor.counters[.datagramIncomplete])
        expect(incomplete == (kind == .fragments ? packets : 0), "\(incomplete) datagrams were incomplete")
        // Of a datagram that was whole its fragments are remembered for a moment.
        expect(monitor.waitingBytes == 0 && monitor.fragmentBytes < 1_024, "something waits behind the end")
        return problems
    }

    private mutating func finishHalfHellos() {
        let rest = HelloBytes.hello(name, padding: 400).dropFirst(Self.halfLength)
        for client in 0..<Self.standing { see(segment(1_000 + client, rest, at: Self.halfLength)) }
    }

    private var afterwards: [(String, [[UInt8]])] {
        let hello = HelloBytes.hello(name, padding: 3_000)
        let crypto = QUICBytes.hello(name)
        let resolver = End("203.0.113.53", 53)
        let query = Wire.udp(40_000, 53, DNSBytes.query(name))
        let pieces = [(16, query.count, 2), (0, 16, 0x2000)].map { start, end, field in
            Wire.ethernet(
                Wire.ipv4,
                Wire.ipv4(ip("192.168.9.1"), resolver.address, protocol: 17, fragment: field, Array(query[start..<end]))
            )
        }
        return [
            (
                "a hello in three segments, the last one first",
                [segment(2_000, [], at: -1, flags: 2)]
                    + [(2_000, hello.count), (1_000, 2_000), (0, 1_000)].map { segment(2_000, hello[$0..<$1], at: $0) }
            ),
            ("a query in two fragments", pieces),
            (
                "a hello in two Initials",
                [crypto.count / 2..<crypto.count, 0..<crypto.count / 2].enumerated().map { number, range in
                    Wire.udpFrame(
                        End("192.168.9.2", 40_000), End("203.0.113.9", 443),
                        QUICBytes.initial(
                            QUICBytes.crypto(crypto[range], at: range.lowerBound),
                            destination: [9, 9, 9, 9, 9, 9, 9, 9], number: UInt32(number)))
                }
            ),
        ]
    }
}
