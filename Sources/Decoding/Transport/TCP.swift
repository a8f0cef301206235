/// A TCP header (RFC 9293, section 3.1). The checksum is not looked at, for the reason given at `IPv4Header`.
package struct TCPHeader: Sendable {
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8
        @inline(__always) package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let fin = Flags(rawValue: 0x01)
        package static let syn = Flags(rawValue: 0x02)
        package static let rst = Flags(rawValue: 0x04)
        package static let ack = Flags(rawValue: 0x10)
    }

    package var sourcePort, destinationPort: UInt16
    package var sequence: UInt32
    package var flags: Flags

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        sourcePort = try bytes.readUInt16()
        destinationPort = try bytes.readUInt16()
        sequence = try bytes.readUInt32()
        try bytes.skip(4)
        let headerLength = Int(try bytes.readUInt8() >> 4) * 4
        guard headerLength >= 20 else { throw .anomaly(.tcpDataOffset) }
        flags = Flags(rawValue: try bytes.readUInt8())
        try bytes.skip(headerLength - 14)
    }
}
