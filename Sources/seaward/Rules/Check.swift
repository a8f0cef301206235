import ArgumentParser
import Packs

extension Rules {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks packs and tells file, line and likely fix of every problem.",
            discussion: """
                Exit code 1 where one of them is an error. Without a path the packs in use are checked. Domains are \
                held against the Public Suffix List where Debian's package 'publicsuffix' is installed.
                """)

        @Argument(help: "Files, or folders with packs.", completion: .file())
        var paths: [String] = []

        func run() throws {
            let set = PackSet.load(paths: paths.isEmpty ? try PackOptions.defaultPaths() : paths)
            let suffixes = PublicSuffixList()
            let problems = set.problems + PackCheck.problems(of: set, suffixes: suffixes)
            for problem in problems { Console.say("\(problem)") }
            if suffixes == nil {
                Console.say(
                    "not checked against the Public Suffix List: \(PublicSuffixList.systemPath) is not there; install the package 'publicsuffix'"
                )
            }
            guard problems.allSatisfy({ $0.severity == .warning }) else { throw ExitCode.failure }
            print("\(Rules.summary(set.packs)); \(problems.isEmpty ? "no problems" : "warnings only")")
        }
    }
}
