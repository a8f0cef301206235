import GRDB

/// Why a ledger cannot be used: what, where, and the likely fix.
package struct LedgerError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ description: String) { self.description = description }

    /// What SQLite says, with the file that it is about.
    init(_ path: String, _ error: any Error) {
        guard let error = error as? DatabaseError else {
            self.init("\(path): \(error)")
            return
        }
        let hint =
            switch error.resultCode {
            case .SQLITE_CANTOPEN: "; is its folder there, and may this user write into it?"
            case .SQLITE_READONLY: "; this user may not write it"
            case .SQLITE_NOTADB: "; it is no ledger"
            case .SQLITE_CORRUPT: "; 'seaward ledger check' says more; restore it from a copy"
            case .SQLITE_FULL, .SQLITE_IOERR: "; is the disk full?"
            default: ""
            }
        self.init("\(path): \(error.message ?? "error \(error.resultCode.rawValue) of SQLite")\(hint)")
    }
}
