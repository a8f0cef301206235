package import Decoding

/// A server that a client of a finding reached.
package struct Destination: Sendable {
    /// The country in a finding's key.
    package enum Country: Hashable, Sendable {
        /// Nothing was contacted.
        case none
        /// Contacted, and nobody says where.
        case unknown
        /// ISO 3166-1 alpha-2.
        case code(String)

        /// What stores keep: empty, `ZZ` (the code of CLDR for an unknown region), or the code.
        package var text: String {
            switch self {
            case .none: ""
            case .unknown: "ZZ"
            case .code(let code): code
            }
        }

        package init(text: String) {
            switch text {
            case "": self = .none
            case "ZZ": self = .unknown
            default: self = .code(text)
            }
        }
    }

    package let address: IPAddress
    package var place: Place
    /// Without look-ups.
    package var tally: Tally
    package var firstSeen, lastSeen: Timestamp

    package init(address: IPAddress, place: Place, tally: Tally = Tally(), firstSeen: Timestamp, lastSeen: Timestamp) {
        self.address = address
        self.place = place
        self.tally = tally
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}
