/// An Ethernet II header (IEEE 802.3, section 3): two addresses of 6 bytes and a type.
struct EthernetHeader {
    var type: EtherType

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(12)
        type = EtherType(rawValue: try bytes.readUInt16())
    }
}
