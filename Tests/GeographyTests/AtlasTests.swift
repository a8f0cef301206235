import Decoding
import Geography
import Monitoring
import Testing

@Suite struct AtlasTests {
    private static let networks = SharedNetworkTable([
        SharedNetwork(
            operator: "Example CDN", kinds: [.cdn], prefixes: [AddressPrefix("192.0.2.64/26")].compactMap { $0 },
            sources: ["https://cdn.example.net/"]),
        SharedNetwork(
            operator: "Example Cloud", kinds: [.cloud], prefixes: [], autonomousSystems: [64_496],
            sources: ["https://cloud.example.net/"]),
    ])

    private func atlas(_ files: String...) throws -> Atlas {
        Atlas(try GeoFiles.load(files.map { "\(databases)/\($0)" }), sharedNetworks: Self.networks)
    }

    private func place(_ text: String, _ atlas: Atlas) throws -> Place { atlas.place(of: try address(text)) }

    @Test func `the first file that knows a country says it, and so for the autonomous system`() throws {
        let place = try place("192.0.2.1", try atlas("country.mmdb", "ipinfo.mmdb", "asn.mmdb"))
        #expect(place.country == "CN" && place.basis == "GeoLite2-Country 2026-11-01" && !place.isUncertain)
        #expect(place.autonomousSystem?.description == "AS64496 Example Networks")
        let other = try self.place("192.0.2.1", try atlas("asn.mmdb", "ipinfo.mmdb", "country.mmdb"))
        #expect(other.country == "US" && other.basis == "ipinfo bundle_location_lite.mmdb 2026-11-01")
    }

    @Test func `a content delivery network makes a place uncertain, a cloud only shared`() throws {
        let atlas = try atlas("country.mmdb", "asn.mmdb")
        let edge = try place("192.0.2.65", atlas)
        #expect(edge.country == "CN" && edge.isUncertain && edge.operator == "Example CDN")
        let server = try place("192.0.2.1", atlas)
        #expect(server.country == "CN" && !server.isUncertain && server.operator == "Example Cloud")
        // Without a database of systems the cloud is not known.
        #expect(try place("192.0.2.1", try self.atlas("country.mmdb")).operator == nil)
        #expect(try place("198.51.100.1", atlas).operator == nil)
    }

    @Test func `without a database places are unknown and networks still shared`() throws {
        let place = try place("192.0.2.65", try atlas())
        #expect(place == Place(isUncertain: true, operator: "Example CDN"))
        #expect(try self.place("198.51.100.1", Atlas()) == Place())
    }

    @Test func `an address behind a translator or a 6to4 tunnel is where its IPv4 address is`() throws {
        let atlas = try atlas("country.mmdb")
        #expect(try place("64:ff9b::192.0.2.1", atlas).country == "CN")
        #expect(try place("2002:c000:201::1", atlas).country == "CN")
        #expect(try place("64:ff9b::10.0.0.1", atlas).basis == "private use (RFC 1918)")
        #expect(try place("64:ff9b:1::192.0.2.1", atlas).basis == "local translation to IPv4 (RFC 8215)")
    }

    @Test(arguments: [
        ("0.0.0.0", "RFC 791"), ("10.1.2.3", "RFC 1918"), ("100.64.0.1", "RFC 6598"), ("100.127.255.255", "RFC 6598"),
        ("127.0.0.1", "RFC 1122"), ("169.254.1.1", "RFC 3927"), ("172.16.0.1", "RFC 1918"), ("172.31.9.9", "RFC 1918"),
        ("192.0.0.8", "RFC 6890"), ("192.88.99.1", "RFC 7526"), ("192.168.1.1", "RFC 1918"), ("198.19.0.1", "RFC 2544"),
        ("224.0.0.251", "RFC 5771"), ("239.255.255.250", "RFC 5771"), ("240.0.0.1", "RFC 1112"),
        ("255.255.255.255", "RFC 1112"), ("::", "RFC 4291"), ("::1", "RFC 4291"), ("100::1", "RFC 6666"),
        ("2001::1", "RFC 4380"), ("2001:2::1", "RFC 5180"), ("2001:10::1", "RFC 4843"), ("2001:2f::1", "RFC 7343"),
        ("2001:3f::1", "RFC 9374"), ("5f00::1", "RFC 9602"), ("fd20::1", "RFC 4193"), ("fe80::1", "RFC 4291"),
        ("fec0::1", "RFC 3879"), ("ff02::fb", "RFC 4291"),
    ])
    func `a reserved address has no country, whatever a database says`(_ text: String, _ document: String) throws {
        let place = try place(text, try atlas("country.mmdb"))
        #expect(place.country == nil && place.basis?.hasSuffix("(\(document))") == true, "\(place)")
    }

    @Test(arguments: [
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
        "192.0.1.0",
        "192.31.196.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "::1:0:0:1", "2001:1::1", "2001:3::1",
        "2001:200::1", "2003::1", "3fff::1", "2001:db8::1",
    ])
    func `its neighbours are for anybody`(_ text: String) throws {
        #expect(try place(text, Atlas()).basis == nil)
    }
}
