import Decoding

/// What clients of DHCP said of themselves, until their server answers with an address.
struct ClientNames: Sendable {
    /// An exchange takes seconds. That many begin within them when a large network comes back after a power cut; an
    /// entry takes some 300 bytes, so a full table takes 1.3 MB.
    static let limit = 4_096

    /// The exchange: the client's number for it, and its hardware address.
    struct Key: Hashable {
        var identifier: UInt32
        var hardware: MACAddress
    }

    struct Client {
        var name: HostName?
        var vendorClass: String?
    }

    private var table = RecentTable<Key, Client>(limit: Self.limit)

    /// Exchanges that were forgotten because the table was full: their hosts are told without a name.
    var evicted: UInt64 { table.evicted }

    mutating func note(_ client: Client, of key: Key) {
        guard client.name != nil || client.vendorClass != nil else { return }
        table.update(key, orInsert: client) { $0 = client }
    }

    func client(of key: Key) -> Client? { table.value(of: key) }
}
