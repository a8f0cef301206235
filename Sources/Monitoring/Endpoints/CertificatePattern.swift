package import Decoding

/// What a server's certificate has to say of its owner or its signer. All conditions must hold.
package struct CertificatePattern: Hashable, Sendable {
    /// Whose name is meant (RFC 5280, sections 4.1.2.4 and 4.1.2.6).
    package enum Party: String, CaseIterable, Sendable { case subject, issuer }

    /// The attribute of the name, as certificates are usually printed.
    package enum Attribute: String, CaseIterable, Sendable {
        case commonName = "CN"
        case organization = "O"
        case organizationalUnit = "OU"
    }

    package struct Condition: Hashable, Sendable {
        package let party: Party
        package let attribute: Attribute
        package let pattern: TextPattern

        package init(party: Party, attribute: Attribute, pattern: TextPattern) {
            self.party = party
            self.attribute = attribute
            self.pattern = pattern
        }
    }

    /// Never empty. Those of the subject first, each party's in the order of `Attribute`.
    package let conditions: [Condition]

    package init(_ conditions: [Condition]) { self.conditions = conditions }

    /// Whether anything is asked of this party.
    package func concerns(_ party: Party) -> Bool { conditions.contains { $0.party == party } }

    /// - Parameter bytes: of the certificate.
    package func matches(_ certificate: Certificate, in bytes: Bytes) -> Bool {
        for condition in conditions {
            let name = condition.party == .subject ? certificate.subject : certificate.issuer
            let value =
                switch condition.attribute {
                case .commonName: name.commonName
                case .organization: name.organization
                case .organizationalUnit: name.organizationalUnit
                }
            guard let value, condition.pattern.matches(bytes, in: value) else { return false }
        }
        return true
    }
}

extension CertificatePattern: CustomStringConvertible {
    /// `subject CN=FG* O=Fortinet`, and the same for the issuer.
    package var description: String {
        Party.allCases.filter(concerns).map { party in
            let parts = conditions.filter { $0.party == party }.map { "\($0.attribute.rawValue)=\($0.pattern)" }
            return ([party.rawValue] + parts).joined(separator: " ")
        }.joined(separator: ", ")
    }
}
