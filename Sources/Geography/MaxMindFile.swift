import CMaxMindDB
package import Decoding
import Glibc
import Monitoring
import Synchronization

/// A file of the MaxMind DB format (https://maxmind.github.io/MaxMind-DB/), read by libmaxminddb, with countries or
/// autonomous systems as MaxMind, DB-IP or IPinfo name their fields.
///
/// The file is mapped, not read: it costs no memory of our own, and must be replaced by renaming another one over it,
/// as updaters do. One that is cut while it is open would end the program. Safe to share: the library only reads it.
@safe package final class MaxMindFile: GeoDatabase, @unchecked Sendable {
    /// The kind of database, as its metadata name it; the file's name where they do not.
    package let name: String
    package let date: String?
    package var damageCount: Int { damage.load(ordering: .relaxed) }

    private let handle = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    private let damage = Atomic(0)

    package init(_ path: String) throws(GeoError) {
        let status = unsafe MMDB_open(path, UInt32(MMDB_MODE_MMAP), handle)
        guard status == MMDB_SUCCESS else {
            unsafe handle.deallocate()
            let reason = unsafe String(cString: MMDB_strerror(status))
            throw GeoError(path, "libmaxminddb cannot read it: \(reason)")
        }
        var kind = ""
        if let text = unsafe handle.pointee.metadata.database_type {
            kind = unsafe MaxMindRecord.shown(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        }
        name = kind.isEmpty ? String(path.split(separator: "/").last ?? "") : kind
        date = unsafe Self.day(handle.pointee.metadata.build_epoch)
    }

    deinit {
        unsafe MMDB_close(handle)
        unsafe handle.deallocate()
    }

    package func answer(for address: IPAddress) -> GeoAnswer {
        guard var record = record(of: address) else { return GeoAnswer() }
        defer { if record.isDamaged { damage.add(1, ordering: .relaxed) } }
        var answer = GeoAnswer()
        if let country = record.country(at: .code) ?? record.country(at: .flatCode) ?? record.country(at: .flatCountry)
        {
            answer.country = country
            answer.isUncertain = record.truth(at: .isAnycast) || record.truth(at: .flatIsAnycast)
        } else if let country = record.country(at: .registeredCode) {
            answer.country = country
            answer.isUncertain = true
        }
        if let number = record.systemNumber(at: .system) ?? record.systemNumber(at: .flatSystem) {
            let organisation =
                record.text(at: .organisation) ?? record.text(at: .flatOrganisation) ?? record.text(at: .flatName)
            answer.autonomousSystem = AutonomousSystem(number: number, organisation: organisation)
        }
        return answer
    }

    private func record(of address: IPAddress) -> MaxMindRecord? {
        var status = MMDB_SUCCESS
        let result = unsafe address.withSocketAddress { unsafe MMDB_lookup_sockaddr(handle, $0, &status) }
        switch status {
        case MMDB_SUCCESS: return unsafe result.found_entry ? MaxMindRecord(result.entry) : nil
        // No damage: the file is about IPv4.
        case MMDB_IPV6_LOOKUP_IN_IPV4_DATABASE_ERROR: return nil
        default:
            damage.add(1, ordering: .relaxed)
            return nil
        }
    }

    /// The day of a time in seconds since 1970; nil for one that no file was built at.
    private static func day(_ epoch: UInt64) -> String? {
        // The year 2100: larger is nonsense, and more than a timestamp of ours holds.
        guard epoch > 0, epoch < 4_102_444_800 else { return nil }
        return String(Timestamp(nanoseconds: Int64(epoch) * 1_000_000_000).text(fraction: 0).prefix(10))
    }
}

extension IPAddress {
    /// Lends the address as C knows it.
    fileprivate func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        if isIPv4 {
            var socket = sockaddr_in()
            socket.sin_family = sa_family_t(AF_INET)
            socket.sin_addr.s_addr = UInt32(truncatingIfNeeded: bits).bigEndian
            return unsafe withUnsafePointer(to: &socket) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
            }
        }
        var socket = sockaddr_in6()
        socket.sin6_family = sa_family_t(AF_INET6)
        unsafe withUnsafeMutableBytes(of: &socket.sin6_addr) {
            unsafe $0.storeBytes(of: bits.bigEndian, as: UInt128.self)
        }
        return unsafe withUnsafePointer(to: &socket) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
