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

        @Argument(
            help: "Files, or folders with packs, resolvers of encrypted DNS and shared networks.", completion: .file())
        var paths: [String] = []

        func run() throws {
            let paths = paths.isEmpty ? try PackOptions.defaultPaths() : paths
            let resolvers = Self.load(ResolverSet.self, paths)
            let networks = Self.load(SharedNetworkSet.self, paths)
            // Who names a file of resolvers or networks alone asks for no packs.
            let packPaths = paths.filter { !ResolverSet.isFile($0) && !SharedNetworkSet.isFile($0) }
            let set = packPaths.isEmpty ? PackSet(packs: [], problems: []) : PackSet.load(paths: packPaths)
            let suffixes = PublicSuffixList()
            let problems =
                set.problems + PackCheck.problems(of: set, suffixes: suffixes) + resolvers.flatMap(\.problems)
                + networks.flatMap(\.problems)
            for problem in problems { Console.say("\(problem)") }
            if suffixes == nil {
                Console.say(
                    "not checked against the Public Suffix List: \(PublicSuffixList.systemPath) is not there; install the package 'publicsuffix'"
                )
            }
            guard problems.allSatisfy({ $0.severity == .warning }) else { throw ExitCode.failure }
            let resolverCount = resolvers.reduce(0) { $0 + $1.resolvers.count }
            let networkCount = networks.reduce(0) { $0 + $1.networks.count }
            let found =
                (packPaths.isEmpty ? [] : [Rules.summary(set.packs)])
                + (resolvers.isEmpty ? [] : ["\(resolverCount) resolvers of encrypted DNS"])
                + (networks.isEmpty ? [] : ["\(networkCount) shared networks"])
            print("\(found.joined(separator: ", ")); \(problems.isEmpty ? "no problems" : "warnings only")")
        }

        /// The files of this kind among the paths, and in the folders among them.
        private static func load<File: CoverageFile>(_ kind: File.Type, _ paths: [String]) -> [File] {
            paths.compactMap { File.isFile($0) ? $0 : File.file(in: $0) }.map { File.load($0) }
        }
    }
}
