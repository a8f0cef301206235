package import Decoding

/// What the monitor has seen, and what it had to let go. Nothing is dropped without one of these going up.
package struct Counters: Sendable {
    package var packets: UInt64 = 0
    /// As captured lengths on the wire, link headers included.
    package var bytes: UInt64 = 0
    package var ipPackets: UInt64 = 0
    package var flows: UInt64 = 0
    package var dnsNames: UInt64 = 0
    package var tlsNames: UInt64 = 0
    package var quicNames: UInt64 = 0
    package var dtlsNames: UInt64 = 0
    /// ClientHellos that name no server: TLS, QUIC and DTLS.
    package var hellosWithoutName: UInt64 = 0
    /// Hosts that requests of HTTP/1 were meant for.
    package var httpNames: UInt64 = 0
    /// Targets that proxies were asked for.
    package var proxyNames: UInt64 = 0
    /// Hosts of servers' certificates.
    package var certificateNames: UInt64 = 0
    /// Flows without a name of their own whose address the client had resolved.
    package var resolvedNames: UInt64 = 0
    /// Packets that were seen before, on another interface or twice on a mirror port. They count nowhere else.
    package var copies: UInt64 = 0
    /// Holes in what was seen of TCP streams: the other side has acknowledged what the capture lacks.
    package var sequenceGaps: UInt64 = 0
    /// What the flows that are over have shown.
    package var coverage = Coverage()
    /// Sightings that an endpoint explains.
    package var matches: UInt64 = 0
    /// Names of a pack that were seen, but not from a home network outward.
    package var matchesNotOutbound: UInt64 = 0
    /// Queries that a resolver passed on for a client whose own query was seen.
    package var forwardedQueries: UInt64 = 0
    /// Flows given up because the table was full.
    package var flowsEvicted: UInt64 = 0
    /// Waiting hellos given up because the pool was full.
    package var prefixesEvicted: UInt64 = 0
    /// Datagrams given up because their fragments took too much room.
    package var datagramsEvicted: UInt64 = 0
    /// What HTTPS records told of a name, forgotten before its time because the table was full.
    package var publishedKeysEvicted: UInt64 = 0
    /// Answers forgotten before their time because the address book was full.
    package var bindingsEvicted: UInt64 = 0
    /// What packets told of hosts, where that was new.
    package var hostFacts: UInt64 = 0
    /// The same, let go because the caller was slow to take it.
    package var hostFactsDropped: UInt64 = 0
    /// Addresses of hosts forgotten because their table was full: what is said of them is told again.
    package var toldHostsEvicted: UInt64 = 0
    /// Clients of DHCP forgotten before their answer because their table was full.
    package var clientNamesEvicted: UInt64 = 0
    /// Fragments of a datagram that was whole a moment before, as a mirror port shows them.
    package var fragmentCopies: UInt64 = 0
    /// Packets that the kernel, or an interface, dropped before we could look at them: told by whoever captures.
    package var kernelDrops: UInt64 = 0
    package var interfaceDrops: UInt64 = 0
    /// Sightings that nobody took fast enough: told by whoever hands them on.
    package var sightingsDropped: UInt64 = 0
    private var anomalies = Array(repeating: UInt64(0), count: Anomaly.allCases.count)

    package init() {}

    /// Flows, waiting names, datagrams and what DNS had told: what was let go for want of memory.
    package var limitsReached: UInt64 {
        flowsEvicted &+ prefixesEvicted &+ datagramsEvicted &+ bindingsEvicted &+ publishedKeysEvicted
    }

    @inline(__always) mutating func count(_ anomaly: Anomaly) { anomalies[Int(anomaly.rawValue)] &+= 1 }

    package subscript(anomaly: Anomaly) -> UInt64 { anomalies[Int(anomaly.rawValue)] }
}
