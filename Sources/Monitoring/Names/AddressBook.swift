package import Decoding

/// What each client was told by DNS: the name behind an address, for as long as the answer holds.
///
/// Bindings lie in two halves. New ones go to the young half; when that is full it becomes the old half, and what was
/// the old half goes as a whole. So no packet waits for a search, and what was used last stays longest.
package struct AddressBook: Sendable {
    /// architecture.md, Bounds. A binding takes some 80 bytes, so a full book takes 40 MB.
    package static let limit = 500_000
    /// Names are kept once in each half, however many clients resolve them to however many addresses. One takes some
    /// 700 bytes, so both halves full of names take 12 MB.
    static let nameLimit = 8_192

    /// In seconds. Clients go on using an answer for a while after its time to live: resolvers and browsers keep it
    /// for a minute at least, and a connection is opened some time after the look-up.
    package static let grace: Int64 = 300
    /// In seconds: a day. Longer times to live are mistakes or attempts to fill the book.
    static let longestLife: Int64 = 86_400

    private struct Key: Hashable {
        let client, address: IPAddress
    }

    private struct Binding {
        var name: Int32
        /// When the client was first told so.
        var since: Timestamp
        var expiry: Timestamp
    }

    private struct Half {
        var bindings: [Key: Binding] = [:]
        var names: [HostName] = []
        var numbers: [HostName: Int32] = [:]
    }

    private var young = Half()
    private var old = Half()
    private let limit: Int

    /// Bindings that were let go before their time, because the book was full.
    package private(set) var evicted: UInt64 = 0

    package init(limit: Int = Self.limit) { self.limit = limit }

    /// A binding that was renewed may count twice.
    package var count: Int { young.bindings.count + old.bindings.count }
    @inline(__always) package var isEmpty: Bool { young.bindings.isEmpty && old.bindings.isEmpty }

    /// Notes that `client` was told that `name` is at `address`. A later answer replaces an earlier one.
    ///
    /// - Parameter timeToLive: of the record, in seconds.
    package mutating func bind(
        _ name: HostName, to address: IPAddress, for client: IPAddress, timeToLive: UInt32, at time: Timestamp
    ) {
        let key = Key(client: client, address: address)
        // Who is told the same again has known it since the first time.
        let earlier = answer(for: key, at: time)
        let since = earlier?.name == name ? earlier?.since ?? time : time
        if young.bindings[key] == nil, young.bindings.count >= limit / 2 { turnOver(at: time) }
        if young.numbers[name] == nil, young.names.count >= Self.nameLimit { turnOver(at: time) }
        let number = young.numbers[name] ?? Int32(young.names.count)
        if number == young.names.count {
            young.names.append(name)
            young.numbers[name] = number
        }
        let life = min(Int64(timeToLive), Self.longestLife) + Self.grace
        young.bindings[key] = Binding(
            name: number, since: since, expiry: Timestamp(nanoseconds: time.nanoseconds &+ life * 1_000_000_000))
    }

    /// Forgets what `client` was told of `address`: it is now told that something else is there.
    package mutating func unbind(_ address: IPAddress, for client: IPAddress) {
        let key = Key(client: client, address: address)
        young.bindings[key] = nil
        old.bindings[key] = nil
    }

    /// The name that `client` had resolved to `address` by `time`, where the answer still holds then.
    package func name(of address: IPAddress, for client: IPAddress, at time: Timestamp) -> HostName? {
        answer(for: Key(client: client, address: address), at: time)?.name
    }

    private func answer(for key: Key, at time: Timestamp) -> (name: HostName, since: Timestamp)? {
        let half = young.bindings[key] != nil ? young : old
        guard let binding = half.bindings[key], binding.since <= time, binding.expiry >= time else { return nil }
        return (half.names[Int(binding.name)], binding.since)
    }

    private mutating func turnOver(at time: Timestamp) {
        for (key, binding) in old.bindings where binding.expiry >= time && young.bindings[key] == nil { evicted &+= 1 }
        old = young
        young = Half()
    }
}
