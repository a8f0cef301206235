import Decoding

/// What was told of each address lately, so that a chatty network repeats nothing to whoever listens.
struct ToldHosts: Sendable {
    /// A whole /16. An entry takes some 130 bytes, so a full table takes 9 MB.
    static let limit = 65_536
    /// Devices of vendors that were told to be at one address. More than these take turns only in forged packets.
    private static let deviceLimit = 4

    private struct Entry {
        /// By source: a digest of what was told; 0 where nothing was.
        var digests = InlineArray<6, UInt64>(repeating: 0)
        /// By source: when.
        var times = InlineArray<6, Int64>(repeating: 0)
        /// Hardware addresses that were told as devices of vendors, the latest first; 0 where there are fewer.
        var devices = InlineArray<4, UInt64>(repeating: 0)
    }

    private var table: RecentTable<IPAddress, Entry>

    init(limit: Int = Self.limit) { table = RecentTable(limit: limit) }

    /// Addresses that were forgotten because the table was full: what is said of them counts as new.
    var evicted: UInt64 { table.evicted }

    /// Takes in a fact.
    ///
    /// - Parameter interval: in seconds; what was told earlier than that is worth telling again. 0: everything is.
    /// - Returns: whether it is worth telling: it is new, it has changed, or it was told long ago.
    mutating func isNews(_ fact: HostFact, interval: Int64) -> Bool {
        guard interval > 0 else { return true }
        let digest = Self.digest(of: fact)
        let index = Self.index(of: fact.source)
        return table.update(fact.address, orInsert: Entry()) { entry in
            let earlier = Timestamp(nanoseconds: entry.times[index])
            // Either way: captures step back in time.
            if entry.digests[index] == digest, abs(fact.time.seconds(since: earlier)) < interval { return false }
            entry.digests[index] = digest
            entry.times[index] = fact.time.nanoseconds
            return true
        }
    }

    /// Whether nobody was told yet that a vendor's device of this hardware address is at `address`.
    mutating func isNewDevice(_ hardware: MACAddress, at address: IPAddress) -> Bool {
        table.update(address, orInsert: Entry()) { entry in
            for index in 0..<Self.deviceLimit where entry.devices[index] == hardware.bits { return false }
            for index in stride(from: Self.deviceLimit - 1, to: 0, by: -1) {
                entry.devices[index] = entry.devices[index - 1]
            }
            entry.devices[0] = hardware.bits
            return true
        }
    }

    private static func index(of source: HostFact.Source) -> Int {
        switch source {
        case .dhcp: 0
        case .dhcpv6: 1
        case .arp: 2
        case .nd: 3
        case .mdns: 4
        case .netbios: 5
        }
    }

    /// FNV-1a over what can change, never 0. Who makes two facts collide keeps the second from being told for a while.
    private static func digest(of fact: HostFact) -> UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for shift in stride(from: 0 as UInt64, to: 48, by: 8) {
            add(UInt8(truncatingIfNeeded: (fact.hardware?.bits ?? 0) >> shift))
        }
        if let name = fact.name {
            for index in 0..<Int(name.count) { add(name[index]) }
        }
        add(0)
        for byte in (fact.vendorClass ?? "").utf8 { add(byte) }
        return digest | 1
    }
}
