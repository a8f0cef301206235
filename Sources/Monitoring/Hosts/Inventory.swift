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
    /// - Returns: the number of the entry, from 0, that one of them belongs to already; then nothing is added.
    package mutating func add(_ entry: Entry, address: IPAddress?, hardware: MACAddress?) -> Int? {
        if let known = address.flatMap({ byAddress[$0] }) ?? hardware.flatMap({ byHardware[$0] }) { return Int(known) }
        let number = Int32(entries.count)
        if let address { byAddress[address] = number }
        if let hardware { byHardware[hardware] = number }
        entries.append(entry)
        return nil
    }

    package func entry(of address: IPAddress) -> Entry? { byAddress[address].map { entries[Int($0)] } }
    package func entry(of hardware: MACAddress) -> Entry? { byHardware[hardware].map { entries[Int($0)] } }
}
