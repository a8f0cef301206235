/// The CRYPTO frames of an Initial packet (RFC 9000, section 19), by their place in it.
package struct QUICFrames: Sendable {
    private var offset = 0
    private let cryptoType: UInt8

    /// T050 and T051 kept the number that CRYPTO frames had before the drafts gave them one.
    package init(_ version: QUICVersion) { cryptoType = version.rawValue >> 16 == 0x5430 ? 0x08 : 0x06 }

    package struct Crypto: Sendable {
        /// In the stream of handshake bytes.
        package let offset: Int
        /// Where its bytes stand in the packet.
        package let range: Range<Int>
    }

    /// The next CRYPTO frame; PADDING, PING, ACK and CONNECTION_CLOSE are passed over, and no other may stand here
    /// (RFC 9000, section 17.2.2).
    package mutating func nextCrypto(in packet: Bytes) throws(DecodingError) -> Crypto? {
        while true {
            // Most of a packet is PADDING.
            while offset < packet.count, packet[offset] == 0 { offset += 1 }
            guard offset < packet.count else { return nil }
            var bytes = packet.extracting(droppingFirst: offset)
            switch try bytes.readUInt8() {
            case 0x01: break
            case 0x02: try Self.skipAcknowledgement(&bytes)
            case 0x03:
                try Self.skipAcknowledgement(&bytes)
                for _ in 0..<3 { try bytes.skipQUICInteger() }
            case cryptoType:
                let start = try bytes.readQUICInteger()
                let length = try bytes.readQUICInteger()
                let place = packet.count - bytes.count
                try bytes.skip(length)
                offset = place + length
                return Crypto(offset: start, range: place..<offset)
            case 0x1c:
                try bytes.skipQUICInteger()
                try bytes.skipQUICInteger()
                try bytes.skip(try bytes.readQUICInteger())
            case 0x1d:
                try bytes.skipQUICInteger()
                try bytes.skip(try bytes.readQUICInteger())
            default: throw .anomaly(.quicFrame)
            }
            offset = packet.count - bytes.count
        }
    }

    private static func skipAcknowledgement(_ bytes: inout Bytes) throws(DecodingError) {
        try bytes.skipQUICInteger()
        try bytes.skipQUICInteger()
        let ranges = try bytes.readQUICInteger()
        try bytes.skipQUICInteger()
        // Each takes two bytes at least: the packet ends before a lie does.
        guard ranges <= bytes.count else { throw .truncated }
        for _ in 0..<2 * ranges { try bytes.skipQUICInteger() }
    }
}

extension Bytes {
    /// Passes over a variable-length integer of any size.
    fileprivate mutating func skipQUICInteger() throws(DecodingError) {
        try skip((1 << Int(try readUInt8() >> 6)) - 1)
    }
}
