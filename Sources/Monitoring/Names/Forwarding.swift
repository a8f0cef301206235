import Decoding

/// Tells a resolver's own query upstream from the client's query that caused it.
///
/// Only names that a pack explains come here, so the table stays small; it is bounded all the same.
struct Forwarding: Sendable {
    /// 16 vendors have about 1,300 names; each may be asked by a few resolvers at a time.
    private static let limit = 65_536
    /// In seconds: a resolver retries for some 10 s before it gives up.
    private static let window: Int64 = 10

    private struct Query {
        var time: Timestamp
        var client, server: IPAddress
    }

    private var latest: [HostName: Query] = [:]

    /// Whether this look-up passes on one that another client made, and remembers it.
    mutating func isForwarded(_ sighting: borrowing Sighting, _ settings: Monitor.Settings) -> Bool {
        let client = sighting.client
        defer {
            if latest.count >= Self.limit { latest.removeAll() }
            latest[sighting.name] = Query(time: sighting.time, client: client, server: sighting.server)
        }
        guard let query = latest[sighting.name], query.client != client,
            abs(sighting.time.seconds(since: query.time)) <= Self.window
        else { return false }
        return query.server == client
            || settings.ownAddresses.contains(client) && settings.ownAddresses.contains(query.server)
    }
}
