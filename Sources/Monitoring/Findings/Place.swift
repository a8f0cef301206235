/// Where an address is, as far as anybody says it. Findings carry it.
package struct Place: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, and `EU` where a database says no more; nil where it is unknown.
    package let country: String?
    package let autonomousSystem: AutonomousSystem?
    /// The address may be anywhere: many servers answer at it (anycast), or it belongs to a content delivery network,
    /// or the database knows only where it was registered.
    package let isUncertain: Bool
    /// Who runs the network, where many parties share it: by such an address nobody is named.
    package let `operator`: String?
    /// Who says so: name and date of the database, or what the address is reserved for. nil where nobody does.
    package let basis: String?

    package init(
        country: String? = nil, autonomousSystem: AutonomousSystem? = nil, isUncertain: Bool = false,
        operator: String? = nil, basis: String? = nil
    ) {
        self.country = country
        self.autonomousSystem = autonomousSystem
        self.isUncertain = isUncertain
        self.operator = `operator`
        self.basis = basis
    }
}

/// A network that routes its own addresses (RFC 1930), such as AS64496.
package struct AutonomousSystem: Hashable, Sendable {
    package let number: UInt32
    /// As the database names it; nil where it does not.
    package let organisation: String?

    package init(number: UInt32, organisation: String? = nil) {
        self.number = number
        self.organisation = organisation
    }
}

extension AutonomousSystem: CustomStringConvertible {
    package var description: String { "AS\(number)" + (organisation.map { " \($0)" } ?? "") }
}
