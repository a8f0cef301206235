/// What is known of one client, vendor, product and destination country.
///
/// Counts are of one recording: a capture file, or all that one sensor has seen live. They only grow, and the same
/// recording gives the same counts: whoever stores the larger ones may store them again and again.
package struct Finding: Sendable {
    package struct Key: Hashable, Sendable {
        /// `Host.id`.
        package var host: String
        /// A pack's identifier.
        package var vendor: String
        /// As the pack names it; empty where an entry serves several products.
        package var product: String
        package var destination: Destination.Country
        /// The reason of the exception that keeps the finding from alerts; nil for an ordinary one.
        package var exception: String?

        package init(
            host: String, vendor: String, product: String, destination: Destination.Country, exception: String? = nil
        ) {
            self.host = host
            self.vendor = vendor
            self.product = product
            self.destination = destination
            self.exception = exception
        }

        /// The same client, vendor and product without a contact: look-ups and a device's own hardware address.
        package var withoutContact: Key {
            var key = self
            key.destination = .none
            return key
        }
    }

    package internal(set) var key: Key
    package internal(set) var host: Host
    package internal(set) var vendor: Vendor
    package internal(set) var exception: Exception?
    package internal(set) var firstSeen, lastSeen: Timestamp
    /// The worst that was seen.
    package internal(set) var severity: Severity
    /// The names, addresses and marks that say so, in the order in which they came.
    package internal(set) var evidence: [Evidence] = []
    /// Evidence beyond the limit: counted with the days, and not told one by one.
    package internal(set) var evidenceUntold: UInt64 = 0
    /// The servers that were reached, in the order in which they came.
    package internal(set) var destinations: [Destination] = []
    package internal(set) var destinationsUntold: UInt64 = 0
    /// By day, the latest last.
    package internal(set) var days: [Day] = []
    package internal(set) var rhythm = Rhythm()
    /// What was sent in the last 24 hours, as far as it can raise the severity.
    var window = Window24()
    /// What the sighting that came last shows; nil in a finding that was loaded and has seen nothing since.
    package internal(set) var latest: Sighting?
    /// Until when a store had it; nil for a finding that this run has opened.
    package internal(set) var storedUntil: Timestamp?

    /// Names, addresses and marks that one finding tells: an agent uses a dozen or two.
    package static let evidenceLimit = 64
    /// Servers that one finding tells: clouds rotate through hundreds, of which the first tell where they are.
    package static let destinationLimit = 64

    package init(
        key: Key, host: Host, vendor: Vendor, exception: Exception? = nil, firstSeen: Timestamp, lastSeen: Timestamp,
        severity: Severity = .info, evidence: [Evidence] = [], destinations: [Destination] = [], days: [Day] = [],
        rhythm: Rhythm = Rhythm()
    ) {
        self.key = key
        self.host = host
        self.vendor = vendor
        self.exception = exception
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.severity = severity
        self.evidence = evidence
        self.destinations = destinations
        self.days = days
        self.rhythm = rhythm
    }

    /// All days of the recording together.
    package var tally: Tally { days.reduce(into: Tally()) { $0.add($1.tally) } }
}

/// How much, in one day or altogether.
package struct Tally: Hashable, Sendable {
    /// Look-ups of its names, by query.
    package var lookups: UInt64 = 0
    /// Connections, and exchanges of datagrams.
    package var flows: UInt64 = 0
    /// By IP total length: from the client, and to it.
    package var bytesOut: UInt64 = 0
    package var bytesIn: UInt64 = 0
    package var packetsOut: UInt64 = 0
    package var packetsIn: UInt64 = 0
    /// Sent by the client behind its handshake: payload bytes.
    package var applicationBytesOut: UInt64 = 0

    package init() {}

    package mutating func add(_ other: Tally) {
        lookups &+= other.lookups
        flows &+= other.flows
        bytesOut &+= other.bytesOut
        bytesIn &+= other.bytesIn
        packetsOut &+= other.packetsOut
        packetsIn &+= other.packetsIn
        applicationBytesOut &+= other.applicationBytesOut
    }
}

/// One day of a finding.
package struct Day: Sendable {
    /// Days since 1970-01-01, in UTC.
    package let number: Int32
    package var tally: Tally
    package var severity: Severity

    package init(number: Int32, tally: Tally = Tally(), severity: Severity = .info) {
        self.number = number
        self.tally = tally
        self.severity = severity
    }
}
