import Monitoring

/// What made the recordings of a report; each said once, in the order of the text.
struct Origin {
    let programs, digests, geographies: [String]
    let packs: [(id: String, versions: [String])]

    init(_ report: Report) {
        programs = Set(report.recordings.map(\.program)).sorted()
        digests = Set(report.recordings.map(\.packsDigest)).subtracting([""]).sorted()
        geographies = Set(report.recordings.compactMap(\.geography)).sorted()
        var versions: [String: Set<String>] = [:]
        for recording in report.recordings {
            for (id, version) in recording.packs { versions[id, default: []].insert(version) }
        }
        packs = versions.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
