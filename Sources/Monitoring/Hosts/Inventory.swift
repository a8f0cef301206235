package import Decoding

/// The hosts that an organisation has written down, by address and by hardware address.
package struct Inventory: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Several addresses may have the same: they are one host.
        package let name: String
        package let owner, site: String?

        package init(name: String, owner: String? = nil, site: String? = nil) {
            self.name = name
            self.owner = owner
            self.site = site
        }
    }

    private var entries: [Entry] = []
    private var byAddress: [IPAddress: Int32] = [:]
    private var byHardware: [MACAddress: Int32] = [:]

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }
    /// Rows that were added.
    package var count: Int { entries.count }

    /// Adds a host by an address, a hardware address or both.
    ///
    /// - Returns: false, and nothing is added, where one of them belongs to an entry already.
    package mutating func add(_ entry: Entry, address: IPAddress?, hardware: MACAddress?) -> Bool {
        if let address, byAddress[address] != nil { return false }
        if let hardware, byHardware[hardware] != nil { return false }
        let number = Int32(entries.count)
        if let address { byAddress[address] = number }
        if let hardware { byHardware[hardware] = number }
        entries.append(entry)
        return true
    }

    package func entry(of address: IPAddress) -> Entry? { byAddress[address].map { entries[Int($0)] } }
    package func entry(of hardware: MACAddress) -> Entry? { byHardware[hardware].map { entries[Int($0)] } }
}
