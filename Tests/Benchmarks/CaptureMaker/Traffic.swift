/// Many conversations at once: opens them evenly over the capture and lets them take turns.
struct Traffic {
    /// 2026-01-15 09:00 in Beijing, in microseconds since 1970.
    private static let start: UInt64 = 1_768_438_800_000_000

    /// Ports that calls and meetings use, over UDP.
    private static let mediaPorts: [UInt16] = [3480, 8801, 16_393, 19_305, 22_466]

    private let internet: Internet
    private let flows: Int
    private let packets: Int
    private let quicShare: Double
    private var random: RandomSource
    private var active: [Conversation] = []
    private var speaker = 0
    private var turnsLeft = 0
    private var written = 0
    private var time = Self.start
    private(set) var opened = 0

    init(internet: Internet, flows: Int, packets: Int, quicShare: Double, random: RandomSource) {
        self.internet = internet
        self.flows = flows
        self.packets = packets
        self.quicShare = quicShare
        self.random = random
    }

    mutating func writeNextPacket(to frames: inout FrameWriter) throws {
        while opened * packets < (written + 1) * flows || active.isEmpty { open() }
        while true {
            if turnsLeft == 0 || speaker >= active.count {
                speaker = random.below(active.count)
                turnsLeft = random.number(in: 1...6)
            }
            guard let segment = active[speaker].nextSegment(random: &random) else {
                close(speaker)
                continue
            }
            turnsLeft -= 1
            written += 1
            time += UInt64(random.below(10))
            let path = active[speaker].path
            return try frames.write(segment, transport: active[speaker].transport, on: path, at: time)
        }
    }

    private mutating func open() {
        let site = internet.site(random: &random)
        // Without a share nothing is drawn: the capture stays the same.
        let isQUIC = quicShare > 0 && random.happens(quicShare)
        let (kind, port): (Visit.Kind, UInt16) =
            switch isQUIC ? -1 : random.below(100) {
            case -1: (.quic, 443)
            case 0..<75: (.tls, 443)
            case 75..<80: (.http, 80)
            case 80..<95: (.datagrams, 443)
            default: (.datagrams, random.element(of: Self.mediaPorts))
            }
        let visit = Visit(kind: kind, site: site, path: internet.path(to: site, port: port, random: &random))
        guard random.happens(0.7) else { return open(visit) }
        let path = internet.path(from: visit.path, toPort: 53, of: site, random: &random)
        open(Visit(kind: .lookup, site: site, path: path), next: visit)
    }

    private mutating func open(_ visit: Visit, next: Visit? = nil) {
        opened += 1
        active.append(visit.conversation(bulkPackets: bulkPackets(), next: next, random: &random))
    }

    /// The host goes on to what it looked up; otherwise its place is taken by the last conversation of the list.
    private mutating func close(_ index: Int) {
        if let next = active[index].next {
            opened += 1
            active[index] = next.conversation(bulkPackets: bulkPackets(), random: &random)
        } else {
            active.swapAt(index, active.count - 1)
            active.removeLast()
            turnsLeft = 0
        }
        while active.isEmpty { open() }
    }

    /// Many conversations are short and a few are long; on the average somewhat longer than the capture has room for,
    /// so that some are still open when it ends.
    private mutating func bulkPackets() -> Int {
        var longest = 5 * max(1, packets / flows)
        while longest > 1, random.happens(0.5) { longest /= 2 }
        return random.number(in: 1...longest)
    }
}
