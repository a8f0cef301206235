import Decoding

/// What HTTPS records have told each client about keys for encrypted hellos: it tells a true one from GREASE.
struct PublishedKeys: Sendable {
    /// Names that clients were told of, at about 350 bytes each: 1,000 clients with 16 names within their time to live.
    static let limit = 16_384
    /// Keys kept for one name. A server has two while it changes them; several records of one name repeat them.
    static let keyLimit = 8
    /// In seconds, behind a record's time to live: libraries and browsers use an answer somewhat longer.
    private static let grace: Int64 = 60
    /// In seconds, of the answer that there is no such record: what RFC 2308, section 5 lets resolvers keep is shorter mostly.
    static let negativeTimeToLive: UInt32 = 300
    /// In seconds. Resolvers keep no answer for longer than some days (RFC 8767, section 4).
    private static let longestTime: Int64 = 86_400

    private struct Key: Hashable {
        let client: IPAddress
        let name: HostName
    }

    private struct Entry: Sendable {
        let key: Key
        var configs: [EncryptedHelloConfig]
        var end: Timestamp
    }

    private var index: [Key: Int] = [:]
    /// A ring: when it is full, the entry that was made first gives way.
    private var entries: [Entry] = []
    private var oldest = 0
    /// Entries that gave way before their time.
    private(set) var evicted: UInt64 = 0

    /// Takes in what the HTTPS record of `name`, or of what it is an alias for, told `client`. No keys: it has none.
    mutating func note(
        _ configs: [EncryptedHelloConfig], of name: HostName, to client: IPAddress, timeToLive: UInt32,
        at time: Timestamp
    ) {
        let seconds = min(Int64(timeToLive), Self.longestTime) + Self.grace
        let end = Timestamp(nanoseconds: time.nanoseconds &+ seconds * 1_000_000_000)
        // Keys that other names lead here for stay.
        let key = Key(client: client, name: name)
        let others = known(key, at: time).filter { $0.publicName == name }
        set(configs.reduce(others, Self.joined), key, end, time)
        for config in configs where config.publicName != name {
            // A hello that uses a key shows the public name of that key.
            let key = Key(client: client, name: config.publicName)
            set(Self.joined(known(key, at: time), config), key, end, time)
        }
    }

    private func known(_ key: Key, at time: Timestamp) -> [EncryptedHelloConfig] {
        guard let place = index[key], entries[place].end > time else { return [] }
        return entries[place].configs
    }

    /// Whether a hello of `client` that shows `name` hides another one.
    func judge(_ hello: EncryptedHello?, name: HostName?, client: IPAddress, at time: Timestamp) -> EncryptedName {
        // A server would refuse it: nobody who has a key sends it.
        guard let hello, !hello.isImpossible else { return .grease }
        guard hello.isOuter, let name, let place = index[Key(client: client, name: name)], entries[place].end > time
        else {
            return .encryptedHello
        }
        let configs = entries[place].configs
        let isPublic = configs.contains { $0.publicName == name }
        if let config = configs.first(where: { $0.fits(hello) }) {
            // One random hello in 256 names the right key: under another name than the key's own that is more likely.
            return config.publicName == name ? .real : .encryptedHello
        }
        // Under a public name the key may have come by another way; elsewhere nobody would use one.
        return isPublic ? .encryptedHello : .grease
    }

    private static func joined(
        _ configs: [EncryptedHelloConfig], _ config: EncryptedHelloConfig
    ) -> [EncryptedHelloConfig] {
        let others = configs.filter { $0.configID != config.configID || $0.publicName != config.publicName }
        return others.suffix(keyLimit - 1) + [config]
    }

    private mutating func set(_ configs: [EncryptedHelloConfig], _ key: Key, _ end: Timestamp, _ time: Timestamp) {
        let entry = Entry(key: key, configs: configs, end: end)
        if let place = index[key] {
            entries[place] = entry
        } else if entries.count < Self.limit {
            index[key] = entries.count
            entries.append(entry)
        } else {
            if entries[oldest].end > time { evicted &+= 1 }
            index[entries[oldest].key] = nil
            index[key] = oldest
            entries[oldest] = entry
            oldest = (oldest + 1) % Self.limit
        }
    }
}
