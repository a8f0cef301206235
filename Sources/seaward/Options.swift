import Alerting
import ArgumentParser
import Decoding
import Foundation
import Geography
import Glibc
import Monitoring
import Packs

/// The captures that a command reads.
struct FileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Look only at packets that this filter describes (see 'man pcap-filter').", valueName: "bpf")
    )
    var filter: String?

    @Argument(help: "pcap or pcapng files, read in this order; '-' is standard input.", completion: .file())
    var files: [String]

    func reading(_ verbosity: VerbosityOptions) -> Reading {
        Reading(paths: files, filter: filter, isQuiet: verbosity.quiet)
    }
}

/// How much a command says on standard error.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but errors on standard error.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Also show every anomaly that was counted.")
    var verbose = false
}

/// Where the packs are.
struct PackOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A pack, or a folder of packs; may be repeated, later ones may disable entries of earlier ones. (default: \
            the folder 'Rules' of the installation, then /etc/seaward/packs.d)
            """, valueName: "path"),
        completion: .file())
    var rules: [String] = []

    var paths: [String] {
        get throws { try Self.paths(named: rules) }
    }

    /// The organisation's own packs, beside those that ship.
    static let ownFolder = "/etc/seaward/packs.d"

    /// What is read where these paths were named: the default ones where none was.
    static func paths(named rules: [String]) throws -> [String] { rules.isEmpty ? try defaultPaths() : rules }

    /// All packs, or an error with everything that is wrong with them.
    func load() throws -> PackSet {
        let set = PackSet.load(paths: try paths)
        return try Console.attempt { () throws(PackSetError) in try set.checked() }
    }

    /// The resolvers of encrypted DNS of the first folder of packs that has some, else of the installation; without
    /// any of them, and a word about that, where there is no such file.
    func loadResolvers() throws -> ResolverTable { try Self.loadResolvers(of: rules) }

    static func loadResolvers(of folders: [String] = []) throws -> ResolverTable {
        let places = folders + (installedFolder().map { [$0] } ?? [])
        guard let file = places.lazy.compactMap({ ResolverSet.file(in: $0) }).first else {
            Console.say("seaward: no \(ResolverSet.place) beside the packs: encrypted DNS is known by its port alone")
            return ResolverTable()
        }
        let set = ResolverSet.load(file)
        return ResolverTable(try Console.attempt { () throws(PackSetError) in try set.checked() }.resolvers)
    }

    /// The folder of the installation; behind it the organisation's own, where it has some.
    static func defaultPaths() throws -> [String] {
        guard let folder = installedFolder() else {
            throw Console.failure(
                "no packs found beside the program or in \(installed); name their folder with --rules")
        }
        return [folder] + (FileManager.default.fileExists(atPath: ownFolder) ? [ownFolder] : [])
    }

    /// Where packages put the packs.
    private static let installed = "/usr/share/seaward/Rules"

    /// The folder `Rules` in the nearest folder above the program, as in a checkout, or where packages put it.
    static func installedFolder() -> String? {
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            if FileManager.default.isReadableFile(atPath: folder + "/Rules/README.md") { return folder + "/Rules" }
        }
        return FileManager.default.isReadableFile(atPath: installed) ? installed : nil
    }
}

/// What was agreed to.
struct ExceptionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Exceptions: sightings that are recorded and raise no alert. (default: /etc/seaward/exceptions.yaml where \
            it is there)
            """, valueName: "path"),
        completion: .file())
    var exceptions: String?

    private static let defaultPath = "/etc/seaward/exceptions.yaml"

    /// What is in force, with everything that is wrong told; nothing where there is no file.
    func load(_ packs: PackSet) throws -> ExceptionList {
        try Console.attempt { () throws(PackSetError) in try Self.load(exceptions, packs) }
    }

    /// - Parameter path: nil: the default one, if it is there.
    static func load(_ path: String?, _ packs: PackSet) throws(PackSetError) -> ExceptionList {
        guard let path = path ?? (FileManager.default.fileExists(atPath: defaultPath) ? defaultPath : nil) else {
            return ExceptionList()
        }
        let file = try ExceptionFile.load(path, packs: packs).checked()
        let now = Timestamp(nanoseconds: Int64(time(nil)) * 1_000_000_000)
        for problem in file.problems + file.expired(at: now) { Console.say("\(problem)") }
        return file.list
    }
}

/// Who the hosts are.
struct InventoryOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A table of your hosts (CSV): a head, then address or mac, name, owner and site.", valueName: "file"),
        completion: .file())
    var inventory: String?

    func load() throws -> Inventory {
        guard let inventory else { return Inventory() }
        return try Console.attempt { () throws(PackSetError) in try InventoryFile.load(inventory).checked() }
    }
}

/// Whose hosts are watched.
struct HomeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A network whose hosts are inside; may be repeated. (default: the private and link-local ranges; 'watch' \
            adds the interface's own networks)
            """, valueName: "cidr"),
        transform: { text in
            guard let prefix = AddressPrefix(text) else {
                throw ValidationError(
                    "'\(text)' is no network; write 10.0.0.0/8 or 2001:db8::/32, without bits behind the length")
            }
            return prefix
        })
    var home: [AddressPrefix] = []

    func networks(adding own: [AddressPrefix] = []) -> HomeNetworks {
        HomeNetworks(home.isEmpty ? HomeNetworks.privateAndLinkLocal + own : home)
    }
}

/// What becomes of matches.
struct AlertOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, none }

    @Option(help: "Alerts on standard output. (default: text; with --syslog none)")
    var format: Format?

    @Option(
        help: ArgumentHelp("Send alerts to 'local' (/dev/log), 'udp://HOST:PORT' or 'unix:PATH'.", valueName: "target"),
        transform: { text in
            guard let target = SyslogSink.Target(text) else {
                throw ValidationError("'\(text)' is no syslog target; write local, udp://HOST:PORT or unix:PATH")
            }
            return target
        })
    var syslog: SyslogSink.Target?

    @Option(help: "How to write syslog messages. (default: rfc5424; for 'local' the form that /dev/log reads)")
    var syslogFormat: SyslogMessage.Format?

    @Option(help: "Under which facility syslog files them.")
    var syslogFacility = SyslogMessage.Facility.daemon

    @Option(
        help: ArgumentHelp(
            "Seconds until the same client, vendor, product and country alerts again, with what is new.",
            valueName: "seconds"))
    var repeatInterval: Int64 = 3_600

    @Option(
        help: ArgumentHelp(
            "More than this sent overseas within 24 hours is critical, whatever the endpoint is for.",
            valueName: "bytes")
    )
    var bytesThreshold = Severity.bytesThreshold

    func validate() throws {
        guard repeatInterval >= 0 else { throw ValidationError("--repeat-interval cannot be negative") }
    }

    /// Opens the sinks, and puts a desk in front of them.
    func delivery(
        _ observer: NativeRecord.Observer, _ exceptions: ExceptionList, _ journal: Journal?, _ atlas: Atlas,
        _ hosts: HostBook, pressure: Delivery.Pressure
    ) throws -> Delivery {
        var sinks: [any Sink] = []
        switch format ?? (syslog == nil ? .text : .none) {
        case .text: sinks.append(StandardOutput(.text))
        case .json: sinks.append(StandardOutput(.json(NativeRecord(observer: observer))))
        case .none: break
        }
        if let syslog {
            let message = SyslogMessage(
                format: syslogFormat ?? (syslog.isLocal ? .local : .rfc5424), facility: syslogFacility,
                host: hostName() ?? "-", process: getpid())
            sinks.append(
                try Console.attempt { () throws(SinkError) in try SyslogSink(target: syslog, message: message) })
        }
        let desk = Desk(
            policy: AlertPolicy(repeatInterval: repeatInterval),
            findings: FindingTable.Settings(domestic: Set(observer.home), bytesThreshold: bytesThreshold),
            exceptions: exceptions, hosts: hosts, sinks: sinks, journal: journal, locate: { atlas.place(of: $0) },
            warn: { Console.say("seaward: \($0)") })
        return Delivery(desk, pressure: pressure)
    }
}

extension SyslogMessage.Format: ExpressibleByArgument {}
extension SyslogMessage.Facility: ExpressibleByArgument {}

/// This machine's name as it knows itself.
func hostName() -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
