import Decoding

/// One two-way conversation: what is known of it while it is open.
struct Flow: Sendable {
    /// How long a silent flow is remembered, and in which order flows go when the table is full.
    enum Standing: Int, CaseIterable {
        /// UDP, and TCP that never got an answer or has ended.
        case brief
        /// TCP that is open.
        case open
        /// A flow that a finding stands on.
        case matched

        /// In seconds of silence. UDP: RFC 4787, REQ-5, asks for two minutes at least. TCP: half of the two hours
        /// after which RFC 9293, section 3.8.4 lets keep-alives begin; later packets open the flow anew.
        var patience: Int64 {
            switch self {
            case .brief: 120
            case .open, .matched: 3_600
            }
        }
    }

    /// One direction of a TCP stream, on the way to its first bytes; or of QUIC and DTLS, on the way to the next hello.
    struct Stream: Sendable {
        enum State: UInt8 {
            /// No SYN seen: where the stream began is unknown. In datagrams: no hello yet.
            case adrift
            /// `base` is known, none of the bytes behind it has come yet.
            case expecting
            /// Some of the bytes behind `base` are in the pool.
            case gathering
            /// Nothing more is to be found, or given up.
            case settled
        }

        var state = State.adrift
        /// Segments with payload while adrift; what was spent on datagrams since the last hello.
        var strays: UInt8 = 0
        /// What its next bytes ask for.
        var decoder = StreamDecoder.undecided
        /// Parts that decoders have passed, up to the monitor's limit.
        var passages: UInt8 = 0
        /// The sequence number of the first byte that no decoder has passed; the mark of the connection identifier that
        /// came last in QUIC.
        var base: UInt32 = 0
        /// The slot in the prefix pool while gathering, and while adrift with strays; else -1.
        var prefix: Int32 = -1
    }

    /// The packets of one direction.
    struct Direction: Sendable {
        /// By IP length.
        var bytes: UInt64 = 0
        var packets: UInt32 = 0
        /// TCP: the number behind the last byte that was seen or acknowledged.
        private(set) var highest: UInt32 = 0
        private var latestMark: UInt32 = 0
        /// In units of 2^20 ns, about a millisecond; only differences count.
        private var latest: UInt32 = 0
        private var interface: UInt8 = 0

        /// In milliseconds. A mirror port and a second interface show copies within this time; no sender repeats
        /// itself so soon.
        private static let copyDelay: UInt32 = 5
        /// In milliseconds of silence after which a direction may have moved to another interface.
        private static let moveDelay: Int32 = 1_000

        /// Adds a packet, unless it is a copy of one that was added: the same one again, or what another interface
        /// shows of this direction.
        ///
        /// - Returns: false for a copy.
        @inline(__always)
        mutating func add(_ packet: Packet, mark: UInt32, time: Timestamp, interface: Int) -> Bool {
            let now = UInt32(truncatingIfNeeded: time.nanoseconds >> 20)
            let interface = UInt8(clamping: interface)
            if packet.transport == .tcp {
                let end = packet.tcpSequence &+ packet.sequenceLength
                if packets == 0 || Int32(bitPattern: end &- highest) > 0 || packet.tcpFlags.hasSYN { highest = end }
            }
            if packets > 0 {
                let age = now &- latest
                if interface != self.interface, Int32(bitPattern: age) < Self.moveDelay { return false }
                if mark == latestMark, mark != 0, age <= Self.copyDelay { return false }
            }
            self.interface = interface
            latest = now
            latestMark = mark
            bytes &+= UInt64(packet.ipLength)
            packets &+= 1
            return true
        }

        /// Whether the other side has got what was never seen here: the capture lost it, not the network.
        @inline(__always)
        mutating func hasGap(before acknowledgement: UInt32) -> Bool {
            let missing = Int32(bitPattern: acknowledgement &- highest)
            // Beyond every window (RFC 7323, section 2.3) it is another connection's, or forged.
            guard packets > 0, missing > 0, missing <= 1 << 30 else { return false }
            highest = acknowledgement
            return true
        }
    }

    /// Which end sent the first packet.
    enum Opener: UInt8 { case unknown, low, high }

    /// What it hides of its client.
    enum Secrecy: UInt8 {
        case none
        /// To a resolver that answers inside TLS, HTTPS, QUIC or DNSCrypt.
        case lookups
        /// To a relay that carries look-ups and contacts alike.
        case everything
    }

    enum DNSState: UInt8 { case unknown, talking, absent }

    /// The queries that came last, to tell a copy of a frame from a new query: a mirror port, or a capture of several
    /// interfaces, shows each frame two or three times.
    struct RecentQueries: Sendable {
        /// Copies come within a switch's delay; a client waits for seconds before it asks again.
        private static let window: Int64 = 100_000_000

        private var identifiers: UInt64 = 0
        private var count: UInt8 = 0
        private var latest = Timestamp(nanoseconds: 0)

        /// Whether any query was noted, however long ago.
        var wasAsked: Bool { latest.nanoseconds != 0 }

        /// Notes a query by its DNS identifier.
        ///
        /// - Returns: whether one of the four before it had the same, a moment ago.
        mutating func isCopy(_ identifier: UInt16, at time: Timestamp) -> Bool {
            if time.nanoseconds &- latest.nanoseconds > Self.window { count = 0 }
            latest = time
            for place in 0..<UInt64(count) where UInt16(truncatingIfNeeded: identifiers >> (place * 16)) == identifier {
                return true
            }
            identifiers = identifiers << 16 | UInt64(identifier)
            count = min(count + 1, 4)
            return false
        }
    }

    let key: FlowKey
    var firstSeen, lastSeen: Timestamp
    /// "Up" is from the lower end of the key to the higher one.
    var sentUp = Direction()
    /// Its place among the contacts; -1 where no match stands on it. Here it takes no room: the numbers around it
    /// leave a gap.
    var contact: Int32 = -1
    var sentDown = Direction()
    var up = Stream()
    var down = Stream()
    var standing = Standing.brief
    var dnsState = DNSState.unknown
    var dnsAttempts: UInt8 = 0
    let opener: Opener
    /// The surest method that named it.
    var method: Method?
    /// What to say of a flow without a name was said.
    var isExplained = false
    /// A hello of the client that names nobody was seen, or one with the ECH extension.
    var hasNamelessHello = false
    var hasEncryptedName = false
    var secrecy = Secrecy.none
    /// What waited for the rest of a name was let go for want of room.
    var hasMetLimit = false
    /// A payload was longer than the capture keeps.
    var isCut = false
    var hasPayload = false
    /// It spoke of names of the local link.
    var isLocal = false
    /// Where its first packet came in.
    let interface: UInt8
    /// A proxy was asked to go on to somebody: what follows is meant for them, wherever the proxy is.
    var isProxied = false
    /// A hello of the client has named the server.
    var hasServerName = false
    /// The mark of the hello that was told of last, in QUIC and DTLS.
    var latestHello: UInt32 = 0
    var recentQueries = RecentQueries()
    /// When the flow last moved to the young end of its queue.
    var queued: Timestamp

    var isEncryptedDNS: Bool { secrecy == .lookups }

    init(key: FlowKey, time: Timestamp, opener: Opener = .unknown, interface: Int = 0) {
        self.key = key
        self.opener = opener
        self.interface = UInt8(clamping: interface)
        firstSeen = time
        lastSeen = time
        queued = time
    }

    /// What is known of a packet besides its bytes.
    enum Novelty { case fresh, freshBehindGap, copy }

    @inline(__always)
    mutating func count(
        _ packet: Packet, _ payload: Bytes, isUpward: Bool, time: Timestamp, interface: Int
    ) -> Novelty {
        let mark = packet.mark(payload)
        let isFresh =
            isUpward
            ? sentUp.add(packet, mark: mark, time: time, interface: interface)
            : sentDown.add(packet, mark: mark, time: time, interface: interface)
        guard isFresh else { return .copy }
        if time > lastSeen { lastSeen = time }
        guard packet.transport == .tcp, packet.tcpFlags.hasACK, !packet.tcpFlags.hasRST else { return .fresh }
        let acknowledged = packet.tcpAcknowledgement
        let hasGap = isUpward ? sentDown.hasGap(before: acknowledged) : sentUp.hasGap(before: acknowledged)
        return hasGap ? .freshBehindGap : .fresh
    }

    @inline(__always) subscript(sentUpward isUpward: Bool) -> Direction { isUpward ? sentUp : sentDown }

    @inline(__always) subscript(isUpward isUpward: Bool) -> Stream {
        get { isUpward ? up : down }
        set { if isUpward { up = newValue } else { down = newValue } }
    }
}

extension Packet {
    /// What the packet takes of its stream's numbers.
    @inline(__always)
    fileprivate var sequenceLength: UInt32 {
        payloadLength &+ (tcpFlags.hasSYN ? 1 : 0) &+ (tcpFlags.hasFIN ? 1 : 0)
    }

    /// The same for copies of a packet, and nearly never for others; 0 where nothing tells a copy from a packet like
    /// it, such as a repeated acknowledgement without an IP identification.
    @inline(__always)
    fileprivate func mark(_ payload: Bytes) -> UInt32 {
        var mark = UInt64(identification) << 32 | UInt64(payloadLength)
        if transport == .tcp {
            // A SYN is sent again after a second at the soonest (RFC 6298, section 2.1).
            guard identification != 0 || payloadLength > 0 || tcpFlags.hasSYN else { return 0 }
            mark ^= UInt64(tcpSequence) << 16 ^ UInt64(tcpAcknowledgement) << 24 ^ UInt64(tcpFlags.rawValue) << 56
        } else if payload.count >= 40 {
            // Identifiers stand in front; what is encrypted has its tag at the end.
            mark = Self.mixed(mark, payload.word(at: 0))
            mark = Self.mixed(mark, payload.word(at: 8))
            mark = Self.mixed(mark, payload.word(at: 16))
            mark = Self.mixed(mark, payload.word(at: payload.count - 16))
            mark = Self.mixed(mark, payload.word(at: payload.count - 8))
        } else if payload.count >= 8 {
            for index in 0..<payload.count { mark = Self.mixed(mark, UInt64(payload[index])) }
        } else if identification == 0 {
            return 0
        }
        mark = mark &* 0x9e37_79b9_7f4a_7c15
        return UInt32(truncatingIfNeeded: mark >> 32) | 1
    }

    @inline(__always)
    private static func mixed(_ mark: UInt64, _ word: UInt64) -> UInt64 { mark &* 0x0100_0000_01b3 ^ word }
}

extension Bytes {
    /// Eight bytes in one load, in no order that matters. They must be there.
    @inline(__always)
    fileprivate func word(at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 { word |= UInt64(self[start + index]) << UInt64(index * 8) }
        return word
    }
}
