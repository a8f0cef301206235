/// A name that hosts visit, and where it leads.
struct Site {
    let name: String
    /// The CDN name that the name is an alias of.
    let alias: String?
    let addresses: [Address]
}

/// The made-up world outside, and the hosts inside that talk to it.
struct Internet {
    private static let harmlessSites = 4_000
    private static let hosts = 2_000
    /// Some hosts have IPv6, and some sit in a tagged network.
    private static let shareOfIPv6 = 0.08
    private static let shareOfTagged = 0.03

    private let vendorShare: Double
    private let vendors: [Site]
    private let harmless: [Site]

    init(vendorShare: Double, random: inout RandomSource) {
        self.vendorShare = vendorShare
        vendors = vendorNames.map { Self.site(named: $0, random: &random) }
        harmless = (0..<Self.harmlessSites).map { _ in
            Self.site(named: harmlessName(random: &random), random: &random)
        }
    }

    func site(random: inout RandomSource) -> Site {
        if random.happens(vendorShare) { return random.element(of: vendors) }
        // The smaller of two: a few sites are visited often, most of them rarely.
        return harmless[min(random.below(harmless.count), random.below(harmless.count))]
    }

    /// A host inside on a fresh port, on its way to the site. Port 53 leads to a public resolver instead.
    func path(to site: Site, port: UInt16, random: inout RandomSource) -> Path {
        let host = random.below(Self.hosts)
        return path(from: host, to: site, port: port, random: &random)
    }

    /// The same host on another port: it looks the name up, then visits the site.
    func path(from path: Path, toPort port: UInt16, of site: Site, random: inout RandomSource) -> Path {
        self.path(from: Int(path.client.hardware & 0xffff), to: site, port: port, random: &random)
    }

    private func path(from host: Int, to site: Site, port: UInt16, random: inout RandomSource) -> Path {
        let usesIPv6 = host < Int(Double(Self.hosts) * Self.shareOfIPv6)
        let isTagged = host >= Int(Double(Self.hosts) * (1 - Self.shareOfTagged))
        let inside: Address = usesIPv6 ? .v6(0xfd00_5ea0 << 96 | UInt128(host)) : .v4(0x0a14_0000 | UInt32(host))
        var outside = random.element(of: site.addresses.filter { $0.isIPv6 == usesIPv6 })
        if port == 53 { outside = usesIPv6 ? .v6(0x2400_3200 << 96 | 1) : .v4(0xdf05_0505) }
        return Path(
            client: Endpoint(
                hardware: 0x02_00_0a_14_0000 | UInt64(host), address: inside,
                port: UInt16(random.number(in: 49_152...65_535))),
            server: Endpoint(hardware: Path.gatewayHardware, address: outside, port: port),
            vlan: isTagged ? UInt16(100 + host % 4) : nil)
    }

    private static func site(named name: String, random: inout RandomSource) -> Site {
        var alias: String?
        if random.happens(0.4) {
            alias = "e\(random.number(in: 1000...99_999)).a.\(word(syllables: 3, random: &random))-cdn.net"
        }
        let v4 = (0...random.below(4)).map { _ in
            Address.v4(random.element(of: [34, 52, 101, 104, 140, 151, 183]) << 24 | UInt32(random.below(1 << 24)))
        }
        let v6 = (0...random.below(2)).map { _ in
            Address.v6(0x2400 << 112 | UInt128(random.below(1 << 16)) << 96 | UInt128(random.next()))
        }
        return Site(name: name, alias: alias, addresses: v4 + v6)
    }
}
