/// An IEEE 802.11 data frame (section 9.3.2.1): frame control, duration, three or four addresses, sequence control,
/// and quality of service where it has one. Management frames, protected frames and later fragments show no packet.
///
/// Of an A-MSDU, several frames in one, the first is read.
struct WLANHeader {
    // Bits of the second byte of frame control.
    private static let toSystem: UInt8 = 0x01, fromSystem: UInt8 = 0x02, protected: UInt8 = 0x40, order: UInt8 = 0x80
    // Bits of the subtype.
    private static let isQoS: UInt8 = 0x80, hasNoData: UInt8 = 0x40

    var next: Layer

    /// - Parameters:
    ///   - isPadded: the header is filled up to a multiple of four bytes, as some drivers do.
    ///   - isSwapped: the two bytes of frame control stand the wrong way round.
    init(reading bytes: inout Bytes, isPadded: Bool = false, isSwapped: Bool = false) throws(DecodingError) {
        var kind = try bytes.readUInt8()
        var flags = try bytes.readUInt8()
        if isSwapped { (kind, flags) = (flags, kind) }
        // Version 0, type 2: data.
        guard kind & 0x0f == 0x08, kind & Self.hasNoData == 0, flags & Self.protected == 0 else {
            next = .nothing
            return
        }
        try bytes.skip(20)
        // Little-endian; the low four bits number the fragments of a frame.
        let fragment = try bytes.readUInt8() & 15
        try bytes.skip(1)
        guard fragment == 0 else {
            next = .nothing
            return
        }
        var length = 24
        if flags & (Self.toSystem | Self.fromSystem) == Self.toSystem | Self.fromSystem {
            try bytes.skip(6)
            length += 6
        }
        var isAggregate = false
        if kind & Self.isQoS != 0 {
            isAggregate = try bytes.readUInt8() & 0x80 != 0
            try bytes.skip(1)
            length += 2
            // High throughput control.
            if flags & Self.order != 0 {
                try bytes.skip(4)
                length += 4
            }
        }
        if isPadded { try bytes.skip(-length & 3) }
        // A subframe begins with two addresses and a length.
        if isAggregate { try bytes.skip(14) }
        next = .llc
    }
}
