/// A message of DHCP for IPv6 (RFC 8415, sections 8 and 9), as far as it tells who a host is.
package struct DHCPv6Message: Sendable {
    /// Source: IANA, "DHCPv6 Message Types".
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package var rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let solicit = Kind(rawValue: 1)
        package static let advertise = Kind(rawValue: 2)
        package static let request = Kind(rawValue: 3)
        package static let confirm = Kind(rawValue: 4)
        package static let renew = Kind(rawValue: 5)
        package static let rebind = Kind(rawValue: 6)
        package static let reply = Kind(rawValue: 7)
        package static let release = Kind(rawValue: 8)
        package static let decline = Kind(rawValue: 9)
        package static let relayForward = Kind(rawValue: 12)
        package static let relayReply = Kind(rawValue: 13)
    }

    /// An address of an IA_NA (sections 21.4 and 21.6).
    package struct Lease: Equatable, Sendable {
        package var address: IPAddress
        /// The valid lifetime, in seconds; 4,294,967,295 is for ever, and 0 takes the address back.
        package var lifetime: UInt32
    }

    /// Relays in front of one another (section 7.6: HOP_COUNT_LIMIT).
    static let relayLimit = 8
    /// A client asks for one address, or for a few; the rest of the message stays unread.
    static let leaseLimit = 16

    /// Of the innermost message: what a client and its server say to each other.
    package private(set) var kind: Kind
    /// Chosen by the client, 24 bits; the answer has the same.
    package private(set) var identifier: UInt32 = 0
    /// Of the client: what a relay saw (RFC 6939), else what its DUID was made of, which may be another of its cards.
    package private(set) var hardware: MACAddress?
    /// Option 39 (RFC 4704).
    package private(set) var name: HostName?
    package private(set) var leases: [Lease] = []
    /// What is wrong with the options; those in front of it are read.
    package private(set) var fault: DecodingError?

    package init(reading bytes: inout Bytes) throws(DecodingError) {
        kind = Kind(rawValue: try bytes.readUInt8())
        var relays = 0
        while kind == .relayForward || kind == .relayReply {
            relays += 1
            guard relays <= Self.relayLimit else { throw .anomaly(.dhcpv6Malformed) }
            // The hop count, and two addresses of 16 bytes.
            try bytes.skip(33)
            try unwrap(&bytes)
            kind = Kind(rawValue: try bytes.readUInt8())
        }
        identifier = UInt32(try bytes.readUInt24())
        do throws(DecodingError) {
            try readOptions(&bytes)
        } catch {
            fault = error
        }
    }

    /// Goes on with the message that a relay's option 9 carries; its option 79 is read where it stands in front.
    private mutating func unwrap(_ bytes: inout Bytes) throws(DecodingError) {
        while true {
            let code = try bytes.readUInt16()
            let length = Int(try bytes.readUInt16())
            if code == 9 {
                // A message that was cut still shows its front.
                if length < bytes.count { try bytes.keep(first: length) }
                return
            }
            var value = bytes
            try value.keep(first: length)
            try bytes.skip(length)
            if code == 79, length == 8, try value.readUInt16() == 1 { noteHardware(try MACAddress(reading: &value)) }
        }
    }

    private mutating func readOptions(_ bytes: inout Bytes) throws(DecodingError) {
        while bytes.count > 0 {
            let code = try bytes.readUInt16()
            let length = Int(try bytes.readUInt16())
            var value = bytes
            try value.keep(first: length)
            try bytes.skip(length)
            switch code {
            case 1: try readIdentifier(&value)
            case 3:
                // IAID, T1 and T2.
                try value.skip(12)
                try readLeases(&value)
            case 39 where length > 1:
                let name = try HostName(labels: value.extracting(droppingFirst: 1))
                if !name.isEmpty { self.name = name }
            default: break
            }
        }
    }

    /// A DUID-LLT or DUID-LL of Ethernet (sections 11.2 and 11.4).
    private mutating func readIdentifier(_ bytes: inout Bytes) throws(DecodingError) {
        let type = try bytes.readUInt16()
        guard type == 1 || type == 3, try bytes.readUInt16() == 1 else { return }
        if type == 1 { try bytes.skip(4) }
        guard bytes.count == 6 else { return }
        noteHardware(try MACAddress(reading: &bytes))
    }

    private mutating func readLeases(_ bytes: inout Bytes) throws(DecodingError) {
        while bytes.count > 0 {
            let code = try bytes.readUInt16()
            let length = Int(try bytes.readUInt16())
            var value = bytes
            try value.keep(first: length)
            try bytes.skip(length)
            guard code == 5, leases.count < Self.leaseLimit else { continue }
            let address = IPAddress(bits: try value.readUInt128())
            try value.skip(4)
            leases.append(Lease(address: address, lifetime: try value.readUInt32()))
        }
    }

    /// The first one counts: the outer relay's is read before the DUID.
    private mutating func noteHardware(_ address: MACAddress) {
        if hardware == nil, address.isOfOneHost { hardware = address }
    }
}
