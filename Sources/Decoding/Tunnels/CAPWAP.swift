/// CAPWAP's data channel between access point and controller (RFC 5415, section 4.3): Ethernet or IEEE 802.11 frames.
struct CAPWAPHeader {
    // Of the four bytes: header's length in words, what the native frame is, and flags.
    private static let isNative: UInt32 = 0x100, isFragment: UInt32 = 0x80
    private static let isKeepAlive: UInt32 = 0x08
    /// The binding of RFC 5416.
    private static let wlan: UInt32 = 1

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let word = try bytes.readUInt32()
        let fragment = try bytes.readUInt32()
        let length = Int(word >> 19 & 31) * 4
        // Version 0 and type 0: neither DTLS nor anything to come. A later piece of a frame shows no header.
        guard word >> 24 == 0, length >= 8, word & Self.isKeepAlive == 0,
            word & Self.isFragment == 0 || fragment >> 19 == 0
        else {
            next = .nothing
            return
        }
        try bytes.skip(length - 8)
        guard word & Self.isNative != 0 else {
            next = .ethernet
            return
        }
        // Access points of one maker swap the two bytes of frame control.
        let isSwapped = bytes.count >= 2 && bytes[0] & 0x0c != 0x08 && bytes[1] & 0x0f == 0x08
        next = word >> 9 & 31 != Self.wlan ? .nothing : isSwapped ? .wlanSwapped : .wlan
    }
}
