package import Decoding

/// What one packet told of a host: that an address of the inside is at a hardware address, or has a name.
package struct HostFact: Equatable, Sendable {
    /// How it was told. The raw value is the word in output.
    package enum Source: String, CaseIterable, Sendable {
        case dhcp, dhcpv6, arp
        /// IPv6 neighbour discovery.
        case nd
        case mdns, netbios
    }

    package var time: Timestamp
    package var source: Source
    /// Of a home network.
    package var address: IPAddress
    /// The host's own, never that of a router which passed the packet on.
    package var hardware: MACAddress?
    package var name: HostName?
    /// What kind of client DHCP knows it as, escaped.
    package var vendorClass: String?
    /// When the address goes back to the server; nil where nobody said, and for leases that never end.
    package var leaseEnd: Timestamp?
    /// The number that the capture gave to the interface.
    package var interface: Int

    package init(
        time: Timestamp, source: Source, address: IPAddress, hardware: MACAddress? = nil, name: HostName? = nil,
        vendorClass: String? = nil, leaseEnd: Timestamp? = nil, interface: Int = 0
    ) {
        self.time = time
        self.source = source
        self.address = address
        self.hardware = hardware
        self.name = name
        self.vendorClass = vendorClass
        self.leaseEnd = leaseEnd
        self.interface = interface
    }
}
