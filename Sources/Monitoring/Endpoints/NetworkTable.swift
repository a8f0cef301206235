package import Decoding

/// Finds the network that an address lies in: the longest prefix wins. Built once, then immutable.
package struct NetworkTable: Sendable {
    /// One table for each length that the packs use, the longest first; by the prefix, the number that was given.
    private let tables: [(length: Int, entries: [UInt128: Int32])]

    /// - Parameter isBetter: whether the first number is to take the place of the second, of an equal network before it.
    package init(
        _ networks: [(prefix: AddressPrefix, number: Int32)], isBetter: (Int32, Int32) -> Bool = { _, _ in false }
    ) {
        var byLength: [Int: [UInt128: Int32]] = [:]
        for (prefix, number) in networks {
            byLength[prefix.length, default: [:]].merge([prefix.address.bits: number]) {
                isBetter($1, $0) ? $1 : $0
            }
        }
        tables = byLength.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
    }

    /// The number of the most specific network around `address`, or nil. Asked once a flow, not once a packet.
    package func number(for address: IPAddress) -> Int32? {
        for (length, entries) in tables {
            if let number = entries[AddressPrefix(address, length: length).address.bits] { return number }
        }
        return nil
    }
}
