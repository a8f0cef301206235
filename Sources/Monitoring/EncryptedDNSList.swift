package import Decoding

/// Who hides look-ups from the sensor, and where: one record for each client, server, port and resolver.
package struct EncryptedDNSList: Sendable {
    /// Four servers for each of 4,096 clients. A record takes some 200 bytes with its key, so a full list takes 3 MB.
    package static let limit = 16_384

    /// How a flow was recognised, the surest first. The raw value is the word in output.
    package enum Evidence: String, CaseIterable, Sendable {
        /// The client's hello, or its look-up before, names a known resolver.
        case name
        /// The server has the address of a known resolver.
        case address
        /// Port 853, which is for nothing else (RFC 7858, section 3.1; RFC 9250, section 4.1.1).
        case port
    }

    package struct Record: Sendable {
        package let client, server: IPAddress
        /// The server's.
        package let port: UInt16
        package let transport: IPProtocol
        /// nil where the port alone tells.
        package let resolver: DNSResolver?
        package let evidence: Evidence
        package fileprivate(set) var flows: UInt64
    }

    private struct Key: Hashable {
        let client, server: IPAddress
        let port: UInt16
        let transport: IPProtocol
        let resolver: ObjectIdentifier?
        let evidence: Evidence
    }

    private let limit: Int
    private var index: [Key: Int] = [:]
    /// In order of appearance.
    package private(set) var records: [Record] = []
    package private(set) var flows: UInt64 = 0
    /// Of `flows`, those that found the list full.
    package private(set) var unlistedFlows: UInt64 = 0

    package init(limit: Int = Self.limit) { self.limit = limit }

    /// Those of the records.
    package var clientCount: Int { Set(records.map(\.client)).count }

    mutating func add(
        client: IPAddress, server: IPAddress, port: UInt16, transport: IPProtocol, resolver: DNSResolver?,
        evidence: Evidence
    ) {
        flows &+= 1
        let key = Key(
            client: client, server: server, port: port, transport: transport,
            resolver: resolver.map(ObjectIdentifier.init), evidence: evidence)
        if let place = index[key] {
            records[place].flows &+= 1
        } else if records.count < limit {
            index[key] = records.count
            records.append(
                Record(
                    client: client, server: server, port: port, transport: transport, resolver: resolver,
                    evidence: evidence, flows: 1))
        } else {
            unlistedFlows &+= 1
        }
    }
}
