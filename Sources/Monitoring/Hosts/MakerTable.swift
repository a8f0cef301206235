package import Decoding

/// Who made a network card, by the front of its address, as IEEE hands them out.
package struct MakerTable: Sendable {
    private var names: [String] = []
    private var numbers: [MACPrefix: Int32] = [:]
    private var latest: (name: String, number: Int32)?

    package init() {}

    package var count: Int { numbers.count }

    package mutating func add(_ name: String, _ prefix: MACPrefix) {
        if name != latest?.name {
            latest = (name, Int32(names.count))
            names.append(name)
        }
        if let number = latest?.number, numbers[prefix] == nil { numbers[prefix] = number }
    }

    /// The maker of the longest prefix. Nil: unknown, or an address that software has made up.
    package func maker(of address: MACAddress) -> String? {
        if address.isLocallyAdministered { return nil }
        for length in MACPrefix.lengths.reversed() {
            if let number = numbers[MACPrefix(of: address, length: length)] { return names[Int(number)] }
        }
        return nil
    }
}
