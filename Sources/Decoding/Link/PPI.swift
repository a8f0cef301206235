/// Per-Packet Information (CACE, 2007; LINKTYPE_PPI): version, flags, length, and the link type of what follows.
/// Little-endian.
struct PPIHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        guard bytes.count >= 8 else { throw .truncated }
        let length = Int(bytes[2]) | Int(bytes[3]) << 8
        guard bytes[0] == 0, length >= 8 else { throw .anomaly(.ppiHeader) }
        let number = UInt32(bytes[4]) | UInt32(bytes[5]) << 8 | UInt32(bytes[6]) << 16 | UInt32(bytes[7]) << 24
        try bytes.skip(length)
        guard let layer = Layer(LinkType(rawValue: Int32(bitPattern: number))) else {
            throw .anomaly(.unknownLinkType)
        }
        next = layer
    }
}
