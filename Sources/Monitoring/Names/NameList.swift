package import Decoding

/// Every name that a capture shows: one record for each method, name, client, server and port.
package struct NameList: Sendable {
    /// A busy office makes some 100,000 a day; a record takes about 700 bytes.
    package static let limit = 1_000_000
    /// Addresses kept for one name; large services rotate through a few hundred.
    package static let addressLimit = 1_024

    /// Fingerprints kept for one name. A browser that shuffles its extensions shows another JA3 in every connection.
    /// What is installed on one client makes a few dozen without that.
    package static let fingerprintLimit = 256

    private struct Key: Hashable {
        let method: Method
        let name: HostName
        let client, server: IPAddress
        let port: UInt16
        let transport: IPProtocol
        let quicVersion: QUICVersion?
        /// Tenants of an overlay use the same addresses for different hosts.
        let virtualNetwork: UInt32?
    }

    package struct Record: Sendable {
        /// The first sighting.
        package let sighting: Sighting
        /// Look-ups and hellos; an answer counts only where its query was not seen.
        package var count: Int
        package var firstSeen, lastSeen: Timestamp
        /// What DNS answered, in order of appearance.
        package var addresses: [IPAddress] = []
        /// The addresses that its SVCB and HTTPS records offer, in order of appearance.
        package var hints: [IPAddress] = []
        /// What any of the hellos offered to speak inside, in order of appearance.
        package var protocols: [String] = []
        /// Of the hello that tells most.
        package var encryptedName: EncryptedName?
        /// Of the hellos, in order of appearance.
        package var fingerprints: [ClientFingerprint] = []
    }

    private var index: [Key: Int] = [:]
    /// In order of appearance.
    package private(set) var records: [Record] = []
    /// Sightings that found the list full.
    package private(set) var dropped: UInt64 = 0

    package init() {}

    package mutating func add(_ sighting: Sighting) {
        var weight = 1
        var addresses: [IPAddress] = []
        var hints: [IPAddress] = []
        if case .dns(_, let answers, let hinted, let isRepeat) = sighting.detail {
            weight = isRepeat ? 0 : 1
            addresses = answers
            hints = hinted
        }
        var facts: HelloFacts?
        if case .hello(let told) = sighting.detail { facts = told }
        let key = Key(
            method: sighting.method, name: sighting.name, client: sighting.client, server: sighting.server,
            port: sighting.serverPort, transport: sighting.transport, quicVersion: facts?.quicVersion,
            virtualNetwork: sighting.tunnel?.virtualNetwork)
        let place: Int
        if let known = index[key] {
            place = known
        } else if records.count < Self.limit {
            place = records.count
            index[key] = place
            records.append(Record(sighting: sighting, count: 0, firstSeen: sighting.time, lastSeen: sighting.time))
        } else {
            dropped &+= 1
            return
        }
        records[place].count += weight
        records[place].firstSeen = min(records[place].firstSeen, sighting.time)
        records[place].lastSeen = max(records[place].lastSeen, sighting.time)
        for address in addresses
        where records[place].addresses.count < Self.addressLimit && !records[place].addresses.contains(address) {
            records[place].addresses.append(address)
        }
        for address in hints
        where records[place].hints.count < Self.addressLimit && !records[place].hints.contains(address) {
            records[place].hints.append(address)
        }
        for name in facts?.protocols.names ?? []
        where records[place].protocols.count < Self.fingerprintLimit && !records[place].protocols.contains(name) {
            records[place].protocols.append(name)
        }
        if let told = facts?.encryptedName, told.weight > records[place].encryptedName?.weight ?? -1 {
            records[place].encryptedName = told
        }
        if let fingerprint = facts?.fingerprint, records[place].fingerprints.count < Self.fingerprintLimit,
            !records[place].fingerprints.contains(fingerprint)
        {
            records[place].fingerprints.append(fingerprint)
        }
    }
}

extension EncryptedName {
    /// How much it says about the name: that it is not the true one most.
    fileprivate var weight: Int {
        switch self {
        case .grease: 0
        case .encryptedHello: 1
        case .encryptedServerName: 2
        case .real: 3
        }
    }
}
