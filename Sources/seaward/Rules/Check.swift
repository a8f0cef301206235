import ArgumentParser
import Packs

extension Rules {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks packs and tells file, line and likely fix of every problem.",
            discussion: "Exit code 1 where one of them is an error. Without a path the packs in use are checked.")

        @Argument(help: "Files, or folders with packs.", completion: .file())
        var paths: [String] = []

        func run() throws {
            let set = PackSet.load(paths: paths.isEmpty ? try PackOptions.defaultPaths() : paths)
            for problem in set.problems { Console.say("\(problem)") }
            guard set.problems.allSatisfy({ $0.severity == .warning }) else { throw ExitCode.failure }
            print("\(Rules.summary(set.packs)); \(set.problems.isEmpty ? "no problems" : "warnings only")")
        }
    }
}
