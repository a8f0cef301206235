import Foundation
package import Monitoring

/// The resolvers of encrypted DNS that a folder of packs knows, and everything that is wrong with them.
package struct ResolverSet: Sendable {
    /// Where a folder of packs has them. It is no pack: what is found there is coverage, not a vendor.
    package static let place = "coverage/encrypted-dns.yaml"

    package let resolvers: [DNSResolver]
    package let problems: [PackProblem]

    /// The file of `folder`; nil where it has none.
    package static func file(in folder: String) -> String? {
        let file = folder.hasSuffix("/") ? folder + place : folder + "/" + place
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// Whether a path names such a file, by the last part of its name.
    package static func isFile(_ path: String) -> Bool {
        path.split(separator: "/").last == place.split(separator: "/").last
    }

    /// It never fails: `seaward rules check` prints `problems`; what starts the program goes on with `checked()`.
    package static func load(_ file: String, limits: PackLimits = PackLimits()) -> ResolverSet {
        do throws(PackFile.Fault) {
            let text = try PackFile.text(of: file, limits: limits)
            let (resolvers, problems) = ResolverReader.read(text, file: file, limits: limits)
            return ResolverSet(resolvers: resolvers, problems: problems)
        } catch {
            return ResolverSet(resolvers: [], problems: [error.problem])
        }
    }

    /// The set itself, or all its problems if one of them is an error.
    package func checked() throws(PackSetError) -> ResolverSet {
        guard problems.allSatisfy({ $0.severity == .warning }) else { throw PackSetError(problems: problems) }
        return self
    }
}
