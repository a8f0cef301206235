/// An IPv4 header (RFC 791, section 3.1). Its checksum is not looked at: on the sending gateway itself
/// the network card fills it in later.
struct IPv4Header {
    var source, destination: IPAddress
    var transport: IPProtocol
    /// Header included. 0 where the sending machine left it to the network card (segmentation offload).
    var totalLength: Int
    /// In bytes.
    var headerLength: Int
    /// What the fragments of one datagram have in common.
    var identification: UInt16
    /// In units of 8 bytes.
    var fragmentOffset: UInt16
    var moreFragments: Bool

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        let versionAndLength = try bytes.readUInt8()
        headerLength = Int(versionAndLength & 15) * 4
        guard versionAndLength >> 4 == 4, headerLength >= 20 else { throw .anomaly(.ipv4HeaderLength) }
        try bytes.skip(1)
        totalLength = Int(try bytes.readUInt16())
        guard totalLength >= headerLength || totalLength == 0 else { throw .anomaly(.ipv4TotalLength) }
        identification = try bytes.readUInt16()
        let fragmentation = try bytes.readUInt16()
        fragmentOffset = fragmentation & 0x1fff
        moreFragments = fragmentation & 0x2000 != 0
        try bytes.skip(1)
        transport = IPProtocol(rawValue: try bytes.readUInt8())
        try bytes.skip(2)
        source = IPAddress(v4: try bytes.readUInt32())
        destination = IPAddress(v4: try bytes.readUInt32())
        try bytes.skip(headerLength - 20)
    }
}
