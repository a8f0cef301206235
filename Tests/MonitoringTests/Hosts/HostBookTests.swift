import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Who stands behind an address at a time.
@Suite struct HostBookTests {
    private static let first = "00:0c:29:00:00:01", second = "00:0c:29:00:00:02", router = "00:0c:29:00:00:ff"

    private static func time(_ seconds: Int) -> Timestamp {
        Timestamp(nanoseconds: 1_795_392_000_000_000_000 + Int64(seconds) * 1_000_000_000)
    }

    private static func fact(
        _ source: HostFact.Source, _ address: String, at hardware: String? = nil, named name: String? = nil,
        after seconds: Int = 0
    ) -> HostFact {
        HostFact(
            time: time(seconds), source: source, address: ip(address), hardware: hardware.map(HostBytes.mac),
            name: name.map { HostName($0) })
    }

    private static func book(
        _ facts: HostFact..., inventory: Inventory = Inventory(), own: Set<IPAddress> = []
    ) -> HostBook {
        var book = HostBook(inventory: inventory, ownAddresses: own)
        for fact in facts { book.note(fact) }
        return book
    }

    private static func id(_ book: HostBook, _ address: String, after seconds: Int) -> String {
        book.host(of: ip(address), at: time(seconds)).id
    }

    @Test func `an address that nothing was told of stands for itself`() {
        let host = Self.book().host(of: ip("10.0.0.5"), at: Self.time(0))
        #expect(host == Host(id: "address:10.0.0.5", identity: .address, address: ip("10.0.0.5")))
    }

    @Test func `a host with two leases one after the other is one host`() {
        let book = Self.book(
            Self.fact(.dhcp, "10.0.0.5", at: Self.first, named: "reception-pc", after: 10),
            Self.fact(.dhcp, "10.0.0.9", at: Self.first, after: 1_000))
        for (address, seconds) in [("10.0.0.5", 20), ("10.0.0.9", 1_000)] {
            let host = book.host(of: ip(address), at: Self.time(seconds))
            #expect(host.id == "mac:\(Self.first)" && host.identity == .mac)
            #expect(host.name == "reception-pc" && host.nameSource == .dhcp, "\(address)")
        }
    }

    @Test func `an address that goes from host to host is each of them in its time`() {
        let book = Self.book(
            Self.fact(.dhcp, "10.0.0.5", at: Self.first, named: "one", after: 100),
            Self.fact(.mdns, "10.0.0.5", named: "one.local", after: 101),
            Self.fact(.arp, "10.0.0.5", at: Self.second, after: 200),
            Self.fact(.arp, "10.0.0.5", at: Self.first, after: 300))
        #expect(Self.id(book, "10.0.0.5", after: 99) == "address:10.0.0.5")
        #expect(Self.id(book, "10.0.0.5", after: 100) == "mac:\(Self.first)")
        #expect(Self.id(book, "10.0.0.5", after: 299) == "mac:\(Self.second)")
        #expect(Self.id(book, "10.0.0.5", after: 300) == "mac:\(Self.first)")
        // The names of one are never the other's.
        #expect(book.host(of: ip("10.0.0.5"), at: Self.time(250)).name == nil)
        #expect(book.host(of: ip("10.0.0.5"), at: Self.time(150)).name == "one")
    }

    @Test func `a fact that comes late takes its place between the others`() {
        let book = Self.book(
            Self.fact(.arp, "10.0.0.5", at: Self.second, after: 200),
            Self.fact(.arp, "10.0.0.5", at: Self.first, after: 100))
        #expect(Self.id(book, "10.0.0.5", after: 150) == "mac:\(Self.first)")
        #expect(Self.id(book, "10.0.0.5", after: 200) == "mac:\(Self.second)")
    }

    @Test func `of a long history the latest changes are remembered`() {
        var book = HostBook()
        for change in 0..<10 {
            let card = "00:0c:29:00:01:0\(change)"
            book.note(Self.fact(.arp, "10.0.0.5", at: card, after: change * 100))
        }
        #expect(Self.id(book, "10.0.0.5", after: 950) == "mac:00:0c:29:00:01:09")
        #expect(Self.id(book, "10.0.0.5", after: 650) == "mac:00:0c:29:00:01:06")
        #expect(Self.id(book, "10.0.0.5", after: 550) == "address:10.0.0.5")
    }

    @Test func `a router that answers for others is nobody's identity`() {
        var book = Self.book(Self.fact(.dhcp, "10.0.0.3", at: Self.first))
        for host in 1...12 { book.note(Self.fact(.arp, "10.0.0.\(host)", at: Self.router, after: 10 + host)) }
        for host in [1, 2, 12] { #expect(Self.id(book, "10.0.0.\(host)", after: 100) == "address:10.0.0.\(host)") }
        // Whom the server gave an address stays who it is.
        #expect(Self.id(book, "10.0.0.3", after: 100) == "mac:\(Self.first)")
    }

    @Test func `a host may have as many addresses as a host has, and move on from lease to lease`() {
        var book = HostBook()
        for host in 1...AddressClaims.hostLimit { book.note(Self.fact(.arp, "10.0.0.\(host)", at: Self.first)) }
        #expect(Self.id(book, "10.0.0.1", after: 1) == "mac:\(Self.first)")
        for lease in 0..<30 {
            book.note(Self.fact(.dhcp, "10.0.1.\(lease)", at: Self.second, after: lease * 7_200))
        }
        #expect(Self.id(book, "10.0.1.29", after: 29 * 7_200) == "mac:\(Self.second)")
    }

    @Test func `all IPv6 addresses of one card are one host, however many`() {
        var book = HostBook()
        for number in 1...100 {
            book.note(Self.fact(.nd, "fd20::\(String(number, radix: 16))", at: Self.first, after: number))
        }
        book.note(Self.fact(.dhcp, "10.0.0.5", at: Self.first, named: "reception-pc", after: 200))
        let host = book.host(of: ip("fd20::1"), at: Self.time(300))
        #expect(host.id == "mac:\(Self.first)" && host.name == "reception-pc")
    }

    @Test func `what a client's identifier says of its card gives way to who speaks from the address`() {
        let book = Self.book(
            Self.fact(.nd, "fd20::5", at: Self.first),
            Self.fact(.dhcpv6, "fd20::5", at: Self.second, named: "laptop", after: 10))
        let host = book.host(of: ip("fd20::5"), at: Self.time(20))
        #expect(host.id == "mac:\(Self.first)" && host.name == "laptop" && host.nameSource == .dhcpv6)
        let alone = Self.book(Self.fact(.dhcpv6, "fd20::5", at: Self.second))
        #expect(Self.id(alone, "fd20::5", after: 1) == "mac:\(Self.second)")
    }

    @Test func `a name that a host gives itself labels it and does not tell it from others`() {
        let book = Self.book(
            Self.fact(.netbios, "10.0.0.5", named: "reception"), Self.fact(.mdns, "10.0.0.5", named: "reception.local"),
            Self.fact(.mdns, "10.0.0.6", named: "reception.local"))
        let host = book.host(of: ip("10.0.0.5"), at: Self.time(10))
        #expect(host.id == "address:10.0.0.5" && host.identity == .address)
        #expect(host.name == "reception.local" && host.nameSource == .mdns)
        #expect(Self.id(book, "10.0.0.6", after: 10) == "address:10.0.0.6")
    }

    @Test func `a name of one address holds for the others of the same card`() {
        let book = Self.book(
            Self.fact(.arp, "10.0.0.5", at: Self.first), Self.fact(.nd, "fd20::5", at: Self.first),
            Self.fact(.mdns, "10.0.0.5", named: "printer.local"))
        #expect(book.host(of: ip("fd20::5"), at: Self.time(10)).name == "printer.local")
    }

    @Test func `the inventory knows best, by card before address`() {
        var inventory = Inventory()
        #expect(
            inventory.add(
                .init(name: "Front desk", owner: "Li", site: "Hangzhou"), address: nil,
                hardware: HostBytes.mac(Self.first)) == nil)
        #expect(inventory.add(.init(name: "Printer"), address: ip("10.0.0.7"), hardware: nil) == nil)
        let book = Self.book(
            Self.fact(.dhcp, "10.0.0.5", at: Self.first, named: "pc"),
            Self.fact(.dhcp, "10.0.0.7", at: Self.first, after: 50),
            inventory: inventory)
        let host = book.host(of: ip("10.0.0.5"), at: Self.time(10))
        #expect(host.id == "inventory:Front desk" && host.identity == .inventory && host.name == "Front desk")
        #expect(host.nameSource == .inventory && host.owner == "Li" && host.site == "Hangzhou" && host.mac != nil)
        #expect(Self.id(book, "10.0.0.7", after: 10) == "inventory:Printer")
        #expect(Self.id(book, "10.0.0.7", after: 60) == "inventory:Front desk")
    }

    @Test func `the sensor's own address stands for everybody behind it`() {
        let book = Self.book(Self.fact(.arp, "10.0.0.1", at: Self.first), own: [ip("10.0.0.1")])
        let host = book.host(of: ip("10.0.0.1"), at: Self.time(10))
        #expect(host.identity == .nat && host.id == "address:10.0.0.1")
    }

    @Test func `a flood of forged cards and addresses is bounded and counted`() {
        var book = HostBook(deviceLimit: 100, addressLimit: 200)
        for number in 0..<1_000 {
            book.note(
                HostFact(
                    time: Self.time(number), source: .nd, address: IPAddress(bits: 0xfd20 << 112 | UInt128(number)),
                    hardware: MACAddress(bits: 0x000c_2900_0000 | UInt64(number))))
        }
        #expect(book.evicted == 900 + 800)
        #expect(Self.id(book, "fd20::3e7", after: 1_000) == "mac:00:0c:29:00:03:e7")
        #expect(Self.id(book, "fd20::1", after: 1_000) == "address:fd20::1")
    }

    @Test func `who forges claims with another's card takes its identity away and gives it to nobody`() {
        var book = Self.book(Self.fact(.arp, "10.0.0.5", at: Self.first))
        for host in 100...120 { book.note(Self.fact(.arp, "10.0.0.\(host)", at: Self.first, after: host)) }
        for address in ["10.0.0.5", "10.0.0.100", "10.0.0.120"] {
            #expect(Self.id(book, address, after: 200) == "address:\(address)")
        }
    }
}
