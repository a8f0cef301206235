import ArgumentParser

/// The captures that a command reads.
struct FileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Look only at packets that this filter describes (see 'man pcap-filter').", valueName: "bpf"))
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
