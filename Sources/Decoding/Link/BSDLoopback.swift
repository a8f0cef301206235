/// The four bytes in front of a packet on a BSD loopback (LINKTYPE_NULL and LINKTYPE_LOOP): an address family,
/// in the byte order of the machine that captured (NULL) or in network byte order (LOOP).
struct BSDLoopbackHeader {
    /// Nil where the family is not IP.
    var type: EtherType?

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        let word = try bytes.readUInt32()
        let family = word > 0xffff ? word.byteSwapped : word
        switch family {
        case 2: type = .ipv4
        // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS.
        case 10, 24, 28, 30: type = .ipv6
        default: type = nil
        }
    }
}
