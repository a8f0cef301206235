/// Where an address is, as far as that can be known.
package struct Place: Hashable, Sendable {
    /// Who announces the address.
    package struct AutonomousSystem: Hashable, Sendable {
        package let number: UInt32
        package let organization: String?

        package init(number: UInt32, organization: String?) {
            self.number = number
            self.organization = organization
        }
    }

    /// ISO 3166-1 alpha-2; nil where nobody says.
    package var country: String?
    package var autonomousSystem: AutonomousSystem?
    /// Anycast or a CDN: the machine that answers may stand anywhere.
    package var isUncertain = false
    /// Of a cloud or CDN that many tenants share; nil where the address is in none that is known.
    package var sharedBy: String?
    /// Name and date of the database that answered; nil where none was asked.
    package var basis: String?

    package init(
        country: String? = nil, autonomousSystem: AutonomousSystem? = nil, isUncertain: Bool = false,
        sharedBy: String? = nil, basis: String? = nil
    ) {
        self.country = country
        self.autonomousSystem = autonomousSystem
        self.isUncertain = isUncertain
        self.sharedBy = sharedBy
        self.basis = basis
    }

    package static let unknown = Place()
}
