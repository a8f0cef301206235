package import Decoding
package import Monitoring

/// Says where addresses are. Look-ups may come from any thread.
package protocol GeoDatabase: Sendable {
    /// For people, such as `tor-geoipdb (IPFire Project)`.
    var name: String { get }
    /// The day that the data are of, YYYY-MM-DD; nil where they do not tell.
    var date: String? { get }
    /// Look-ups that met damage in the file, and so had no answer.
    var damageCount: Int { get }

    /// What is known of an address. Costs at most some hundred nanoseconds, a microsecond with names.
    func answer(for address: IPAddress) -> GeoAnswer
}

/// What one database knows of an address.
package struct GeoAnswer: Hashable, Sendable {
    /// Two capital letters; nil where it is unknown.
    package var country: String?
    package var autonomousSystem: AutonomousSystem?
    /// The database itself calls the country a guess: an anycast address, or where it was registered.
    package var isUncertain = false

    package init(country: String? = nil, autonomousSystem: AutonomousSystem? = nil, isUncertain: Bool = false) {
        self.country = country
        self.autonomousSystem = autonomousSystem
        self.isUncertain = isUncertain
    }
}

/// Why a database cannot be used: file, line where it has lines, what, and the likely fix.
package struct GeoError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ path: String, line: Int? = nil, _ message: String) {
        description = "\(path):" + (line.map { "\($0):" } ?? "") + " \(message)"
    }
}
