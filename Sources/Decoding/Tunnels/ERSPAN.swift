/// A switch's copy of a frame, inside GRE (draft-foschiano-erspan-03): type II has 8 bytes, type III 12 and 8 more
/// where the platform adds its own. An Ethernet frame follows.
struct ERSPANHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        // A switch that sends sequence numbers with type I leaves no version here.
        guard bytes.count > 0, bytes[0] >> 4 == 1 else {
            next = bytes.startsWithEthernet ? .ethernet : .nothing
            return
        }
        try bytes.skip(8)
        next = .ethernet
    }

    init(readingType3 bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(10)
        let flags = try bytes.readUInt16()
        // The frame's type: 0 is Ethernet, 2 is IP.
        next = flags >> 10 & 31 == 2 ? .ip : .ethernet
        if flags & 1 == 1 { try bytes.skip(8) }
    }
}
