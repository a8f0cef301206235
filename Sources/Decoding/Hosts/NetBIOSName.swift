/// A message of the NetBIOS name service that says which addresses a machine has (RFC 1002, section 4.2): the
/// registration of a name, or the answer to a question for one.
package struct NetBIOSMessage: Sendable {
    /// The machine's name, without the blanks that fill it up.
    package let name: HostName
    package let addresses: [IPAddress]

    /// A machine has an address for each of its cards.
    static let addressLimit = 8

    /// Nil: anything else, and names of groups and of other services than the machine (00) and its files (20).
    package init?(reading message: Bytes) throws(DecodingError) {
        var bytes = message
        try bytes.skip(2)
        let flags = try bytes.readUInt16()
        let questions = try bytes.readUInt16()
        let answers = try bytes.readUInt16()
        try bytes.skip(2)
        let additional = try bytes.readUInt16()
        let isResponse = flags & 0x8000 != 0
        // 0 query, 5 registration; 8, 9 and 15 refresh and multi-homed registration (section 4.2.1.1; [MS-NBTE]).
        switch flags >> 11 & 15 {
        case 0: guard isResponse, flags & 15 == 0, answers > 0, questions == 0 else { return nil }
        case 5, 8, 9, 15: guard !isResponse, questions == 1, additional > 0 else { return nil }
        default: return nil
        }
        var offset = 12
        var encoded = try HostName(inMessage: message, at: &offset)
        if !isResponse {
            // Type and class; the record names the same again.
            offset += 4
            encoded = try HostName(inMessage: message, at: &offset)
        }
        bytes = message.extracting(droppingFirst: min(offset, message.count))
        // 0x20 is NB, in class Internet (section 4.2.1.3).
        guard try bytes.readUInt32() == 0x0020_0001 else { return nil }
        try bytes.skip(4)
        let length = Int(try bytes.readUInt16())
        try bytes.keep(first: length)
        guard let (name, suffix) = Self.decoded(encoded), suffix == 0x00 || suffix == 0x20 else { return nil }
        var addresses: [IPAddress] = []
        while bytes.count > 0, addresses.count < Self.addressLimit {
            let nameFlags = try bytes.readUInt16()
            let address = IPAddress(v4: try bytes.readUInt32())
            // The top bit: a group's.
            if nameFlags & 0x8000 == 0 { addresses.append(address) }
        }
        guard !addresses.isEmpty else { return nil }
        self.name = name
        self.addresses = addresses
    }

    /// The first-level encoding (RFC 1001, section 14.1): each half of a byte as a letter from A on; 15 bytes and a
    /// suffix. A scope may stand behind it.
    private static func decoded(_ encoded: HostName) -> (name: HostName, suffix: UInt8)? {
        guard encoded.count == 32 || encoded.count > 32 && encoded[32] == UInt8(ascii: ".") else { return nil }
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<32 {
            // Letters came folded.
            let half = encoded[index] &- UInt8(ascii: "a")
            guard half < 16 else { return nil }
            bytes[index / 2] = bytes[index / 2] << 4 | half
        }
        var count = 15
        while count > 0, bytes[count - 1] == 0x20 || bytes[count - 1] == 0 { count -= 1 }
        guard count > 0 else { return nil }
        var name = HostName()
        for index in 0..<count { name.append(bytes[index]) }
        return (name, bytes[15])
    }
}
