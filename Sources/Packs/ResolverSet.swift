package import Monitoring

/// The resolvers of encrypted DNS that a folder of packs knows, and everything that is wrong with them.
package struct ResolverSet: CoverageFile {
    package static let place = "coverage/encrypted-dns.yaml"

    package let resolvers: [DNSResolver]
    package let problems: [PackProblem]

    package init(reading text: String, file: String, limits: PackLimits) {
        (resolvers, problems) = ResolverReader.read(text, file: file, limits: limits)
    }

    package init(problem: PackProblem) {
        resolvers = []
        problems = [problem]
    }
}
