/// A TCP header (RFC 9293, section 3.1). The checksum is not looked at, for the reason given at `IPv4Header`.
package struct TCPHeader: Sendable {
    /// The control bits, lowest first: FIN, SYN, RST, PSH, ACK.
    package struct Flags: RawRepresentable, Sendable {
        package let rawValue: UInt8
        @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// SYN, FIN or RST: the connection begins or ends.
        @inlinable package var changesConnection: Bool { rawValue & 0x07 != 0 }
        /// FIN or RST.
        @inlinable package var ends: Bool { rawValue & 0x05 != 0 }
        @inlinable package var hasSYN: Bool { rawValue & 0x02 != 0 }
        @inlinable package var hasFIN: Bool { rawValue & 0x01 != 0 }
        @inlinable package var hasRST: Bool { rawValue & 0x04 != 0 }
        @inlinable package var hasACK: Bool { rawValue & 0x10 != 0 }
    }

    package var sourcePort, destinationPort: UInt16
    package var sequence: UInt32
    /// What the sender has got of the other direction; without a meaning where the ACK bit is not set.
    package var acknowledgement: UInt32
    package var flags: Flags

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        sourcePort = try bytes.readUInt16()
        destinationPort = try bytes.readUInt16()
        sequence = try bytes.readUInt32()
        acknowledgement = try bytes.readUInt32()
        let headerLength = Int(try bytes.readUInt8() >> 4) * 4
        guard headerLength >= 20 else { throw .anomaly(.tcpDataOffset) }
        flags = Flags(rawValue: try bytes.readUInt8())
        try bytes.skip(headerLength - 14)
    }
}
