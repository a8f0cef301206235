import ArgumentParser

@main
struct Seaward: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seaward",
        abstract: "Finds the inside hosts that still talk to the cloud of certain vendors.",
        discussion: """
            Watches a gateway's traffic live, or replays captures; recognises vendors by the names in DNS, in \
            TLS and QUIC handshakes, in certificates and at proxies; tells who, whom, how, and by which published \
            source; alerts to syslog.
            """,
        version: version,
        subcommands: [
            Replay.self, Watch.self, Report.self, Findings.self, Names.self, Flows.self, Hosts.self,
            LedgerCommand.self, Rules.self, Interfaces.self,
        ])

    /// Of the program; packs have versions of their own.
    static let version = "0.1.0"
}
