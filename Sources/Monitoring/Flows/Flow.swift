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
    /// By IP length; "up" is from the lower end of the key to the higher one.
    var bytesUp: UInt64 = 0
    var bytesDown: UInt64 = 0
    var packetsUp: UInt32 = 0
    var packetsDown: UInt32 = 0
    var up = Stream()
    var down = Stream()
    var standing = Standing.brief
    var dnsState = DNSState.unknown
    var dnsAttempts: UInt8 = 0
    /// A hello of the client has named the server.
    var hasServerName = false
    /// The mark of the hello that was told of last, in QUIC and DTLS.
    var latestHello: UInt32 = 0
    var recentQueries = RecentQueries()
    /// When the flow last moved to the young end of its queue.
    var queued: Timestamp

    init(key: FlowKey, time: Timestamp) {
        self.key = key
        firstSeen = time
        lastSeen = time
        queued = time
    }

    @inline(__always) mutating func count(_ packet: Packet, isUpward: Bool, time: Timestamp) {
        if isUpward {
            bytesUp &+= UInt64(packet.ipLength)
            packetsUp &+= 1
        } else {
            bytesDown &+= UInt64(packet.ipLength)
            packetsDown &+= 1
        }
        if time > lastSeen { lastSeen = time }
    }

    @inline(__always) subscript(isUpward isUpward: Bool) -> Stream {
        get { isUpward ? up : down }
        set { if isUpward { up = newValue } else { down = newValue } }
    }
}
