/// Cisco's framing on serial lines (RFC 1547, section 4.3.1; LINKTYPE_C_HDLC): address, control, EtherType.
struct CiscoHDLCHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        try bytes.skip(2)
        next = .type(EtherType(rawValue: try bytes.readUInt16()))
    }
}
