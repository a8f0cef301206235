/// Ethernet in IP (RFC 3378): version 3 and twelve reserved bits.
struct EtherIPHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        next = try bytes.readUInt16() == 0x3000 ? .ethernet : .nothing
    }
}
