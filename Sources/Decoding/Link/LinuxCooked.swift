/// The pseudo header that Linux gives to captures on the device `any`, version 1 (LINKTYPE_LINUX_SLL): 16 bytes.
struct LinuxCookedHeader {
    var type: EtherType

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(14)
        type = EtherType(rawValue: try bytes.readUInt16())
    }
}

/// Version 2 (LINKTYPE_LINUX_SLL2): 20 bytes, the protocol first.
struct LinuxCooked2Header {
    var type: EtherType

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        type = EtherType(rawValue: try bytes.readUInt16())
        try bytes.skip(18)
    }
}
