/// The Initial packets of a datagram (RFC 9000, sections 12.2 and 17.2), each by its place in it.
///
/// Other packets with a long header are passed over by their length; 0-RTT packets stand beside Initials. One with a
/// short header, a Retry or a version that is not known ends the datagram: they fill the rest of it.
package struct QUICDatagram: Sendable {
    private var offset = 0

    package init() {}

    /// An Initial packet whose header can be read without a key.
    package struct Initial: Sendable {
        package let version: QUICVersion
        package let destination, source: QUICConnectionID
        /// In the datagram: the first byte, the protected packet number, and what follows the packet.
        let start, number, end: Int
    }

    /// The identifier that a server gives itself in a Retry (RFC 9000, section 17.2.5), if the datagram is one.
    package static func retrySource(in datagram: Bytes) -> QUICConnectionID? {
        var bytes = datagram
        do throws(DecodingError) {
            let first = try bytes.readUInt8()
            let version = QUICVersion(rawValue: try bytes.readUInt32())
            guard version.family == .tls, first >> 4 & 3 == version.retryType else { return nil }
            _ = try QUICConnectionID(reading: &bytes)
            return try QUICConnectionID(reading: &bytes)
        } catch {
            return nil
        }
    }

    package mutating func nextInitial(in datagram: Bytes) throws(DecodingError) -> Initial? {
        while offset < datagram.count, datagram[offset] & 0x80 != 0 {
            let start = offset
            var bytes = datagram.extracting(droppingFirst: start)
            let first = try bytes.readUInt8()
            let version = QUICVersion(rawValue: try bytes.readUInt32())
            guard let family = version.family, family == .tls || family == .protectedGoogle else { return nil }
            let destination = try QUICConnectionID(reading: &bytes)
            let source = try QUICConnectionID(reading: &bytes)
            let type = first >> 4 & 3
            if type == version.retryType { return nil }
            if type == version.initialType { try bytes.skip(try bytes.readQUICInteger()) }
            let length = try bytes.readQUICInteger()
            let number = datagram.count - bytes.count
            try bytes.skip(length)
            offset = number + length
            if type == version.initialType {
                return Initial(
                    version: version, destination: destination, source: source, start: start, number: number,
                    end: offset)
            }
        }
        return nil
    }
}

extension Bytes {
    /// A variable-length integer (RFC 9000, section 16). Nothing that is read here has a use for more than 32 bits of
    /// it: larger ones are anomalies.
    mutating func readQUICInteger() throws(DecodingError) -> Int {
        let first = try readUInt8()
        switch first >> 6 {
        case 0: return Int(first)
        case 1: return Int(first & 63) << 8 | Int(try readUInt8())
        case 2: return Int(first & 63) << 24 | (try readUInt24())
        default:
            let high = UInt32(first & 63) << 24 | UInt32(try readUInt24())
            let low = try readUInt32()
            guard high == 0 else { throw .anomaly(.quicHeader) }
            return Int(low)
        }
    }
}
