import Crypto
import Glibc
import Geography
import Monitoring
import Packs

/// What all recordings of one run have in common.
struct RecordingFacts {
    let packs: [String: String]
    let digest: String
    let geography: String?

    init(_ set: PackSet, _ atlas: Atlas) {
        geography = atlas.bases.isEmpty ? nil : atlas.bases.joined(separator: ", ")
        packs = Dictionary(set.packs.map { ($0.vendor.id, $0.vendor.version) }) { first, _ in first }
        var hash = SHA256()
        for endpoint in set.endpoints {
            let facts = [
                endpoint.id, endpoint.product ?? "", endpoint.category.rawValue, endpoint.confidence.rawValue,
                endpoint.vendor.version,
            ]
            hash.update(data: Array((facts + endpoint.sources).joined(separator: "\u{0}").utf8) + [10])
        }
        digest = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Each start of a sensor, and each set of packs, is a recording of its own: it counts from nothing.
    func live(name: String) -> Recording {
        let id = (0..<2).map { _ in UInt64.random(in: .min ... .max) }
            .map { number in
                let digits = String(number, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
        var recording = recording(id: id, kind: .live, name: name)
        recording.firstPacket = .now
        return recording
    }

    func recording(id: String, kind: Recording.Kind, name: String) -> Recording {
        Recording(
            id: id, kind: kind, name: name.split(separator: "/").last.map(String.init) ?? name,
            program: Seaward.version, packs: packs, packsDigest: digest, geography: geography)
    }
}

extension Timestamp {
    /// The system's clock.
    static var now: Timestamp {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
    }
}
