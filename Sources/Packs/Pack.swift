package import Monitoring

/// One vendor's file: who it is, and every endpoint that loaded.
package struct Pack: Sendable {
    /// The path it was read from, as the caller gave it.
    package let file: String
    package let vendor: Vendor
    /// In the order of the file, list by list.
    package let endpoints: [Endpoint]
    /// The line where each endpoint begins, by its index in `endpoints`.
    package let lines: [Int]
    /// What `seaward rules check` holds the pack to.
    package let tests: [PackTest]
    /// Entries of files before it that it takes out of use.
    package var disablings: [Disabling] = []

    /// The pack without the entries at these indices.
    func without(_ indices: Set<Int>) -> Pack {
        let kept = endpoints.indices.filter { !indices.contains($0) }
        return Pack(
            file: file, vendor: vendor, endpoints: kept.map { endpoints[$0] }, lines: kept.map { lines[$0] },
            tests: tests, disablings: disablings)
    }

    /// How many endpoints are of a kind.
    package func count(_ kind: Endpoint.Subject.Kind) -> Int { endpoints.count { $0.subject.kind == kind } }
}

/// What is refused before it can cost memory.
package struct PackLimits: Sendable {
    /// Bytes in one file.
    package let fileSize: Int
    /// Endpoints in all packs together.
    package let endpoints: Int

    package init(fileSize: Int = Self.fileSize, endpoints: Int = Self.endpoints) {
        self.fileSize = fileSize
        self.endpoints = endpoints
    }

    /// 32 MiB: the largest shipped pack has 316 bytes an entry, so this holds 100,000 entries of one vendor, 170 times
    /// as many. More is a mistake (a log, a capture). Parsing takes 30 times the text in memory, 70 at the worst.
    package static let fileSize = 32 << 20
    /// 2,000,000: an endpoint takes about 600 bytes of memory, so this is over a gigabyte, all that a gateway has.
    package static let endpoints = 2_000_000
}
