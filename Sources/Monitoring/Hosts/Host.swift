package import Decoding

/// Who stands behind an inside address.
package struct Host: Hashable, Sendable {
    /// By what we know that it is the same one. The raw value is the word in output.
    package enum Identity: String, CaseIterable, Sendable {
        /// The organisation's own list.
        case inventory
        /// Its hardware address.
        case mac
        /// Nothing but the address: another host may have it tomorrow.
        case address
        /// The gateway's own address: every host behind it looks like this one.
        case nat
    }

    /// The same for the same host: `mac:00:09:0f:11:22:33`, `inventory:pump-7`, `address:10.20.1.2`.
    package var id: String
    package var identity: Identity
    /// The latest that is known.
    package var address: IPAddress
    /// Lower-case hexadecimal pairs with colons.
    package var mac: String?
    package var name: String?
    /// Who told the name: `dhcp`, `mdns`, `inventory` and so on.
    package var nameSource: String?
    package var owner, site: String?

    package init(
        id: String, identity: Identity, address: IPAddress, mac: String? = nil, name: String? = nil,
        nameSource: String? = nil, owner: String? = nil, site: String? = nil
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

    /// A host of which nothing but an address is known.
    package init(at address: IPAddress) {
        self.init(id: "address:\(address)", identity: .address, address: address)
    }
}
