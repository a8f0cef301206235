/// The scripted part of a conversation: what is said, by whom, with the numbers of TCP kept right.
struct Dialogue {
    private(set) var segments: [Segment] = []
    private var clientSequence: UInt32
    private var serverSequence: UInt32
    private let segmentSize: Int

    init(segmentSize: Int, random: inout RandomSource) {
        self.segmentSize = segmentSize
        clientSequence = UInt32(truncatingIfNeeded: random.next())
        serverSequence = UInt32(truncatingIfNeeded: random.next())
    }

    /// One packet, numbered. A SYN and a FIN count as a byte (RFC 9293, section 3.4).
    mutating func segment(fromClient: Bool, flags: Segment.Flags, payload: Payload) -> Segment {
        let segment = Segment(
            isFromClient: fromClient, flags: flags, sequence: fromClient ? clientSequence : serverSequence,
            acknowledgement: flags.contains(.ack) ? (fromClient ? serverSequence : clientSequence) : 0,
            payload: payload)
        let length = UInt32(payload.count) + (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
        if fromClient { clientSequence &+= length } else { serverSequence &+= length }
        return segment
    }

    mutating func shakeHands() {
        add(fromClient: true, .syn)
        add(fromClient: false, [.syn, .ack])
        add(fromClient: true, .ack)
    }

    /// A message in as many segments as it needs, and the other side's acknowledgement.
    mutating func say(_ message: [UInt8], fromClient: Bool) {
        say(message, fromClient: fromClient, cuts: Array(stride(from: segmentSize, to: message.count, by: segmentSize)))
    }

    /// A message cut at these offsets.
    mutating func say(_ message: [UInt8], fromClient: Bool, cuts: [Int]) {
        for (start, end) in zip([0] + cuts, cuts + [message.count]) {
            let flags: Segment.Flags = end == message.count ? [.push, .ack] : .ack
            add(fromClient: fromClient, flags, .message(Array(message[start..<end])))
        }
        add(fromClient: !fromClient, .ack)
    }

    mutating func part() {
        add(fromClient: true, [.fin, .ack])
        add(fromClient: false, [.fin, .ack])
        add(fromClient: true, .ack)
    }

    mutating func datagram(_ message: [UInt8], fromClient: Bool) {
        segments.append(Segment(isFromClient: fromClient, payload: .message(message)))
    }

    /// What happens to packets on their way: two of them change places, or one comes twice.
    mutating func swap(_ first: Int, _ second: Int) { segments.swapAt(first, second) }
    mutating func repeatSegment(_ index: Int) { segments.insert(segments[index], at: index + 1) }

    mutating func removeAll() { segments = [] }

    private mutating func add(fromClient: Bool, _ flags: Segment.Flags, _ payload: Payload = .nothing) {
        segments.append(segment(fromClient: fromClient, flags: flags, payload: payload))
    }
}
