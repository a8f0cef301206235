/// A UDP header (RFC 768).
struct UDPHeader {
    var sourcePort, destinationPort: UInt16
    /// Header included; 0 in a jumbogram (RFC 2675, section 4).
    var length: Int

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        sourcePort = try bytes.readUInt16()
        destinationPort = try bytes.readUInt16()
        length = Int(try bytes.readUInt16())
        guard length >= 8 || length == 0 else { throw .anomaly(.udpLength) }
        try bytes.skip(2)
    }
}
