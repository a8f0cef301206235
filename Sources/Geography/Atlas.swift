package import Decoding
package import Monitoring

/// Says where an address is, and whose network it shares, by all that was loaded. Without a database places are
/// unknown. Built once, then immutable.
package struct Atlas: Sendable {
    /// The first one that knows a country says it, and so for the autonomous system.
    package let databases: [any GeoDatabase]
    package let sharedNetworks: SharedNetworkTable
    /// Name and date of each database.
    package let bases: [String]

    package init(_ databases: [any GeoDatabase] = [], sharedNetworks: SharedNetworkTable = SharedNetworkTable()) {
        self.databases = databases
        self.sharedNetworks = sharedNetworks
        bases = databases.map { database in database.date.map { "\(database.name) \($0)" } ?? database.name }
    }

    /// Look-ups that met damage in a file.
    package var damageCount: Int { databases.reduce(0) { $0 + $1.damageCount } }

    /// Asked once a flow or less, not once a packet.
    package func place(of address: IPAddress) -> Place {
        let address = address.embeddedIPv4 ?? address
        if let meaning = SpecialPurpose.meaning(of: address) { return Place(basis: meaning) }
        var found = GeoAnswer()
        var basis: String?
        for (database, name) in zip(databases, bases) {
            let answer = database.answer(for: address)
            if found.country == nil, let country = answer.country {
                found.country = country
                found.isUncertain = answer.isUncertain
                basis = name
            }
            if found.autonomousSystem == nil { found.autonomousSystem = answer.autonomousSystem }
            if found.country != nil, found.autonomousSystem != nil { break }
        }
        let shared = sharedNetworks.network(of: address, in: found.autonomousSystem?.number)
        return Place(
            country: found.country, autonomousSystem: found.autonomousSystem,
            isUncertain: found.isUncertain || shared?.isAnywhere == true, operator: shared?.operator, basis: basis)
    }
}
