import Decoding
import Monitoring

/// A monitor that is shown what 10.0.0.1, port 50000, and 203.0.113.9 send to each other, and what it sees of it.
struct Watcher: ~Copyable {
    /// Of the server.
    private let port: UInt16
    private var monitor = Monitor(
        endpoints: EndpointTable([]), settings: Monitor.Settings(reportsEveryName: true, seed: 1, flowLimit: 16))
    private var packet: [UInt8] = []

    init(port: UInt16 = 443) { self.port = port }

    /// What was seen when nothing more comes: how, whom, and whether the hello was whole.
    mutating func names() -> [String] {
        monitor.finish()
        return monitor.sightings.map { sighting in
            var isPartial = false
            if case .hello(let facts) = sighting.detail { isPartial = facts.isPartial }
            return "\(sighting.method.rawValue) \(sighting.name)\(isPartial ? " (partial)" : "")"
        }
    }

    /// The names, and what was counted.
    mutating func seen() -> Seen { Seen(names: names(), counters: monitor.counters) }

    /// Shows all of a stream, in these pieces.
    mutating func stream(_ stream: [UInt8], in pieces: [Range<Int>], fromServer: Bool = false) {
        segment([], 0xffff_ff00, flags: fromServer ? 0x12 : 0x02, fromServer)
        for piece in pieces {
            segment(stream[piece], 0xffff_ff01 &+ UInt32(piece.lowerBound), flags: 0x10, fromServer)
        }
    }

    /// A segment with timestamps, which is never as short as those that Ethernet pads.
    private mutating func segment(_ bytes: ArraySlice<UInt8>, _ number: UInt32, flags: UInt8, _ fromServer: Bool) {
        begin(protocol: 6, count: 32 + bytes.count, fromServer)
        packet +=
            fromServer
            ? [UInt8(port >> 8), UInt8(port & 255), 0xc3, 0x50] : [0xc3, 0x50, UInt8(port >> 8), UInt8(port & 255)]
        for shift in [24, 16, 8, 0] as [UInt32] { packet.append(UInt8(truncatingIfNeeded: number >> shift)) }
        packet += [0, 0, 0, 0, 0x80, flags, 0xff, 0xff, 0, 0, 0, 0, 1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
        packet += bytes
        show()
    }

    mutating func datagram(_ bytes: [UInt8]) {
        begin(protocol: 17, count: 8 + bytes.count)
        packet += [0xc3, 0x50, UInt8(port >> 8), UInt8(port & 255)]
        packet += [UInt8((8 + bytes.count) >> 8), UInt8((8 + bytes.count) & 255), 0, 0]
        packet += bytes
        show()
    }

    /// An IPv4 packet, whole or in part.
    ///
    /// - Parameter place: of its bytes in all that the datagram carries.
    mutating func ipv4(_ bytes: ArraySlice<UInt8>, protocol number: UInt8, place: UInt16, moreFragments: Bool) {
        begin(protocol: number, count: bytes.count)
        let field = place / 8 | (moreFragments ? 0x2000 : 0)
        packet[6] = UInt8(field >> 8)
        packet[7] = UInt8(field & 255)
        packet += bytes
        show()
    }

    /// The same in IPv6: with a fragment header unless `isWhole`.
    mutating func ipv6(
        _ bytes: ArraySlice<UInt8>, next: UInt8, place: UInt16, moreFragments: Bool, isWhole: Bool
    ) {
        packet.removeAll(keepingCapacity: true)
        let count = bytes.count + (isWhole ? 0 : 8)
        packet += [0x60, 0, 0, 0, UInt8(count >> 8), UInt8(count & 255), isWhole ? next : 44, 64]
        packet += [
            0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
        ]
        let field = place | (moreFragments ? 1 : 0)
        if !isWhole { packet += [next, 0, UInt8(field >> 8), UInt8(field & 255), 0, 0, 0, 1] }
        packet += bytes
        show()
    }

    private mutating func begin(protocol number: UInt8, count: Int, _ fromServer: Bool = false) {
        packet.removeAll(keepingCapacity: true)
        let length = 20 + count
        packet += [0x45, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, 0, 64, number, 0, 0]
        packet += fromServer ? [203, 0, 113, 9, 10, 0, 0, 1] : [10, 0, 0, 1, 203, 0, 113, 9]
    }

    private mutating func show() {
        let bytes = packet
        monitor.observe(
            bytes.span, wireLength: bytes.count, linkType: .rawIP, time: Timestamp(nanoseconds: 0), interface: 0)
    }
}

/// What follows from what was said, not from how many packets said it.
struct Seen: Equatable, CustomStringConvertible {
    let names: [String]
    private let counts: [UInt64]
    private let anomalies: [UInt64]

    fileprivate init(names: [String], counters: Counters) {
        self.names = names
        counts = [
            counters.flows, counters.dnsNames, counters.tlsNames, counters.quicNames, counters.dtlsNames,
            counters.hellosWithoutName, counters.httpNames, counters.proxyNames, counters.certificateNames,
        ]
        anomalies = Anomaly.allCases.map { $0 == .fragment ? 0 : counters[$0] }
    }

    var description: String {
        let strange = zip(Anomaly.allCases, anomalies).filter { $1 > 0 }.map { "\($0): \($1)" }
        return "\(names) \(counts) \(strange)"
    }
}
