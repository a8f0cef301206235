/// A message of IPv6 neighbour discovery (RFC 4861, section 4): ICMPv6 types 133 to 136.
package struct NeighborMessage: Sendable {
    /// What it says: this address is at this hardware address.
    package let address: IPAddress
    package let hardware: MACAddress

    /// The first type of the four, and how many they are: solicitation and advertisement of routers, then of neighbours.
    private static let types: ClosedRange<UInt8> = 133...136
    private static let advertisement: UInt8 = 136

    @inline(__always) package static func canStart(_ bytes: Bytes) -> Bool {
        bytes.count > 0 && types.contains(bytes[0])
    }

    /// Nil: the message tells no hardware address, as a probe for a new address does (RFC 4862, section 5.4.2).
    ///
    /// - Parameter source: of the IP packet. It is what a solicitation speaks of.
    package init?(reading bytes: inout Bytes, source: IPAddress) throws(DecodingError) {
        let type = try bytes.readUInt8()
        // Code and checksum.
        try bytes.skip(3)
        switch type {
        case 133: try bytes.skip(4)
        case 134: try bytes.skip(12)
        default: try bytes.skip(4)
        }
        if type >= 135 {
            let target = IPAddress(bits: try bytes.readUInt128())
            address = type == Self.advertisement ? target : source
        } else {
            address = source
        }
        // Option 1 is the source's link-layer address, 2 the target's.
        let wanted: UInt8 = type == Self.advertisement ? 2 : 1
        while bytes.count > 0 {
            let option = try bytes.readUInt8()
            let length = Int(try bytes.readUInt8()) * 8 - 2
            // Section 4.6: a length of zero makes the packet void.
            guard length > 0 else { throw .anomaly(.neighborDiscoveryMalformed) }
            var value = bytes
            try value.keep(first: length)
            try bytes.skip(length)
            guard option == wanted, length == 6 else { continue }
            hardware = try MACAddress(reading: &value)
            guard hardware.isOfOneHost, address.bits != 0, !address.isMulticastOrBroadcast else { return nil }
            return
        }
        return nil
    }
}
