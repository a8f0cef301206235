/// A range of addresses that share their first `length` bits, such as `10.0.0.0/8`.
package struct AddressPrefix: Hashable, Sendable {
    package let address: IPAddress
    /// In bits of the 128-bit form: an IPv4 prefix counts 96 more than its text says.
    package let length: Int

    @inline(__always) package func contains(_ other: IPAddress) -> Bool {
        length == 0 || (address.bits ^ other.bits) >> UInt128(128 - length) == 0
    }

    /// The last address of the range; `address` is the first.
    package var last: IPAddress { IPAddress(bits: address.bits | UInt128.max >> UInt128(length)) }

    /// The prefix around an address; bits behind `length` are cleared.
    package init(_ address: IPAddress, length: Int) {
        let mask: UInt128 = length == 0 ? 0 : ~0 << UInt128(128 - length)
        self.address = IPAddress(bits: address.bits & mask)
        self.length = length
    }

    /// Reads `address/length`, or a single address. Bits set behind the length are no valid prefix.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let width = address.isIPv4 && !parts[0].contains(":") ? 32 : 128
        var bits = width
        if parts.count == 2 {
            // The one way to write a number: neither sign nor leading zero.
            guard let length = Int(parts[1]), (0...width).contains(length), parts[1] == "\(length)" else { return nil }
            bits = length
        }
        let prefix = AddressPrefix(address, length: bits + 128 - width)
        guard prefix.address == address else { return nil }
        self = prefix
    }
}

extension AddressPrefix: CustomStringConvertible {
    package var description: String { "\(address)/\(address.isIPv4 && length >= 96 ? length - 96 : length)" }
}
