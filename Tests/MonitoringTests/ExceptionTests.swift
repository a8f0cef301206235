import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct ExceptionTests {
    private static let day = Timestamp(nanoseconds: 1_795_392_000_000_000_000)

    private func sighting(
        _ name: String = "a.vendor.example", client: String = "10.0.0.5", after seconds: Int64 = 0
    ) -> Sighting {
        Sighting(
            time: Timestamp(nanoseconds: Self.day.nanoseconds + seconds * 1_000_000_000), name: HostName(name),
            detail: .http, client: ip(client), server: ip("203.0.113.9"), clientPort: 50_000, serverPort: 80,
            transport: .tcp, vlan: 0, interface: 0, endpoint: endpoint("*.vendor.example"))
    }

    private func exception(
        client: String? = nil, vendor: String? = nil, product: String? = nil, domain: String? = nil,
        until: Timestamp? = nil
    ) -> Exception {
        Exception(
            client: client.flatMap { AddressPrefix($0) }, vendor: vendor, product: product,
            domain: domain.map { HostName($0) }, reason: "agreed", approvedBy: nil,
            until: until.map { ($0, "2026-11-22") })
    }

    @Test func `all that an exception asks for must hold`() {
        for held in [
            exception(client: "10.0.0.0/24"), exception(client: "10.0.0.5"), exception(vendor: "vendor"),
            exception(domain: "vendor.example"), exception(domain: "a.vendor.example"),
            exception(client: "10.0.0.5", vendor: "vendor", domain: "vendor.example"),
        ] {
            #expect(held.holds(for: sighting()))
        }
        for other in [
            exception(client: "10.0.1.0/24"), exception(vendor: "other"), exception(product: "Agent"),
            exception(domain: "b.vendor.example"), exception(domain: "or.example"),
            exception(domain: "x.a.vendor.example"),
            exception(client: "10.0.0.5", vendor: "other"),
        ] {
            #expect(!other.holds(for: sighting()))
        }
    }

    @Test func `an exception ends by the time of the packet`() {
        let ending = exception(vendor: "vendor", until: Self.day)
        #expect(ending.holds(for: sighting(after: -1)))
        #expect(!ending.holds(for: sighting(after: 0)))
    }

    @Test func `the first that holds answers, and a sighting without an entry is never excepted`() {
        let list = ExceptionList([
            exception(vendor: "other"), exception(client: "10.0.0.5"), exception(vendor: "vendor"),
        ])
        #expect(list.exception(for: sighting())?.client != nil)
        #expect(list.exception(for: sighting(client: "10.0.0.6"))?.vendor == "vendor")
        var unknown = sighting()
        unknown.endpoint = nil
        #expect(list.exception(for: unknown) == nil)
    }
}
