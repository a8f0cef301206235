import Decoding

/// The addresses that an answer gives to a name, through its aliases in any order. Kept to allocate once.
struct DNSAnswers {
    /// RFC 1034, section 3.6.2 wants no long chains; public resolvers give up after 8 to 16.
    private static let aliasLimit = 16
    /// What one answer may bring; a datagram of 4 kB holds about 250 of them.
    private static let addressLimit = 256

    struct Answer {
        var address: IPAddress
        /// In seconds.
        var timeToLive: UInt32
    }

    private var names: [HostName] = []
    /// Of the name that was read last.
    private(set) var addresses: [Answer] = []
    /// What its SVCB and HTTPS records offer: a client may try them, nobody asked for them.
    private(set) var hints: [Answer] = []
    /// One of them contradicts itself.
    private(set) var hasMalformedService = false

    mutating func removeAll() {
        addresses.removeAll(keepingCapacity: true)
        hints.removeAll(keepingCapacity: true)
        hasMalformedService = false
    }

    /// Reads what `message` says of `name`.
    ///
    /// - Parameter start: the cursor behind the questions.
    /// - Returns: the defect at which reading stopped. What was read before it holds.
    mutating func read(_ name: HostName, in message: Bytes, from start: DNSMessage) -> DecodingError? {
        var defect: DecodingError?
        names.removeAll(keepingCapacity: true)
        names.append(name)
        var known = 0
        while known < names.count, names.count <= Self.aliasLimit {
            known = names.count
            removeAll()
            var records = start
            do throws(DecodingError) {
                while let record = try records.nextRecord(in: message, answersOnly: true) {
                    add(record, in: message)
                }
            } catch {
                defect = error
            }
        }
        return defect
    }

    private mutating func add(_ record: DNSRecord, in message: Bytes) {
        guard names.contains(record.owner) else { return }
        switch record.data {
        case .alias(let target): follow(target)
        case .address(let address):
            guard addresses.count < Self.addressLimit else { return }
            addresses.append(Answer(address: address, timeToLive: record.timeToLive))
        case .service(let service):
            var offered: [IPAddress] = []
            service.addHints(from: message, to: &offered, limit: Self.addressLimit - hints.count)
            hints += offered.map { Answer(address: $0, timeToLive: record.timeToLive) }
            if !service.target.isEmpty { follow(service.target) }
        case .malformedService: hasMalformedService = true
        case .other: break
        }
    }

    private mutating func follow(_ target: HostName) {
        if names.count <= Self.aliasLimit, !names.contains(target) { names.append(target) }
    }
}
