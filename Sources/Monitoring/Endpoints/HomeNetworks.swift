package import Decoding

/// The networks whose hosts we answer for. Only what goes from them outward is outbound.
package struct HomeNetworks: Sendable {
    /// Private (RFC 1918, RFC 4193) and link-local (RFC 3927, RFC 4291) ranges.
    package static let privateAndLinkLocal: [AddressPrefix] = [
        AddressPrefix(IPAddress(v4: 0x0a00_0000), length: 96 + 8),
        AddressPrefix(IPAddress(v4: 0xac10_0000), length: 96 + 12),
        AddressPrefix(IPAddress(v4: 0xc0a8_0000), length: 96 + 16),
        AddressPrefix(IPAddress(v4: 0xa9fe_0000), length: 96 + 16),
        AddressPrefix(IPAddress(bits: 0xfc << 120), length: 7),
        AddressPrefix(IPAddress(bits: 0xfe80 << 112), length: 10),
    ]

    package let prefixes: [AddressPrefix]

    package init(_ prefixes: [AddressPrefix] = privateAndLinkLocal) { self.prefixes = prefixes }

    @inline(__always) package func contains(_ address: IPAddress) -> Bool {
        for prefix in prefixes where prefix.contains(address) { return true }
        return false
    }
}
