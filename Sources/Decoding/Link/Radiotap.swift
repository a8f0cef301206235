/// What a driver says of an IEEE 802.11 frame (radiotap.org; LINKTYPE_IEEE802_11_RADIOTAP): version, length, and a
/// bitmap of the fields that are there. Little-endian.
struct RadiotapHeader {
    // Bits of the bitmap.
    private static let hasTimer: UInt8 = 0x01, hasFlags: UInt8 = 0x02
    /// In the flags: the frame's header is filled up to a multiple of four bytes.
    private static let isPadded: UInt8 = 0x20
    /// In the last byte of a bitmap: another one follows.
    private static let goesOn: UInt8 = 0x80
    /// Bitmaps that a header may hold. Drivers write one for each antenna.
    private static let bitmapLimit = 16

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        guard bytes.count >= 8 else { throw .truncated }
        guard bytes[0] == 0 else { throw .anomaly(.radiotapHeader) }
        let length = Int(bytes[2]) | Int(bytes[3]) << 8
        guard length >= 8 else { throw .anomaly(.radiotapHeader) }
        guard length <= bytes.count else { throw .truncated }
        var offset = 8
        var bitmaps = 1
        while bytes[offset - 1] & Self.goesOn != 0 {
            offset += 4
            bitmaps += 1
            guard offset <= length, bitmaps <= Self.bitmapLimit else { throw .anomaly(.radiotapHeader) }
        }
        // Fields stand in the order of their bits, each on a multiple of its size: eight bytes of timer, then flags.
        if bytes[4] & Self.hasTimer != 0 { offset = 8 + (offset + 7) / 8 * 8 }
        let flags = bytes[4] & Self.hasFlags != 0 && offset < length ? bytes[offset] : 0
        try bytes.skip(length)
        next = flags & Self.isPadded != 0 ? .wlanPadded : .wlan
    }
}
