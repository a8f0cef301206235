/// A conversation under way: first its script, then bulk data, then, over TCP, the parting.
struct Conversation {
    enum Bulk {
        case none
        /// Application data records, one a segment.
        case records
        /// The body of a download over TCP, or datagrams of bytes that mean nothing.
        case bytes
    }

    let path: Path
    let transport: FrameWriter.Transport
    /// What the host does when this conversation is over.
    let next: Visit?
    private var dialogue: Dialogue
    private var position = 0
    private let bulk: Bulk
    private var bulkLeft: Int
    private let isUpload: Bool
    private var unacknowledged = 0
    private var hasParted = false

    init(
        path: Path, transport: FrameWriter.Transport, dialogue: Dialogue, bulk: Bulk = .none, bulkPackets: Int = 0,
        next: Visit? = nil, random: inout RandomSource
    ) {
        self.path = path
        self.transport = transport
        self.dialogue = dialogue
        self.bulk = bulk
        self.bulkLeft = bulkPackets
        self.next = next
        isUpload = random.happens(0.2) && !(transport == .tcp && bulk == .bytes)
    }

    /// The largest payload of a TCP segment with time stamps on an Ethernet of 1500 bytes.
    static func segmentSize(isIPv6: Bool) -> Int { isIPv6 ? 1428 : 1448 }

    mutating func nextSegment(random: inout RandomSource) -> Segment? {
        if position < dialogue.segments.count {
            defer { position += 1 }
            return dialogue.segments[position]
        }
        if bulkLeft > 0 {
            bulkLeft -= 1
            return transport == .tcp ? bulkSegment(random: &random) : bulkDatagram(random: &random)
        }
        guard transport == .tcp, !hasParted else { return nil }
        hasParted = true
        position = 1
        dialogue.removeAll()
        dialogue.part()
        return dialogue.segments[0]
    }

    /// Full segments mostly, and an acknowledgement for every one or two of them.
    private mutating func bulkSegment(random: inout RandomSource) -> Segment {
        if unacknowledged > 0, unacknowledged > 1 || random.happens(0.4) {
            unacknowledged = 0
            return dialogue.segment(fromClient: !isUpload, flags: .ack, payload: .nothing)
        }
        unacknowledged += 1
        let full = Self.segmentSize(isIPv6: path.isIPv6)
        let size = random.happens(0.8) ? full : random.number(in: 60...full)
        let payload: Payload =
            bulk == .records
            ? .record(Ciphertext.cut(size - 5, random: &random)) : .ciphertext(Ciphertext.cut(size, random: &random))
        return dialogue.segment(fromClient: isUpload, flags: .ack, payload: payload)
    }

    /// Full datagrams one way and small ones back.
    private func bulkDatagram(random: inout RandomSource) -> Segment {
        let isAnswer = random.happens(0.35)
        let size = isAnswer ? random.number(in: 25...80) : random.happens(0.7) ? 1250 : random.number(in: 100...1250)
        return Segment(
            isFromClient: isUpload != isAnswer, payload: .ciphertext(Ciphertext.cut(size, random: &random)))
    }
}
