/// A message of DHCP for IPv4 (RFC 2131, section 2; options of RFC 2132), as far as it tells who a host is.
package struct DHCPv4Message: Sendable {
    /// Option 53. Source: IANA, "DHCP Message Type 53 Values".
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package var rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let discover = Kind(rawValue: 1)
        package static let offer = Kind(rawValue: 2)
        package static let request = Kind(rawValue: 3)
        package static let decline = Kind(rawValue: 4)
        package static let acknowledge = Kind(rawValue: 5)
        package static let refuse = Kind(rawValue: 6)
        package static let release = Kind(rawValue: 7)
        package static let inform = Kind(rawValue: 8)
    }

    /// Comes from a server; also where a relay passes it on.
    package let isReply: Bool
    /// Chosen by the client; the answer has the same.
    package let identifier: UInt32
    /// Where the client says it is, where the server puts it, and the relay; 0.0.0.0 where there is none.
    package let clientAddress, yourAddress, relayAddress: IPAddress
    /// Of the client. Nil on other networks than Ethernet.
    package let hardware: MACAddress?
    /// Nil in BOOTP (RFC 951).
    package private(set) var kind: Kind?
    /// Option 12, or the name of option 81 (RFC 4702), which is longer where both are there.
    package private(set) var name: HostName?
    package private(set) var requestedAddress: IPAddress?
    /// In seconds; 4,294,967,295 is for ever.
    package private(set) var leaseTime: UInt32?
    /// Option 60, escaped: what kind of client this is.
    package private(set) var vendorClass: String?

    /// What is wrong with the options; those in front of it are read.
    package private(set) var fault: DecodingError?

    package init(reading bytes: inout Bytes) throws(DecodingError) {
        let operation = try bytes.readUInt8()
        guard operation == 1 || operation == 2 else { throw .anomaly(.dhcpMalformed) }
        isReply = operation == 2
        let hardwareType = try bytes.readUInt8()
        let hardwareLength = try bytes.readUInt8()
        try bytes.skip(1)
        identifier = try bytes.readUInt32()
        try bytes.skip(4)
        clientAddress = IPAddress(v4: try bytes.readUInt32())
        yourAddress = IPAddress(v4: try bytes.readUInt32())
        try bytes.skip(4)
        relayAddress = IPAddress(v4: try bytes.readUInt32())
        let address = try MACAddress(reading: &bytes)
        hardware = hardwareType == 1 && hardwareLength == 6 && address.isOfOneHost ? address : nil
        try bytes.skip(10)
        let fields = bytes
        try bytes.skip(Self.serverNameLength + Self.fileLength)
        guard try bytes.readUInt32() == Self.magic else { throw .anomaly(.dhcpMalformed) }
        var overload: UInt8 = 0
        do throws(DecodingError) {
            try readOptions(&bytes, &overload)
            // Option 52: the options go on in the fields for the file and for the server's name, in this order.
            var ignored: UInt8 = 0
            if overload & 1 != 0 {
                var file = fields.extracting(Self.serverNameLength..<Self.serverNameLength + Self.fileLength)
                try readOptions(&file, &ignored)
            }
            if overload & 2 != 0 {
                var serverName = fields.extracting(first: Self.serverNameLength)
                try readOptions(&serverName, &ignored)
            }
        } catch {
            fault = error
        }
    }

    private static let serverNameLength = 64, fileLength = 128
    /// What options begin with (RFC 2131, section 3): 99.130.83.99.
    private static let magic: UInt32 = 0x6382_5363

    private mutating func readOptions(_ bytes: inout Bytes, _ overload: inout UInt8) throws(DecodingError) {
        while bytes.count > 0 {
            let code = try bytes.readUInt8()
            if code == 0 { continue }
            if code == 255 { return }
            let length = Int(try bytes.readUInt8())
            var value = bytes
            try value.keep(first: length)
            try bytes.skip(length)
            switch code {
            case 12: noteName(HostName(textOfOption: value))
            case 50 where length == 4: requestedAddress = IPAddress(v4: try value.readUInt32())
            case 51 where length == 4: leaseTime = try value.readUInt32()
            case 52 where length == 1: overload = value[0]
            case 53 where length == 1: kind = Kind(rawValue: value[0])
            case 60: vendorClass = escaped(optionText: value)
            case 81 where length >= 3: noteName(try Self.fullName(value))
            default: break
            }
        }
    }

    /// RFC 4702, section 2: flags, two bytes without meaning, and the name, in labels where a flag says so.
    private static func fullName(_ value: Bytes) throws(DecodingError) -> HostName {
        let name = value.extracting(droppingFirst: 3)
        return value[0] & 4 != 0 ? try HostName(labels: name) : HostName(textOfOption: name)
    }

    private mutating func noteName(_ new: HostName) {
        guard !new.isEmpty, !new.isTruncated, new.count > name?.count ?? 0 else { return }
        name = new
    }
}

extension HostName {
    /// The text of an option. Some clients end it as C does (RFC 2132, section 2).
    fileprivate init(textOfOption bytes: Bytes) {
        self.init()
        for index in 0..<bytes.count where bytes[index] != 0 { append(bytes[index]) }
        dropTrailingDot()
    }
}

/// The bytes of an option, 255 at most, as text; nil where there are none.
private func escaped(optionText bytes: Bytes) -> String? {
    var text: [UInt8] = []
    for index in 0..<bytes.count { text.append(bytes[index]) }
    return text.isEmpty ? nil : escaped(text, keepingBlanks: true)
}
