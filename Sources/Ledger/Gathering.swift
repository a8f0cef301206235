import GRDB
import Monitoring

/// Gathers what belongs to findings, and joins look-ups to the contacts of the same client, vendor and product.
struct Gathering {
    private var reader: Reader
    private var rows: [Reader.FindingRow] = []
    /// Of each row: its days within the period, and those before of what has gone quiet.
    private var inside: [[Day]] = []
    private var before: [[Day]] = []
    /// Silent at the end of the period, and long enough.
    private var isQuiet: [Bool] = []
    private var evidence: [Int64: [Evidence]] = [:]
    private var destinations: [Int64: [Destination]] = [:]
    /// By key without contact: the row of the look-ups, and those of the contacts.
    private var groups: [Finding.Key: (lookups: Int?, contacts: [Int])] = [:]
    private(set) var recordings: Set<Int64> = []

    /// Of more findings than this all rows of a table are read in one go.
    private static let few = 500

    init(_ database: Database) { reader = Reader(database) }

    /// - Parameters:
    ///   - condition: from `WHERE` on.
    ///   - quietDays: nil where nothing is asked of what has gone quiet.
    ///   - first: the first day that there is.
    mutating func read(
        _ condition: String, _ arguments: StatementArguments, _ period: ClosedRange<Int32>, quietDays: Int32?,
        first: Int32
    ) throws {
        rows = try reader.findings(condition, arguments)
        var places: [Int64: Int] = [:]
        for (place, row) in rows.enumerated() { places[row.id] = place }
        inside = try reader.days(period, of: places, recordings: &recordings)
        isQuiet = rows.map { row in
            quietDays.map { Int64(period.upperBound) - Int64(row.lastSeen.day) >= Int64($0) } ?? false
        }
        before = Array(repeating: [], count: rows.count)
        if first < period.lowerBound {
            let silent = places.filter { isQuiet[$0.value] }
            var others: Set<Int64> = []
            let days = try reader.days(first...period.lowerBound - 1, of: silent, recordings: &others)
            for (place, days) in days.enumerated() { before[place] = days }
        }
        for (place, row) in rows.enumerated() {
            if row.key.destination == .none {
                groups[row.key.withoutContact, default: (nil, [])].lookups = place
            } else {
                groups[row.key.withoutContact, default: (nil, [])].contacts.append(place)
            }
        }
        var wanted = Set(rows.indices.filter { !inside[$0].isEmpty || isQuiet[$0] })
        for group in groups.values where group.contacts.contains(where: wanted.contains) {
            if let lookups = group.lookups { wanted.insert(lookups) }
        }
        let told = wanted.map { rows[$0].id }.sorted()
        let some = told.count > Self.few ? "1" : "finding IN (\(told.map { "\($0)" }.joined(separator: ",")))"
        evidence = try reader.evidence(some)
        destinations = try reader.destinations(some)
    }

    /// Findings of the period, or else those that have gone quiet.
    ///
    /// - Parameter lookups: also what was looked up and not contacted.
    func entries(isPeriod: Bool, lookups: Bool) -> [Extract.Entry] {
        func days(_ place: Int) -> [Day] {
            if isPeriod { return inside[place] }
            return isQuiet[place] ? before[place] + inside[place] : []
        }
        return rows.indices.compactMap { place in
            let own = days(place)
            guard !own.isEmpty, let group = groups[rows[place].key.withoutContact] else { return nil }
            if rows[place].key.destination != .none {
                return entry(place, own, lookups: group.lookups, of: group.lookups.map(days) ?? [])
            }
            // What was contacted in the period, or ever, tells of its look-ups, or that there is no silence.
            let isPart = group.contacts.contains { !isPeriod || !days($0).isEmpty }
            return lookups && !isPart ? entry(place, own, lookups: nil, of: []) : nil
        }
    }

    private func entry(_ place: Int, _ own: [Day], lookups: Int?, of asked: [Day]) -> Extract.Entry {
        let row = rows[place]
        let lookups = lookups.map { rows[$0] }
        let days = own.merged(with: asked)
        let proof = (evidence[row.id] ?? []) + (lookups.flatMap { evidence[$0.id] } ?? [])
        return Extract.Entry(
            key: row.key, host: row.host, vendor: row.vendor,
            exception: row.key.exception.map {
                Extract.ExceptionText(reason: $0, approvedBy: row.approvedBy, until: row.until)
            },
            firstSeen: min(row.firstSeen, lookups?.firstSeen ?? row.firstSeen), lastSeen: row.lastSeen,
            severity: days.map(\.severity).max() ?? .info, tally: days.reduce(into: Tally()) { $0.add($1.tally) },
            days: days, evidence: proof, confidence: Confidence(fusing: proof),
            destinations: destinations[row.id] ?? [],
            beat: row.rhythm.beat.map { Extract.Beat(interval: $0.interval, jitter: $0.jitter) })
    }
}
