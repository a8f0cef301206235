import ArgumentParser

/// Floods a monitor, and checks that it keeps to its bounds, counts what it let go, and loses no finding.
@main
struct Flood: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Flood a monitor with packets that each ask for memory, and check that it keeps to its bounds.",
        discussion: """
            Prints what was let go, the time and the peak of memory. Ends with 1 where a bound does not hold, where \
            something was lost and not counted, or where the flood drowned a finding.
            """)

    @Argument(
        help: ArgumentHelp(
            "What to flood it with: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"))
    var kind: Kind

    @Option(name: .shortAndLong, help: "Packets of the flood, each of another client.")
    var packets = 1_000_000

    /// A million flows take 200 MiB, waiting hellos 64 MiB and half as much for the slots around them, fragments 16 MiB.
    @Option(help: ArgumentHelp("Fail above this peak of memory.", valueName: "MiB"))
    var maxMemory = 384

    func validate() throws {
        guard (1..<1 << 24).contains(packets) else { throw ValidationError("--packets is from 1 to 16777215.") }
    }

    func run() throws {
        var scene = Scene()
        scene.openMatchedFlows()
        scene.openHalfHellos()
        let clock = ContinuousClock()
        let time = clock.measure { scene.flood(kind, packets) }
        let report = scene.report(packets, time)
        let memory = try peakMemory()
        print("\(kind.rawValue): \(report), at most \(memory) MiB")
        var problems = scene.problems(kind, packets)
        if memory > maxMemory { problems.append("took \(memory) MiB, more than \(maxMemory)") }
        guard problems.isEmpty else {
            for problem in problems { print("flood of \(kind.rawValue): \(problem)") }
            throw ExitCode.failure
        }
    }
}
