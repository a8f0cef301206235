import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct HomeNetworksTests {
    @Test(arguments: [
        "10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.0", "192.168.255.255", "169.254.1.1",
        "fc00::1", "fdff::1",
        "fe80::1", "febf::1",
    ])
    func `private and link-local addresses are at home`(address: String) {
        #expect(HomeNetworks().contains(ip(address)))
    }

    @Test(arguments: [
        "9.255.255.255", "11.0.0.0", "172.15.0.1", "172.32.0.1", "192.167.1.1", "192.169.0.0", "169.255.0.1", "fe00::1",
        "fec0::1", "2001:db8::1",
        "::a00:1", "100.64.0.1",
    ])
    func `their neighbours are not`(address: String) {
        #expect(!HomeNetworks().contains(ip(address)))
    }

    @Test func `networks that are named replace the private ones`() throws {
        let home = HomeNetworks([try #require(AddressPrefix("203.0.113.0/24"))])
        #expect(home.contains(ip("203.0.113.9")) && !home.contains(ip("10.0.0.5")))
        #expect(!HomeNetworks([]).contains(ip("10.0.0.5")))
    }
}
