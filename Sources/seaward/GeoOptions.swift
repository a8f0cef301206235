import ArgumentParser
import Foundation
import Geography
import Monitoring
import Packs

/// Which places count as home.
struct HomeCountryOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The home country, two letters of ISO 3166-1; may be repeated or take several with commas between them: \
            further ones are territories that count as domestic. (default: CN)
            """, valueName: "code"))
    var homeCountry: [String] = []

    /// The home country first.
    var countries: [String] {
        homeCountry.isEmpty
            ? ["CN"]
            : homeCountry.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
                .map { String($0) }
    }

    func validate() throws {
        for code in countries where !CountryCode.all.contains(code) {
            throw ValidationError("--home-country: '\(code)' is no country code; \(CountryCode.hint(for: code))")
        }
    }
}

/// Where addresses are.
struct GeoOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A database of countries or autonomous systems: a MaxMind DB file (.mmdb, of MaxMind, DB-IP or IPinfo), or \
            ranges as text; may be repeated, the first that knows a country says it. (default: those of Debian's \
            package 'tor-geoipdb')
            """, valueName: "file"),
        completion: .file())
    var geo: [String] = []

    @OptionGroup var home: HomeCountryOption

    /// Everything that tells a place. Without the default databases places are unknown, which is told.
    ///
    /// - Parameter folders: where packs are, and so `coverage/shared-networks.yaml`.
    func loadAtlas(_ folders: [String] = []) throws -> Atlas {
        let networks = try Self.loadSharedNetworks(of: folders)
        guard !geo.isEmpty || GeoFiles.areInstalled else {
            Console.say(
                "seaward: countries are unknown: \(GeoFiles.defaultPaths[0]) is not there; apt-get install tor-geoipdb")
            return Atlas(sharedNetworks: networks)
        }
        let databases = try Console.attempt { () throws(GeoError) in
            try GeoFiles.load(geo.isEmpty ? GeoFiles.defaultPaths : geo)
        }
        return Atlas(databases, sharedNetworks: networks)
    }

    /// The shared networks of the first folder of packs that has some, else of the installation.
    static func loadSharedNetworks(of folders: [String] = []) throws -> SharedNetworkTable {
        let places = folders + (PackOptions.installedFolder().map { [$0] } ?? [])
        guard let file = places.lazy.compactMap({ SharedNetworkSet.file(in: $0) }).first else {
            Console.say("seaward: no \(SharedNetworkSet.place) beside the packs: no address is known to be shared")
            return SharedNetworkTable()
        }
        let set = SharedNetworkSet.load(file)
        return SharedNetworkTable(try Console.attempt { () throws(PackSetError) in try set.checked() }.networks)
    }
}
