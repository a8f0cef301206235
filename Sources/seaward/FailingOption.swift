import ArgumentParser
import Monitoring

/// Ends a command by what was found, for scripts.
struct FailingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "End with exit code 3 where a finding that is not excepted reaches this severity.", valueName: "severity"))
    var failOn: Severity?

    func check(_ worst: Severity?) throws {
        if let failOn, let worst, worst >= failOn { throw ExitCode(3) }
    }
}

extension Severity: ExpressibleByArgument {}
