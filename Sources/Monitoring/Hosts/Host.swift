package import Decoding

/// Who stands behind an address of the inside.
package struct Host: Equatable, Sendable {
    /// By what the host is told from others. The raw value is the word in output.
    package enum Identity: String, CaseIterable, Sendable {
        /// By what its organisation has written down.
        case inventory
        /// By its hardware address: it stays the same host when its address changes.
        case mac
        /// By nothing but its address: another host may have it tomorrow.
        case address
        /// It is the sensor itself, which stands for everybody behind its address translation.
        case nat
    }

    /// Who says what the host is called. The raw value is the word in output.
    package enum NameSource: String, CaseIterable, Sendable {
        case inventory, dhcp, dhcpv6, mdns, netbios
    }

    /// The same for the same host, whatever its address: `inventory:NAME`, `mac:00:11:22:33:44:55`, `address:10.0.0.5`.
    package var id: String
    package var identity: Identity
    package var address: IPAddress
    package var mac: MACAddress?
    /// Safe to print. From DHCP, mDNS and NetBIOS: what the host says of itself.
    package var name: String?
    package var nameSource: NameSource?
    /// As the inventory has them.
    package var owner, site: String?

    package init(
        id: String, identity: Identity, address: IPAddress, mac: MACAddress? = nil, name: String? = nil,
        nameSource: NameSource? = nil, owner: String? = nil, site: String? = nil
    ) {
        self.id = id
        self.identity = identity
        self.address = address
        self.mac = mac
        self.name = name
        self.nameSource = nameSource
        self.owner = owner
        self.site = site
    }
}

extension Host {
    /// A host of which nothing but an address is known.
    package init(at address: IPAddress) {
        self.init(id: "address:\(address)", identity: .address, address: address)
    }
}

/// The names that a host goes by, one of each source.
struct HostNames: Sendable {
    private var texts = InlineArray<4, String?>(repeating: nil)

    init() {}

    mutating func note(_ name: HostName, from source: HostFact.Source) {
        guard let index = Self.order.firstIndex(where: { $0.0 == source }) else { return }
        texts[index] = "\(name)"
    }

    /// Where both have a name of the same source, the own one counts.
    func best(or others: HostNames?) -> (name: String, source: Host.NameSource)? {
        for index in Self.order.indices {
            if let text = texts[index] ?? others?.texts[index] { return (text, Self.order[index].1) }
        }
        return nil
    }

    /// The surest first: a DHCP server has at least given an address for it.
    private static let order: [(HostFact.Source, Host.NameSource)] = [
        (.dhcp, .dhcp), (.dhcpv6, .dhcpv6), (.mdns, .mdns), (.netbios, .netbios),
    ]
}
