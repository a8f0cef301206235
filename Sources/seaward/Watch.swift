import Alerting
import ArgumentParser
import CLinux
import Capture
import Decoding
import Glibc
import Ledger
import Monitoring
import Packs

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watches network interfaces live, as root on a gateway.",
        discussion: """
            Give the inside interface: there a client is the host itself, before address translation. SIGINT and \
            SIGTERM end it with the totals; SIGHUP reads the packs and the exceptions anew.
            """)

    @Option(
        name: .customShort("i"), help: ArgumentHelp("An interface to watch; may be repeated.", valueName: "interface"))
    var interfaces: [String] = []

    @Option(name: .customShort("s"), help: ArgumentHelp("Bytes to keep of each packet.", valueName: "snaplen"))
    var snapLength = 262_144

    @Option(
        name: .customShort("B"),
        help: ArgumentHelp("The kernel's buffer for each interface, in KiB.", valueName: "buffer"))
    var bufferSize = 16_384

    @Flag(name: .customShort("p"), help: "Leave the interfaces out of promiscuous mode.")
    var isNotPromiscuous = false

    @Option(help: ArgumentHelp("Whom root becomes once everything is open; 'root' stays root.", valueName: "user"))
    var user = "nobody"

    @Option(
        help: ArgumentHelp("Keep findings in this file; 'none' keeps none.", valueName: "path"), completion: .file())
    var ledger = Ledger.defaultPath

    @Option(
        help: ArgumentHelp(
            "Days that the ledger keeps before the latest; older ones go. (default: all)", valueName: "days"))
    var keepDays: Int32?

    @Option(
        help: ArgumentHelp(
            "The size that the ledger keeps to, in MiB; the oldest days go. (default: none)", valueName: "mib"))
    var keepSize: Int64?

    @OptionGroup var alerts: AlertOptions
    @OptionGroup var packs: PackOptions
    @OptionGroup var exceptions: ExceptionOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var geography: GeoOptions
    @OptionGroup var inventory: InventoryOption
    @OptionGroup var verbosity: VerbosityOptions

    @Argument(
        help: ArgumentHelp(
            "Look only at packets that this filter describes (see 'man pcap-filter').", valueName: "filter"))
    var filter: [String] = []

    func validate() throws {
        guard !interfaces.isEmpty else {
            throw ValidationError("name an interface with -i; 'seaward interfaces' lists them")
        }
        guard keepDays ?? 1 > 0, keepSize ?? 1 > 0, keepSize ?? 1 <= 1 << 30 else {
            throw ValidationError("--keep-days and --keep-size take more than nothing")
        }
        guard (64...262_144).contains(snapLength) else { throw ValidationError("-s takes 64 to 262144 bytes") }
        guard (64...2_000_000).contains(bufferSize) else { throw ValidationError("-B takes 64 to 2000000 KiB") }
    }

    private var retention: Journal.Retention? {
        guard keepDays != nil || keepSize != nil else { return nil }
        return Journal.Retention(days: keepDays, bytes: keepSize.map { $0 << 20 })
    }

    func run() throws {
        // First of all, before a thread starts that would not inherit it.
        let signals = linux_open_signals()
        defer { close(signals) }
        let set = try packs.load()
        let agreed = try exceptions.load(set)
        let resolvers = try packs.loadResolvers()
        let atlas = try geography.loadAtlas(packs.rules)
        let settings = LiveCapture.Settings(
            snapLength: snapLength, bufferSize: bufferSize * 1_024, isPromiscuous: !isNotPromiscuous,
            filter: filter.isEmpty ? nil : filter.joined(separator: " "))
        let captures = try interfaces.map { name in
            try Console.attempt { () throws(CaptureError) in try LiveCapture(interface: name, settings) }
        }
        let all = try Console.attempt { () throws(CaptureError) in try CaptureInterface.all() }
        let own = Set(all.flatMap(\.addresses).compactMap { IPAddress($0.split(separator: "/")[0]) })
        let store = ledger == "none" ? nil : try Console.attempt { () throws(LedgerError) in try Ledger(path: ledger) }
        let delivery = try alerts.delivery(
            NativeRecord.Observer(
                version: Seaward.version, hostname: hostName(), interfaces: interfaces, home: geography.home.countries),
            agreed, store.map { Journal($0, goesOn: true, retention: retention) }, atlas,
            HostBook(inventory: try inventory.load(), ownAddresses: own), pressure: .drop)
        let monitor = Monitor(
            endpoints: EndpointTable(set.endpoints),
            settings: Monitor.Settings(
                home: home.networks(adding: ownNetworks(all)),
                ownAddresses: own,
                resolvers: resolvers, readsHosts: true, seed: .random(in: .min ... .max), tellsTraffic: true))
        try becomeUser()
        if !verbosity.quiet {
            Console.say(
                "watching \(interfaces.joined(separator: ", ")) for \(set.endpoints.count) endpoints of \(set.packs.count) vendors"
            )
        }
        let sensor = ([hostName() ?? "-"] + interfaces).joined(separator: " ")
        let makeRecording: @Sendable (PackSet) -> Recording = { RecordingFacts($0, atlas).live(name: sensor) }
        if store != nil { delivery.start(makeRecording(set)) }
        let reloader = Reloader(
            rules: packs.rules, exceptions: exceptions.exceptions, delivery: delivery,
            makeRecording: store == nil ? nil : makeRecording)
        var watching = Watching(
            captures: captures, delivery: delivery, signals: signals, reloader: reloader, verbosity: verbosity)
        try watching.run(monitor)
    }

    /// The networks of the watched interfaces: hosts with public addresses behind a gateway are inside, too.
    private func ownNetworks(_ all: [CaptureInterface]) -> [AddressPrefix] {
        all.filter { interfaces.contains($0.name) }.flatMap(\.addresses).compactMap { text in
            let parts = text.split(separator: "/")
            guard let address = IPAddress(parts[0]), parts.count == 2, let length = Int(parts[1]) else { return nil }
            return AddressPrefix(address, length: address.isIPv4 ? length + 96 : length)
        }
    }

    /// Gives up root for good: from here on a packet that breaks in finds nothing to take.
    private func becomeUser() throws {
        guard geteuid() == 0, user != "root" else { return }
        guard let entry = unsafe getpwnam(user) else {
            throw Console.failure("there is no user '\(user)'; name one with --user")
        }
        if ledger != "none" {
            Ledger.handOver(ledger, user: unsafe entry.pointee.pw_uid, group: unsafe entry.pointee.pw_gid)
        }
        guard unsafe linux_become(entry.pointee.pw_uid, entry.pointee.pw_gid) == 0 else {
            throw Console.failure("cannot become user '\(user)': \(unsafe String(cString: strerror(errno)))")
        }
    }
}
