/// An IPv6 header (RFC 8200, section 3): 40 bytes, before any extension header.
struct IPv6Header {
    var source, destination: IPAddress
    var next: IPProtocol
    /// Behind these 40 bytes. 0 for a jumbogram or where the length was left to the network card.
    var payloadLength: Int

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(4)
        payloadLength = Int(try bytes.readUInt16())
        next = IPProtocol(rawValue: try bytes.readUInt8())
        try bytes.skip(1)
        source = IPAddress(bits: try bytes.readUInt128())
        destination = IPAddress(bits: try bytes.readUInt128())
    }
}

/// The chain of extension headers behind an IPv6 header, walked up to the transport header or to a fragment's bytes.
struct IPv6Extensions {
    /// RFC 8200, section 4.1 recommends each header at most once, destination options twice: seven in all, and
    /// one for a newcomer.
    static let limit = 8

    /// What follows; in a fragment, what the datagram begins with.
    var transport: IPProtocol
    /// What the fragments of one datagram have in common.
    var identification: UInt32 = 0
    /// In units of 8 bytes.
    var fragmentOffset: UInt16 = 0
    var moreFragments = false

    /// An "atomic" fragment, which is the whole datagram (RFC 6946), is none.
    @inline(__always) var isFragment: Bool { fragmentOffset != 0 || moreFragments }

    @inline(__always) init(reading bytes: inout Bytes, first: IPProtocol) throws(DecodingError) {
        transport = first
        var count = 0
        while true {
            switch transport {
            case .hopByHop, .routing, .destinationOptions, .mobility, .hostIdentity, .shim6:
                transport = IPProtocol(rawValue: try bytes.readUInt8())
                try bytes.skip(Int(try bytes.readUInt8()) * 8 + 6)
            case .authentication:
                // RFC 4302, section 2.2: the length counts words of 4 bytes, less 2.
                transport = IPProtocol(rawValue: try bytes.readUInt8())
                try bytes.skip((Int(try bytes.readUInt8()) + 2) * 4 - 2)
            case .fragment:
                transport = IPProtocol(rawValue: try bytes.readUInt8())
                try bytes.skip(1)
                let field = try bytes.readUInt16()
                fragmentOffset = field >> 3
                moreFragments = field & 1 != 0
                identification = try bytes.readUInt32()
                if isFragment { return }
            default:
                return
            }
            count += 1
            guard count <= Self.limit else { throw .anomaly(.tooManyExtensions) }
        }
    }
}
