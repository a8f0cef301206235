/// GENEVE (RFC 8926, section 3.4): version, options' length, EtherType, network identifier, options.
struct GENEVEHeader {
    var next: Layer
    /// 24 bits.
    var network: UInt32?

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let versionAndLength = try bytes.readUInt8()
        let flags = try bytes.readUInt8()
        let type = EtherType(rawValue: try bytes.readUInt16())
        let number = try bytes.readUInt24()
        let reserved = try bytes.readUInt8()
        guard versionAndLength >> 6 == 0, flags & 0x3f == 0, reserved == 0 else {
            next = .nothing
            return
        }
        try bytes.skip(Int(versionAndLength & 0x3f) * 4)
        next = .type(type)
        network = UInt32(number)
    }
}
