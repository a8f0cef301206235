/// The client's hello of Google's own handshake: a message CHLO with tags, as Q024 to Q050 send it.
/// Source: "QUIC Crypto", revision of 2016, section "Handshake messages"; and the QUICHE sources.
package struct GoogleClientHello: Sendable {
    /// The tag SNI; nil without one.
    package private(set) var serverName: HostName?

    /// In front of the message stand a header, 12 bytes of hash, and a frame header or two: 60 bytes at most. A hello
    /// behind an ACK frame with many ranges is a repetition of one that was not.
    private static let searchLimit = 128
    /// QUICHE reads no message with more.
    private static let tagLimit = 128

    /// Finds the message in a packet that is not encrypted, or no longer. Between the packet's header and the message
    /// every version had something else; the message itself never changed.
    ///
    /// - Returns: nil where there is none, or it contradicts itself.
    package init?(searching packet: Bytes) {
        for start in 0..<Self.searchLimit where start + 8 <= packet.count {
            guard packet[start] == 0x43, packet[start + 1] == 0x48, packet[start + 2] == 0x4c, packet[start + 3] == 0x4f
            else { continue }
            var bytes = packet.extracting(droppingFirst: start + 4)
            do throws(DecodingError) {
                try read(&bytes)
                return
            } catch {
                return nil
            }
        }
        return nil
    }

    private mutating func read(_ bytes: inout Bytes) throws(DecodingError) {
        // The only little-endian numbers in this module.
        let tags = Int(try bytes.readUInt16().byteSwapped)
        guard tags > 0, tags <= Self.tagLimit, try bytes.readUInt16() == 0 else {
            throw .anomaly(.clientHelloMalformed)
        }
        var values = bytes
        try values.skip(8 * tags)
        var start = 0
        for _ in 0..<tags {
            let tag = try bytes.readUInt32()
            let end = Int(try bytes.readUInt32().byteSwapped)
            guard end >= start else { throw .anomaly(.clientHelloMalformed) }
            if tag == 0x534e_4900, end > start {
                var name = values
                try name.skip(start)
                try name.keep(first: end - start)
                serverName = HostName(copying: name)
            }
            start = end
        }
    }
}

/// The public header of Google QUIC up to Q043, as far as it tells one: flags, connection identifier, version.
package struct GooglePublicHeader: Sendable {
    package let version: QUICVersion
    /// Tells connections of one flow apart; never 0.
    package let mark: UInt32

    /// - Returns: nil unless the datagram has a version and an identifier of 8 bytes, as a client's first ones have.
    @inline(__always)
    package init?(_ datagram: Bytes) {
        guard datagram.count > 14, datagram[0] & 0x8b == 0x09, datagram[9] == 0x51, datagram[10] == 0x30 else {
            return nil
        }
        var bytes = datagram.extracting(droppingFirst: 1)
        do throws(DecodingError) {
            let high = try bytes.readUInt32()
            let low = try bytes.readUInt32()
            version = QUICVersion(rawValue: try bytes.readUInt32())
            guard version.family == .publicHeader else { return nil }
            mark = max(high &* 0x9e37_79b1 ^ low, 1)
        } catch {
            return nil
        }
    }
}
