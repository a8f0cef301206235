import Decoding
import Monitoring
import TestSupport

let vendor = Vendor(id: "vendor", name: "Vendor", aliases: [], headquarters: "US", version: "2026-11-23")

/// The entry of a pack: `*.vendor.example` is a suffix, `192.0.2.0/24` a network, anything else an exact name.
func endpoint(_ subject: String, of owner: Vendor = vendor, confidence: Confidence = .high) -> Endpoint {
    let name: Endpoint.Subject =
        subject.hasPrefix("*.") ? .suffix(HostName(String(subject.dropFirst(2)))) : .exact(HostName(subject))
    return Endpoint(
        subject: AddressPrefix(subject).map { .network($0) } ?? name,
        vendor: owner, product: nil, category: .telemetry, confidence: confidence, ports: [], region: nil,
        sources: ["https://vendor.example/ports"], note: nil)
}

/// A monitor that is shown frames one by one.
final class Sensor {
    var monitor: Monitor

    init(
        _ subjects: [String] = ["*.vendor.example"], everyName: Bool = false, own: Set<IPAddress> = [],
        resolvers: ResolverTable = ResolverTable(), seed: UInt64 = 1,
        flowLimit: Int = 1_000_000, tellsTraffic: Bool = false
    ) {
        monitor = Monitor(
            endpoints: EndpointTable(subjects.map { endpoint($0) }),
            settings: Monitor.Settings(
                ownAddresses: own, reportsEveryName: everyName, resolvers: resolvers, seed: seed, flowLimit: flowLimit,
                tellsTraffic: tellsTraffic)
        )
    }

    /// - Parameters:
    ///   - seconds: after 2026-11-23 00:00 UTC.
    ///   - snapLength: what the capture keeps of the frame.
    func see(_ frame: [UInt8], at seconds: Double = 0, snapLength: Int = 262_144, interface: Int = 0) {
        let time = Timestamp(nanoseconds: 1_795_392_000_000_000_000 + Int64(seconds * 1_000_000_000))
        let kept = Array(frame.prefix(snapLength))
        monitor.observe(kept.span, wireLength: frame.count, linkType: .ethernet, time: time, interface: interface)
    }

    func see(_ frames: [[UInt8]], at seconds: Double = 0) {
        for frame in frames { see(frame, at: seconds) }
    }

    /// Lets time pass: frames that are not IP, as many as it takes until the monitor looks at what waited too long.
    func wait(until seconds: Double) {
        for _ in 0..<8 { see(Wire.ethernet(0x0806, []), at: seconds) }
    }

    func finish() { monitor.finish() }

    var names: [String] { monitor.sightings.map { "\($0.name)" } }
    var counters: Counters { monitor.counters }

    /// Whether each TLS name came from a hello that never became whole.
    var partial: [Bool] {
        monitor.sightings.map { sighting in
            if case .hello(let facts) = sighting.detail { facts.isPartial } else { false }
        }
    }
}

/// A TCP connection whose frames are made one by one.
struct Connection {
    static let fin: UInt8 = 0x11, syn: UInt8 = 0x02, reset: UInt8 = 0x04, ack: UInt8 = 0x10, synAck: UInt8 = 0x12

    var client = End("10.0.0.5", 50_000)
    var server = End("203.0.113.9", 443)
    var number: UInt32 = 1_000
    var serverNumber: UInt32 = 9_000

    var syn: [UInt8] { Wire.tcpFrame(client, server, sequence: number, flags: Self.syn) }
    var synAck: [UInt8] { Wire.tcpFrame(server, client, sequence: serverNumber, flags: Self.synAck) }
    var handshake: [[UInt8]] { [syn, synAck, up([], at: 0)] }

    /// A segment from the client that starts at `offset` of its stream.
    func up(_ bytes: some Sequence<UInt8>, at offset: Int, flags: UInt8 = ack) -> [UInt8] {
        Wire.tcpFrame(
            client, server, sequence: number &+ 1 &+ UInt32(truncatingIfNeeded: offset), flags: flags, Array(bytes))
    }

    func down(_ bytes: some Sequence<UInt8>, at offset: Int, flags: UInt8 = ack) -> [UInt8] {
        Wire.tcpFrame(
            server, client, sequence: serverNumber &+ 1 &+ UInt32(truncatingIfNeeded: offset), flags: flags,
            Array(bytes))
    }

    /// `stream` in segments that end at `cuts`.
    func segments(of stream: [UInt8], cuts: [Int]) -> [[UInt8]] {
        zip([0] + cuts, cuts + [stream.count]).map { up(stream[$0..<$1], at: $0) }
    }
}
