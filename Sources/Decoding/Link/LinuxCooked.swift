/// The pseudo header that Linux gives to captures on the device `any`, version 1 (LINKTYPE_LINUX_SLL): 16 bytes.
struct LinuxCookedHeader {
    var next: Layer

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(14)
        next = Layer(cooked: try bytes.readUInt16())
    }
}

/// Version 2 (LINKTYPE_LINUX_SLL2): 20 bytes, the protocol first.
struct LinuxCooked2Header {
    var next: Layer

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        next = Layer(cooked: try bytes.readUInt16())
        try bytes.skip(18)
    }
}

extension Layer {
    /// Small numbers are Linux's own; 4 is a frame that begins with LLC (linux/if_ether.h, ETH_P_802_2).
    fileprivate init(cooked type: UInt16) {
        self = type == 4 ? .llc : .type(EtherType(rawValue: type))
    }
}
