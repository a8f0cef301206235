import Decoding
import Foundation
import GRDB
import Monitoring

/// How values stand in columns.
extension Tally {
    static let columns = ["flows", "bytes_out", "bytes_in", "packets_out", "packets_in", "application_out"]

    /// Without look-ups, in the order of `columns`.
    var numbers: [Int64] {
        [flows, bytesOut, bytesIn, packetsOut, packetsIn, applicationBytesOut].map { Int64(clamping: $0) }
    }

    /// - Parameter first: the index of the first of `columns` in a row.
    init(_ row: Row, first: Int, lookups: Int64 = 0) {
        self.init()
        func number(_ index: Int) -> UInt64 { UInt64(clamping: row[first + index] as Int64) }
        self.lookups = UInt64(clamping: lookups)
        (flows, bytesOut, bytesIn) = (number(0), number(1), number(2))
        (packetsOut, packetsIn, applicationBytesOut) = (number(3), number(4), number(5))
    }
}

extension Severity {
    /// The worse the higher, from 0: what the tables keep.
    var rank: Int {
        switch self {
        case .info: 0
        case .notice: 1
        case .warning: 2
        case .critical: 3
        }
    }

    init(rank: Int64) {
        switch rank {
        case 1: self = .notice
        case 2: self = .warning
        case 3: self = .critical
        default: self = .info
        }
    }
}

extension IPAddress {
    /// From 4 or 16 bytes.
    init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4: self.init(v4: bytes.reduce(0) { $0 << 8 | UInt32($1) })
        case 16: self.init(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) })
        default: return nil
        }
    }
}

/// Moments of contacts, 8 bytes each, most significant first.
enum Moments {
    static func bytes(_ starts: [Int64]) -> Data {
        Data(
            starts.flatMap { start in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: start >> $0) }
            })
    }

    static func starts(_ bytes: Data) -> [Int64] {
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { place in
            bytes[place..<place + 8].reduce(0) { $0 << 8 | Int64($1) }
        }
    }
}

/// Short texts that hold no line end, in one column.
enum Lines {
    static func joined(_ texts: [String]) -> String { texts.joined(separator: "\n") }
    static func split(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}

/// Columns of which the larger value holds.
enum Upsert {
    /// What follows an INSERT: nothing is touched, and nothing counts as changed, where all of it is known.
    static func larger(_ columns: [String], and changes: [String] = [], or conditions: [String] = []) -> String {
        let sets = columns.map { "\($0) = max(\($0), excluded.\($0))" } + changes
        let news = columns.map { "excluded.\($0) > \($0)" } + conditions
        return "ON CONFLICT DO UPDATE SET \(sets.joined(separator: ", ")) WHERE \(news.joined(separator: " OR "))"
    }

    static let seen = [
        "first_seen = min(first_seen, excluded.first_seen)", "last_seen = max(last_seen, excluded.last_seen)",
    ]
    static let isSeenBeyond = ["excluded.first_seen < first_seen", "excluded.last_seen > last_seen"]
}
