import Decoding

/// Counts what a client sends behind its handshake: a handshake alone is no transmission.
///
/// Encrypted records say what they are only from outside, so this is an estimate from below: acknowledgements, alerts
/// and the handshake's own last record are left out by their place and length.
struct ApplicationData: Sendable {
    /// In bytes of payload: of TLS and DTLS without the records' headers.
    private(set) var byteCount: UInt64 = 0
    private var carrier: Carrier
    private var records = Records()

    enum Carrier: UInt8 {
        /// A TCP stream of which the next segment tells.
        case undecided
        case tls, dtls, quic
        /// Everything is data.
        case plain
    }

    init(_ carrier: Carrier, already byteCount: UInt64 = 0) {
        self.carrier = carrier
        self.byteCount = byteCount
    }

    /// Acknowledgements and announcements of QUIC are shorter than this, the smallest requests of HTTP/3 are not: 1 byte,
    /// an identifier of 20, a number of 4, a tag of 16 (RFC 9000, section 17.3.1), and three dozen for frames.
    private static let smallestQUIC = 80

    /// Takes in what the client sent next.
    mutating func add(_ payload: Bytes, _ packet: Packet) {
        guard packet.payloadLength > 0 else { return }
        if carrier == .undecided { carrier = payload.startsRecord ? .tls : .plain }
        switch carrier {
        case .undecided: break
        case .plain: byteCount &+= UInt64(packet.payloadLength)
        case .tls: byteCount &+= records.dataBytes(in: payload, packet)
        case .dtls: byteCount &+= Self.datagramDataBytes(in: payload)
        case .quic:
            // A short header: the keys of the handshake are done with (RFC 9000, section 17.3).
            if payload.count > 0, payload[0] & 0x80 == 0, payload.count >= Self.smallestQUIC {
                byteCount &+= UInt64(packet.payloadLength)
            }
        }
    }

    /// RFC 6347, section 4.1: records with a header of 13 bytes; RFC 9147, section 4: encrypted ones begin with `001`.
    private static func datagramDataBytes(in payload: Bytes) -> UInt64 {
        var rest = payload
        var count: UInt64 = 0
        while rest.count > 0 {
            if rest[0] >> 5 == 1 { return rest.count >= smallestQUIC ? count &+ UInt64(rest.count) : count }
            guard rest.count >= 13 else { break }
            let length = Int(rest[11]) << 8 | Int(rest[12])
            if rest[0] == 23 { count &+= UInt64(length) }
            guard rest.count > 13 + length else { break }
            rest = rest.extracting(droppingFirst: 13 + length)
        }
        return count
    }

    /// Where the records of a TLS stream begin and end (RFC 8446, section 5.1).
    private struct Records {
        /// The number of the first byte not looked at, and that of the next record's header.
        private var seen: UInt32 = 0
        private var next: UInt32 = 0
        private var isInStep = false
        private var isInData = false
        /// Of the client: TLS up to 1.2 sends more handshake in the clear, TLS 1.3 hides it in the first data record.
        private var hasHandshake = false
        private var hasData = false

        /// RFC 8446, section 5.2: an alert (2 bytes) or a KeyUpdate (5) with its type (1) and tag (16).
        private static let longestSilence = 5 + 1 + 16

        mutating func dataBytes(in payload: Bytes, _ packet: Packet) -> UInt64 {
            let start = packet.tcpSequence
            let end = start &+ packet.payloadLength
            var count: UInt64 = 0
            if !isInStep {
                guard payload.startsRecord else {
                    // The middle of a record; behind the first data record nearly all are data.
                    return hasData ? UInt64(packet.payloadLength) : 0
                }
                isInStep = true
                (seen, next) = (start, start)
            }
            // Sent again: it was looked at.
            guard Int32(bitPattern: end &- seen) > 0 else { return 0 }
            var position = Int32(bitPattern: start &- seen) > 0 ? start : seen
            if Int32(bitPattern: position &- next) > 0 {
                isInStep = false
                return dataBytes(in: payload, packet)
            }
            seen = end
            while position != end {
                let inside = next &- position
                if inside > 0 {
                    let length = min(inside, end &- position)
                    if isInData { count &+= UInt64(length) }
                    position = position &+ length
                } else {
                    let offset = Int(position &- start)
                    guard offset + 5 <= payload.count,
                        let record = readRecord(payload.extracting(droppingFirst: offset))
                    else {
                        isInStep = false
                        return count
                    }
                    position = position &+ min(5, end &- position)
                    next = position &+ record
                }
            }
            return count
        }

        /// - Returns: the record's length; nil where it is none.
        private mutating func readRecord(_ bytes: Bytes) -> UInt32? {
            guard bytes.startsRecord else { return nil }
            let length = UInt32(bytes[3]) << 8 | UInt32(bytes[4])
            isInData = false
            switch bytes[0] {
            case 22: if bytes.count > 5, bytes[5] != 1 { hasHandshake = true }
            case 23:
                isInData = hasHandshake || hasData && length > Self.longestSilence
                hasData = true
            default: break
            }
            return length
        }
    }
}

extension Bytes {
    /// The header of a TLS record: a known type, version 3.x, a length that is allowed (RFC 8446, section 5.2).
    fileprivate var startsRecord: Bool {
        count >= 5 && self[0] >= 20 && self[0] <= 23 && self[1] == 3 && self[2] <= 4
            && Int(self[3]) << 8 | Int(self[4]) <= 16_384 + 2_048
    }
}
