import Alerting
import ArgumentParser
import Decoding
import Foundation
import Monitoring
import Packs

struct Hosts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the inside hosts that captures tell of: addresses, hardware addresses and names.",
        discussion: """
            One record for each address and each hardware address that it was at, as ARP, IPv6 neighbour discovery, \
            DHCP, mDNS and NetBIOS tell. JSON is one object a line. 'id' is what the host is told from others by.
            """)

    @Option(help: "How to print the records.")
    var format = ListFormat.table

    @OptionGroup var inventory: InventoryOption

    @OptionGroup var home: HomeOptions
    @OptionGroup var files: FileOptions
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        let known = try inventory.load()
        // Every fact counts here, not only news: when a host was last seen is asked for.
        var monitor = Monitor(
            endpoints: EndpointTable([]),
            settings: Monitor.Settings(
                home: home.networks(), readsHosts: true, hostInterval: 0, seed: .random(in: .min ... .max)))
        var list = HostList()
        var book = HostBook(inventory: known)
        func take(_ facts: [HostFact]) {
            for fact in facts {
                list.add(fact)
                book.note(fact)
            }
        }
        let outcome = files.reading(verbosity).run(&monitor) { take($0.hostFacts) }
        guard outcome.hasResults else { return try outcome.check() }
        let makers = list.records.contains(where: { $0.hardware != nil }) ? Self.makers() : nil
        let lines = list.records.map { Line($0, book.host(of: $0.address, at: $0.lastSeen), makers) }
        switch format {
        case .json: try Results.printJSON(lines)
        case .table: try printTable(lines)
        }
        report(list, book, monitor.counters)
        try outcome.check()
    }

    private static func makers() -> MakerTable? {
        let makers = MakerFile.load()
        if makers == nil {
            Console.say(
                "seaward: \(MakerFile.folder) is missing: no makers of hardware are told; on Debian: apt-get install ieee-data"
            )
        }
        return makers
    }

    private func report(_ list: HostList, _ book: HostBook, _ counters: Counters) {
        if !verbosity.quiet {
            Console.say("\(counters.packets) packets (\(counters.ipPackets) IP), \(list.records.count) hosts")
            Totals.report(anomaliesOf: counters, isVerbose: verbosity.verbose)
        }
        Totals.reportHosts(counters)
        let losses = [
            (list.dropped, "facts about hosts beyond \(HostList.limit) were left out"),
            (book.evicted, "hosts forgotten: the book of hosts was full"),
        ]
        for (count, what) in losses where count > 0 { Console.say("\(count) \(what)") }
    }

    private struct Name: Encodable { let name, source: String }

    private struct Line: Encodable {
        let id, identity, address: String
        let mac: String?
        let maker: String?
        /// Made up by software, as phones and virtual machines do: no maker stands behind it.
        let mac_is_local: Bool?
        /// What the host is called, by the surest of those that say so.
        let name: String?
        let names: [Name]
        let owner, site: String?
        let vendor_class: String?
        let lease_end: String?
        let sources: [String]
        let first_seen, last_seen: String

        init(_ record: HostList.Record, _ host: Monitoring.Host, _ makers: MakerTable?) {
            id = host.id
            identity = host.identity.rawValue
            address = "\(record.address)"
            mac = record.hardware.map { "\($0)" }
            maker = record.hardware.flatMap { makers?.maker(of: $0) }
            mac_is_local = record.hardware?.isLocallyAdministered == true ? true : nil
            name = host.name
            names = record.names.map { Name(name: $0.name, source: $0.source.rawValue) }
            owner = host.owner
            site = host.site
            vendor_class = record.vendorClass
            lease_end = record.leaseEnd.map { "\($0)" }
            sources = record.sources.map(\.rawValue)
            first_seen = "\(record.firstSeen)"
            last_seen = "\(record.lastSeen)"
        }
    }

    private func printTable(_ lines: [Line]) throws {
        var table = TextTable(["ADDRESS", "MAC", "MAKER", "NAMES", "SEEN BY", "FIRST SEEN", "LAST SEEN"])
        for line in lines {
            var names = line.names.map { "\($0.name) (\($0.source))" }
            if let name = line.name, line.identity == Monitoring.Host.Identity.inventory.rawValue {
                names.insert("\(name) (inventory)", at: 0)
            }
            table.add([
                line.address, line.mac ?? "", line.maker ?? (line.mac_is_local == true ? "(local)" : ""),
                names.joined(separator: " "), line.sources.joined(separator: " "),
                String(line.first_seen.prefix(19)) + "Z", String(line.last_seen.prefix(19)) + "Z",
            ])
        }
        try table.print()
    }
}
