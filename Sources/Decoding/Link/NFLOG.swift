/// A packet logged by Linux netfilter (LINKTYPE_NFLOG): address family, version, group, then attributes in the byte
/// order of the machine that captured: length, type, value, filled up to a multiple of four bytes.
struct NFLOGHeader {
    /// NFULA_PAYLOAD of linux/netfilter/nfnetlink_log.h: the packet, from its IP header on.
    private static let payload = 9
    /// The kernel knows about twenty attributes, each at most once.
    private static let attributeLimit = 64

    var next: Layer

    init(reading bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) {
        next = .nothing
        // Family, version; the group is in network byte order.
        try bytes.skip(1)
        guard try bytes.readUInt8() == 0 else { throw .anomaly(.nflogHeader) }
        try bytes.skip(2)
        for _ in 0..<Self.attributeLimit where bytes.count >= 4 {
            let words = (try bytes.readUInt16(), try bytes.readUInt16())
            // No attribute has a number above 255, which tells the byte orders apart.
            let isBigEndian = words.1 & 0xff00 == 0
            let length = Int(isBigEndian ? words.0 : words.0.byteSwapped) - 4
            let type = Int(isBigEndian ? words.1 : words.1.byteSwapped)
            guard length >= 0 else { throw .anomaly(.nflogHeader) }
            if type == Self.payload {
                bytes.limit(to: length, &beyond)
                next = .ip
                return
            }
            try bytes.skip(Swift.min((length + 3) & ~3, Swift.max(bytes.count, length)))
        }
    }
}
