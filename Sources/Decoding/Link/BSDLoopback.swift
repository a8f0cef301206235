/// The four bytes in front of a packet on a BSD loopback (LINKTYPE_NULL and LINKTYPE_LOOP): an address family,
/// in the byte order of the machine that captured (NULL) or in network byte order (LOOP).
struct BSDLoopbackHeader {
    var next: Layer

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        let word = try bytes.readUInt32()
        let family = word > 0xffff ? word.byteSwapped : word
        switch family {
        case 2: next = .ipv4
        // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS.
        case 10, 24, 28, 30: next = .ipv6
        default: next = .nothing
        }
    }
}
