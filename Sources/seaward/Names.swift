import Alerting
import ArgumentParser
import Decoding
import Foundation
import Glibc
import Monitoring

struct Names: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists every name that captures show, matched or not.",
        discussion: "One record for each method, name, client, server and port. JSON is one object a line.")

    @Option(help: "How to print the records.")
    var format = ListFormat.table

    @Flag(help: "List TLS, QUIC and DTLS clients that name no server as well: records without a name.")
    var unnamed = false

    @Flag(
        help: """
            End with the account: flows by what named them, why the others show no name, and which clients ask \
            resolvers in secret.
            """)
    var coverage = false

    @OptionGroup var files: FileOptions
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        var monitor = Monitor(
            endpoints: EndpointTable([]),
            settings: Monitor.Settings(
                reportsEveryName: true, reportsUnnamedHellos: unnamed,
                resolvers: coverage ? try PackOptions.loadResolvers() : ResolverTable(),
                seed: .random(in: .min ... .max)))
        var list = NameList()
        let outcome = files.reading(verbosity).run(&monitor) { $0.sightings.forEach { list.add($0) } }
        guard outcome.hasResults else { return try outcome.check() }
        switch format {
        case .json:
            try Results.printJSON(list.records.lazy.map { Line($0) })
            if coverage { try Results.printJSON([Account(coverage: CoverageAccount(monitor.counters))]) }
        case .table: try printTable(list, coverage ? CoverageAccount(monitor.counters) : nil)
        }
        if !verbosity.quiet { Totals.report(monitor.counters, isVerbose: verbosity.verbose) }
        if list.dropped > 0 {
            Console.say("seaward: \(list.dropped) sightings beyond \(NameList.limit) records were left out")
        }
        try outcome.check()
    }

    private struct Line: Encodable {
        let method: String
        let name: String?
        let client: String
        let server: String
        let port: UInt16
        let transport: String
        let count: Int
        let first_seen: String
        let last_seen: String
        var addresses: [String]?
        /// What HTTPS records offer; nobody asked for them.
        var address_hints: [String]?
        var alpn: [String]?
        /// A hello that may hide its name: `real` (then this name is the `outer` one), `grease`, `present` or `esni`.
        var ech: String?
        var outer: Bool?
        /// Of each hello, every one once.
        var ja3: [String]?
        var ja4: [String]?
        /// Of QUIC, where it carries the hello; else the highest that a client offers.
        var version: String?
        var partial: Bool?
        var target_port: UInt16?
        var certificate: CertificateFields?
        var tunnel: TunnelFields?

        init(_ record: NameList.Record) {
            let sighting = record.sighting
            method = sighting.method.rawValue
            name = sighting.name.isEmpty ? nil : "\(sighting.name)"
            client = "\(sighting.client)"
            server = "\(sighting.server)"
            port = sighting.serverPort
            transport = "\(sighting.transport)"
            count = record.count
            first_seen = "\(record.firstSeen)"
            last_seen = "\(record.lastSeen)"
            tunnel = sighting.tunnel.map { TunnelFields($0) }
            switch sighting.detail {
            case .dns:
                addresses = record.addresses.map { "\($0)" }
                address_hints = record.hints.isEmpty ? nil : record.hints.map { "\($0)" }
            case .hello(let facts):
                alpn = record.protocols
                ech = record.encryptedName?.rawValue
                outer = record.encryptedName == .real ? true : nil
                let ja4s = record.fingerprints.map(\.ja4)
                ja3 = record.fingerprints.isEmpty ? nil : record.fingerprints.map(\.ja3)
                ja4 = ja4s.isEmpty ? nil : ja4s.indices.filter { ja4s.firstIndex(of: ja4s[$0]) == $0 }.map { ja4s[$0] }
                version = facts.quicVersion.map { "\($0)" } ?? facts.version.map { "\($0)" }
                partial = facts.isPartial ? true : nil
            case .http, .userAgent, .resolved, .address, .mac: break
            case .connect(let port), .socks(let port): target_port = port == 0 ? nil : port
            case .certificate(let names): certificate = CertificateFields(names)
            }
        }
    }

    /// The outer addresses on either side; the network of VXLAN and GENEVE.
    private struct TunnelFields: Encodable {
        let client, server: String
        let vni: UInt32?

        init(_ tunnel: Tunnel) {
            client = "\(tunnel.client)"
            server = "\(tunnel.server)"
            vni = tunnel.virtualNetwork
        }
    }

    /// Whose the certificate is, and who signed it.
    private struct CertificateFields: Encodable {
        var common_name, organization, organizational_unit: String?
        var issuer_common_name, issuer_organization, issuer_organizational_unit: String?

        init(_ names: CertificateNames) {
            common_name = names.commonName
            organization = names.organization
            organizational_unit = names.organizationalUnit
            issuer_common_name = names.issuerCommonName
            issuer_organization = names.issuerOrganization
            issuer_organizational_unit = names.issuerOrganizationalUnit
        }
    }

    /// The last line of JSON.
    private struct Account: Encodable { let coverage: CoverageAccount }

    private func printTable(_ list: NameList, _ account: CoverageAccount?) throws {
        var table = TextTable(["METHOD", "NAME", "CLIENT", "SERVER", "PORT", "COUNT", "FIRST SEEN", "ADDRESSES"])
        for record in list.records {
            let sighting = record.sighting
            table.add([
                sighting.method.rawValue, "\(sighting.name)", "\(sighting.client)", "\(sighting.server)",
                "\(sighting.serverPort)/\(sighting.transport)", "\(record.count)", record.firstSeen.text(fraction: 0),
                record.addresses.map { "\($0)" }.joined(separator: " "),
            ])
        }
        try table.print()
        try account?.table.print(behindLine: true)
        if let account, !account.encrypted_dns.isEmpty { try account.clients.print(behindLine: true) }
    }
}
