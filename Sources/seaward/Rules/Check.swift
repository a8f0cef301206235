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

        @Argument(help: "Files, or folders with packs and the resolvers of encrypted DNS.", completion: .file())
        var paths: [String] = []

        func run() throws {
            let paths = paths.isEmpty ? try PackOptions.defaultPaths() : paths
            let resolvers = paths.compactMap { ResolverSet.isFile($0) ? $0 : ResolverSet.file(in: $0) }
                .map { ResolverSet.load($0) }
            // Who names a file of resolvers alone asks for no packs.
            let packPaths = paths.filter { !ResolverSet.isFile($0) }
            let set = packPaths.isEmpty ? PackSet(packs: [], problems: []) : PackSet.load(paths: packPaths)
            let suffixes = PublicSuffixList()
            let problems =
                set.problems + PackCheck.problems(of: set, suffixes: suffixes) + resolvers.flatMap(\.problems)
            for problem in problems { Console.say("\(problem)") }
            if suffixes == nil {
                Console.say(
                    "not checked against the Public Suffix List: \(PublicSuffixList.systemPath) is not there; install the package 'publicsuffix'"
                )
            }
            guard problems.allSatisfy({ $0.severity == .warning }) else { throw ExitCode.failure }
            let count = resolvers.reduce(0) { $0 + $1.resolvers.count }
            let found =
                (packPaths.isEmpty ? [] : [Rules.summary(set.packs)])
                + (resolvers.isEmpty ? [] : ["\(count) resolvers of encrypted DNS"])
            print("\(found.joined(separator: ", ")); \(problems.isEmpty ? "no problems" : "warnings only")")
        }
    }
}
