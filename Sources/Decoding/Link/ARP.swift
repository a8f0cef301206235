/// An ARP packet for IPv4 over Ethernet (RFC 826): who asks or answers, and for which address.
package struct ARPPacket: Sendable {
    package struct Operation: RawRepresentable, Hashable, Sendable {
        package var rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let request = Operation(rawValue: 1)
        package static let reply = Operation(rawValue: 2)
    }

    package let operation: Operation
    package let sender: MACAddress
    /// 0.0.0.0 in a probe: its sender has no address yet (RFC 5227, section 2.1.1).
    package let senderAddress: IPAddress
    package let target: MACAddress
    package let targetAddress: IPAddress

    /// Nil: for other networks than Ethernet and IPv4.
    package init?(reading bytes: inout Bytes) throws(DecodingError) {
        let hardware = try bytes.readUInt16()
        let network = EtherType(rawValue: try bytes.readUInt16())
        let lengths = try bytes.readUInt16()
        operation = Operation(rawValue: try bytes.readUInt16())
        // IEEE 802 networks have a number of their own (IANA, "ARP Parameters"), and the same addresses.
        guard hardware == 1 || hardware == 6, network == .ipv4 else { return nil }
        guard lengths == 0x0604 else { throw .anomaly(.arpMalformed) }
        sender = try MACAddress(reading: &bytes)
        senderAddress = IPAddress(v4: try bytes.readUInt32())
        target = try MACAddress(reading: &bytes)
        targetAddress = IPAddress(v4: try bytes.readUInt32())
    }

    /// Looks for one behind the link headers of a frame that holds no IP packet. Nil: it holds no ARP either.
    ///
    /// - Parameter wireLength: as in `Packet`.
    /// - Throws: what is wrong with the ARP packet; of the headers in front of it, `Packet` has told.
    package init?(behindLink frame: Bytes, linkType: LinkType, wireLength: Int) throws(DecodingError) {
        var bytes = frame
        var beyond = max(wireLength - frame.count, 0)
        guard let first = Layer(linkType), let last = try? Layer.peel(&bytes, from: first, after: 0, &beyond),
            last.layer == .arp
        else { return nil }
        do throws(DecodingError) {
            try self.init(reading: &bytes)
        } catch {
            throw .anomaly(error.anomaly(blaming: .arpMalformed, isCut: beyond > 0))
        }
    }

    /// The address that the sender says is its own, and the hardware address that it has there. Nil in a probe.
    package var claim: (address: IPAddress, hardware: MACAddress)? {
        guard operation == .request || operation == .reply, sender.isOfOneHost, senderAddress != IPAddress(v4: 0),
            !senderAddress.isMulticastOrBroadcast
        else { return nil }
        return (senderAddress, sender)
    }
}
