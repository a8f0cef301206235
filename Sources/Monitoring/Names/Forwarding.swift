import Decoding

/// Tells a resolver's own query upstream from the client's query that caused it.
///
/// Only names that a pack explains come here, so the table stays small; it is bounded all the same.
struct Forwarding: Sendable {
    /// 16 vendors have about 1,300 names, of which suffixes make more; a name takes up to 800 bytes.
    private static let limit = 16_384
    /// For one name: a few clients and resolvers ask at a time.
    private static let queryLimit = 8
    /// In seconds: a resolver retries for some 10 s before it gives up.
    private static let window: Int64 = 10

    private struct Query {
        var time: Timestamp
        var client, server: IPAddress
    }

    /// From the oldest to the newest; one for each pair of client and server.
    private var latest: [HostName: [Query]] = [:]

    /// Whether this look-up passes on one that another client made, and remembers it.
    mutating func isForwarded(_ sighting: borrowing Sighting, _ settings: Monitor.Settings) -> Bool {
        let client = sighting.client
        let (server, time) = (sighting.server, sighting.time)
        var queries = latest[sighting.name] ?? []
        let isForwarded = queries.contains { query in
            query.client != client && abs(time.seconds(since: query.time)) <= Self.window
                && (query.server == client
                    || settings.ownAddresses.contains(client) && settings.ownAddresses.contains(query.server))
        }
        queries.removeAll { $0.client == client && $0.server == server }
        if queries.count >= Self.queryLimit { queries.removeFirst() }
        queries.append(Query(time: time, client: client, server: server))
        if latest.count >= Self.limit { latest.removeAll() }
        latest[sighting.name] = queries
        return isForwarded
    }
}
