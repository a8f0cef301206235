package import Decoding

/// Who stands behind an address at a time: facts about hosts in, hosts out.
///
/// What the inventory has written down wins; then the hardware address that DHCP, ARP or neighbour discovery told;
/// else the address stands for itself. A name that a host gives itself labels it, and never tells it from another:
/// anybody can claim one. A fact holds from its time on, until another hardware address claims the address.
package struct HostBook: Sendable {
    /// Cards of a large campus. An entry takes some 250 bytes, so a full table takes 16 MB.
    package static let deviceLimit = 65_536
    /// Twice as many: IPv4, and IPv6 with some of the addresses that hosts change daily (RFC 8981). An entry takes some
    /// 300 bytes, so a full table takes 40 MB.
    package static let addressLimit = 131_072

    /// Behind one hardware address.
    private struct Device {
        var claims = AddressClaims()
        var names = HostNames()
    }

    private struct Residence {
        var history = AddressHistory()
        /// What the address was called since its latest holder came.
        var names = HostNames()
    }

    private let inventory: Inventory
    private let ownAddresses: Set<IPAddress>
    private var devices: RecentTable<MACAddress, Device>
    private var residences: RecentTable<IPAddress, Residence>

    /// - Parameter ownAddresses: of the sensor's machine: who is seen there may be anybody behind it.
    package init(
        inventory: Inventory = Inventory(), ownAddresses: Set<IPAddress> = [], deviceLimit: Int = Self.deviceLimit,
        addressLimit: Int = Self.addressLimit
    ) {
        self.inventory = inventory
        self.ownAddresses = ownAddresses
        devices = RecentTable(limit: deviceLimit)
        residences = RecentTable(limit: addressLimit)
    }

    /// Hardware addresses and addresses that were forgotten because a table was full.
    package var evicted: UInt64 { devices.evicted &+ residences.evicted }

    package mutating func note(_ fact: HostFact) {
        if let hardware = fact.hardware {
            let isRouter = devices.update(hardware, orInsert: Device()) { device in
                device.claims.note(fact.address, at: fact.time)
                if let name = fact.name { device.names.note(name, from: fact.source) }
                return device.claims.areOfRouter
            }
            // Whose address it is, the answer of a router does not tell.
            if isRouter { return }
        }
        let holder = residences.update(fact.address, orInsert: Residence()) { residence in
            let before = residence.history.latest
            if let hardware = fact.hardware { residence.history.claim(hardware, from: fact.source, at: fact.time) }
            let holder = residence.history.latest
            if before != nil, holder != before { residence.names = HostNames() }
            if let name = fact.name, holder != fact.hardware || holder == nil {
                residence.names.note(name, from: fact.source)
            }
            return holder
        }
        // The names of one address hold for the others of the same host.
        if let name = fact.name, let holder, holder != fact.hardware {
            devices.update(holder, orInsert: Device()) { $0.names.note(name, from: fact.source) }
        }
    }

    /// Who stood behind `address` at `time`, as far as facts of that time are remembered.
    package func host(of address: IPAddress, at time: Timestamp) -> Host {
        let residence = residences.value(of: address)
        let holder = residence?.history.holder(at: time) { devices.value(of: $0)?.claims.areOfRouter ?? false }
        var host = Host(id: "address:\(address)", identity: .address, address: address, mac: holder?.hardware)
        // The names of the address are those of its latest holder.
        let labels = holder?.isLatest ?? true ? residence?.names : nil
        if let best = (labels ?? HostNames()).best(or: holder.flatMap { devices.value(of: $0.hardware)?.names }) {
            (host.name, host.nameSource) = best
        }
        if let hardware = holder?.hardware {
            host.id = "mac:\(hardware)"
            host.identity = .mac
        }
        if let entry = holder.flatMap({ inventory.entry(of: $0.hardware) }) ?? inventory.entry(of: address) {
            host.id = "inventory:\(entry.name)"
            host.identity = .inventory
            (host.name, host.nameSource) = (entry.name, .inventory)
            (host.owner, host.site) = (entry.owner, entry.site)
        }
        if ownAddresses.contains(address) {
            host.id = "address:\(address)"
            host.identity = .nat
        }
        return host
    }
}
