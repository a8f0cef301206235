import Alerting
import ArgumentParser
import Decoding
import Monitoring

struct Flows: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists every flow that captures hold, with its bytes both ways.",
        discussion: """
            Bytes are those of IP total lengths, of the innermost IP header where a flow is in a tunnel. A packet that \
            the capture holds twice counts once. JSON is one object a line.
            """)

    @Option(help: "How to print the flows.")
    var format = ListFormat.table

    @OptionGroup var home: HomeOptions
    @OptionGroup var files: FileOptions
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        var monitor = Monitor(
            endpoints: EndpointTable([]),
            settings: Monitor.Settings(
                home: home.networks(), reportsEveryName: true, reportsUnnamedHellos: true,
                seed: .random(in: .min ... .max),
                tellsFlows: true))
        var flows: [FlowRecord] = []
        let outcome = files.reading(verbosity).run(&monitor) { flows += $0.flowRecords }
        guard outcome.hasResults else { return try outcome.check() }
        flows.sort { ($0.firstSeen, $0.client, $0.clientPort) < ($1.firstSeen, $1.client, $1.clientPort) }
        switch format {
        case .json: try Results.printJSON(flows.lazy.map { Line($0) })
        case .table: try printTable(flows)
        }
        if !verbosity.quiet { Totals.report(monitor.counters, isVerbose: verbosity.verbose) }
        try outcome.check()
    }

    private struct Line: Encodable {
        let client: String
        let client_port: UInt16
        let server: String
        let server_port: UInt16
        let transport: String
        let first_seen: String
        let last_seen: String
        let bytes_out, bytes_in: UInt64
        let packets_out, packets_in: UInt64
        /// Both left out where the flow shows none.
        let name, method: String?
        let community_id: String
        /// Of the tag, or the network of VXLAN and GENEVE; left out without one.
        let vlan, vni: UInt32?

        init(_ flow: FlowRecord) {
            client = "\(flow.client)"
            client_port = flow.clientPort
            server = "\(flow.server)"
            server_port = flow.serverPort
            transport = "\(flow.transport)"
            first_seen = "\(flow.firstSeen)"
            last_seen = "\(flow.lastSeen)"
            bytes_out = flow.tally.bytesOut
            bytes_in = flow.tally.bytesIn
            packets_out = flow.tally.packetsOut
            packets_in = flow.tally.packetsIn
            name = flow.name.flatMap { $0.name.isEmpty ? nil : "\($0.name)" }
            method = name == nil ? nil : flow.name?.method.rawValue
            community_id = flow.communityID
            vlan = flow.vlan & 0xfff == 0 ? nil : flow.vlan & 0xfff
            vni = flow.tunnel?.virtualNetwork
        }
    }

    private func printTable(_ flows: [FlowRecord]) throws {
        var table = TextTable([
            "FIRST SEEN", "CLIENT", "SERVER", "TRANSPORT", "BYTES OUT", "BYTES IN", "PACKETS OUT", "PACKETS IN",
            "METHOD", "NAME",
        ])
        for flow in flows {
            table.add([
                flow.firstSeen.text(fraction: 3), flow.client.text(port: flow.clientPort),
                flow.server.text(port: flow.serverPort),
                "\(flow.transport)", "\(flow.tally.bytesOut)", "\(flow.tally.bytesIn)", "\(flow.tally.packetsOut)",
                "\(flow.tally.packetsIn)", flow.name?.method.rawValue ?? "", flow.name.map { "\($0.name)" } ?? "",
            ])
        }
        try table.print()
    }
}

extension FlowRecord {
    /// Of a flow without ports the identifier holds none.
    fileprivate var communityID: String {
        Alerting.communityID(
            source: client, destination: server, transport: transport, sourcePort: clientPort,
            destinationPort: serverPort)
    }
}
