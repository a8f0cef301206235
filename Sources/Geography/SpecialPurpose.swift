import Decoding
import Monitoring

/// Addresses that are nowhere: IANA's registries of special-purpose addresses (RFC 6890) and of multicast.
/// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
///
/// The ranges for documentation are not among them: no host has one, and examples and tests place them as they like.
/// Nor are those that are in the registry and yet served from somewhere, such as AS112 (RFC 7535).
struct SpecialPurpose: Sendable {
    let prefix: AddressPrefix
    let meaning: String

    /// What the address is reserved for, with the document that says so; nil where it is for anybody.
    static func meaning(of address: IPAddress) -> String? {
        table.number(for: address).map { all[Int($0)].meaning }
    }

    private static let table = NetworkTable(
        all.enumerated().map { (prefix: $0.element.prefix, number: Int32($0.offset)) })

    private init(_ prefix: AddressPrefix, _ meaning: String) {
        self.prefix = prefix
        self.meaning = meaning
    }

    private init(v4: UInt32, _ length: Int, _ meaning: String) {
        self.init(AddressPrefix(IPAddress(v4: v4), length: 96 + length), meaning)
    }

    /// - Parameter front: the first 32 bits.
    private init(v6 front: UInt128, _ length: Int, _ meaning: String) {
        self.init(AddressPrefix(IPAddress(bits: front << 96), length: length), meaning)
    }

    private static let all = [
        SpecialPurpose(v4: 0x0000_0000, 8, "this network (RFC 791)"),
        SpecialPurpose(v4: 0x0a00_0000, 8, "private use (RFC 1918)"),
        SpecialPurpose(v4: 0x6440_0000, 10, "shared by carriers' customers (RFC 6598)"),
        SpecialPurpose(v4: 0x7f00_0000, 8, "loopback (RFC 1122)"),
        SpecialPurpose(v4: 0xa9fe_0000, 16, "link-local (RFC 3927)"),
        SpecialPurpose(v4: 0xac10_0000, 12, "private use (RFC 1918)"),
        SpecialPurpose(v4: 0xc000_0000, 24, "protocols (RFC 6890)"),
        SpecialPurpose(v4: 0xc058_6300, 24, "6to4 relays, deprecated (RFC 7526)"),
        SpecialPurpose(v4: 0xc0a8_0000, 16, "private use (RFC 1918)"),
        SpecialPurpose(v4: 0xc612_0000, 15, "benchmarks (RFC 2544)"),
        SpecialPurpose(v4: 0xe000_0000, 4, "multicast (RFC 5771)"),
        // The last one of them is everybody on the link (RFC 8190).
        SpecialPurpose(v4: 0xf000_0000, 4, "reserved (RFC 1112)"),
        SpecialPurpose(v6: 0x0100_0000, 64, "discarded (RFC 6666)"),
        SpecialPurpose(v6: 0x2001_0002, 48, "benchmarks (RFC 5180)"),
        SpecialPurpose(v6: 0x2001_0000, 32, "Teredo (RFC 4380)"),
        SpecialPurpose(v6: 0x2001_0010, 28, "cryptographic identifiers, deprecated (RFC 4843)"),
        SpecialPurpose(v6: 0x2001_0020, 28, "cryptographic identifiers (RFC 7343)"),
        SpecialPurpose(v6: 0x2001_0030, 28, "remote identification of drones (RFC 9374)"),
        SpecialPurpose(v6: 0x5f00_0000, 16, "segment routing (RFC 9602)"),
        SpecialPurpose(v6: 0xfc00_0000, 7, "private use (RFC 4193)"),
        SpecialPurpose(v6: 0xfe80_0000, 10, "link-local (RFC 4291)"),
        SpecialPurpose(v6: 0xfec0_0000, 10, "site-local, deprecated (RFC 3879)"),
        SpecialPurpose(v6: 0xff00_0000, 8, "multicast (RFC 4291)"),
        // Unspecified, loopback, and addresses of IPv4 in the deprecated form. `::ffff:0:0/96` is IPv4 itself.
        SpecialPurpose(v6: 0x0000_0000, 96, "unspecified or loopback (RFC 4291)"),
        SpecialPurpose(
            AddressPrefix(IPAddress(bits: 0x64_ff9b_0001 << 80), length: 48), "local translation to IPv4 (RFC 8215)"),
    ]
}

extension IPAddress {
    /// The IPv4 address that an IPv6 address stands for: behind a translator (`64:ff9b::/96`, RFC 6052, section 2.1), or
    /// at the end of a tunnel (`2002::/16`, RFC 3056, section 2).
    var embeddedIPv4: IPAddress? {
        if bits >> 32 == 0x64_ff9b << 64 { return IPAddress(v4: UInt32(truncatingIfNeeded: bits)) }
        if bits >> 112 == 0x2002 { return IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 80)) }
        return nil
    }
}
