/// What follows a tag's own EtherType (IEEE 802.1Q, section 9.6): priority, identifier, and the next EtherType.
struct VLANTag {
    /// 0 to 4095; 0 means "priority only, no VLAN".
    var identifier: UInt16
    var type: EtherType

    @inline(__always) init(reading bytes: inout Bytes) throws(DecodingError) {
        identifier = try bytes.readUInt16() & 0x0fff
        type = EtherType(rawValue: try bytes.readUInt16())
    }
}
