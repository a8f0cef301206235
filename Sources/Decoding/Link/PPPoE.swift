/// A PPPoE session header (RFC 2516, section 4): version and type, code, session, length.
struct PPPoEHeader {
    var next: Layer

    init(reading bytes: inout Bytes, _ beyond: inout Int) throws(DecodingError) {
        let versionAndType = try bytes.readUInt8()
        let code = try bytes.readUInt8()
        try bytes.skip(2)
        bytes.limit(to: Int(try bytes.readUInt16()), &beyond)
        // Code 0 is session data; anything else is discovery.
        next = versionAndType == 0x11 && code == 0 ? .ppp : .nothing
    }
}
