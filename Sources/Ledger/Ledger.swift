import Foundation
import GRDB
import Glibc
import Monitoring

/// One SQLite file with what was found: findings by day, alerts, coverage by hour, and how all of it was made.
///
/// One program writes it at a time, others may read meanwhile. What a transaction has written survives a kill.
package final class Ledger: Sendable {
    private static let defaultFolder = "/var/lib/seaward"
    package static let defaultPath = defaultFolder + "/ledger.db"

    package enum Mode: Sendable { case write, read }

    /// What stays of the write-ahead log when a long reader has let it grow, in bytes: a dozen of large batches.
    private static let journalLimit = 16 << 20

    package let path: String
    let pool: DatabasePool
    /// Held as long as the ledger may be written.
    private let lock: Lock?

    /// Opens a ledger; to write, makes it where there is none.
    package init(path: String, mode: Mode = .write) throws(LedgerError) {
        self.path = path
        if mode == .read, !FileManager.default.fileExists(atPath: path) {
            throw LedgerError("\(path): there is no ledger; 'seaward watch' and 'seaward replay --ledger' make one")
        }
        lock = mode == .write ? try Lock(path) : nil
        var configuration = Configuration()
        configuration.readonly = mode == .read
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // In WAL mode a kill loses nothing that was committed; only a power cut may take the last transactions.
            try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = \(Self.journalLimit)")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            let (known, tables) = try pool.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                )
            }
            if known != Schema.applicationID {
                guard mode == .write, tables == 0, known == 0 else {
                    throw LedgerError("\(path): it is no ledger of Seaward")
                }
                try pool.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
                    try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                }
            }
            if try pool.read({ try Schema.migrator.hasBeenSuperseded($0) }) {
                throw LedgerError("\(path): it was made by a newer version of Seaward; use that version")
            }
            if mode == .write { try Schema.migrator.migrate(pool) }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(path, error)
        }
    }

    /// Gives the files to the user that the program becomes later, and the default folder with them.
    package static func handOver(_ path: String, user: UInt32, group: UInt32) {
        let folder = (path as NSString).deletingLastPathComponent
        let files = ["", "-wal", "-shm", ".lock"].map { path + $0 }
        // What the user may not write it says with the first transaction.
        for file in files + (folder == Self.defaultFolder ? [folder] : []) { _ = unsafe chown(file, user, group) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try pool.write(body) } catch { throw LedgerError(path, error) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try pool.read(body) } catch { throw LedgerError(path, error) }
    }

    /// Keeps other programs from writing; gone with the program, however it ends.
    private final class Lock: Sendable {
        private let descriptor: Int32

        init(_ path: String) throws(LedgerError) {
            let folder = (path as NSString).deletingLastPathComponent
            if folder == Ledger.defaultFolder { unsafe mkdir(folder, 0o750) }
            descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
            guard descriptor >= 0 else {
                let reason = unsafe String(cString: strerror(errno))
                throw LedgerError("\(path): \(reason); is its folder there, and may this user write into it?")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw LedgerError("\(path): another Seaward is writing it; give each its own ledger, and merge them")
            }
        }

        deinit { close(descriptor) }
    }
}
