package import Decoding

/// What captures tell of hosts: one record for each address and each hardware address that it was at.
package struct HostList: Sendable {
    /// A record takes some 400 bytes, so a full list takes 100 MB; a campus has a tenth of that.
    package static let limit = 250_000

    package struct Record: Sendable {
        package let address: IPAddress
        /// Nil where the address has shown none.
        package fileprivate(set) var hardware: MACAddress?
        /// What it was called, each once, with whoever said so.
        package fileprivate(set) var names: [(name: String, source: HostFact.Source)] = []
        /// All that told of it, in the order in which they first did.
        package fileprivate(set) var sources: [HostFact.Source] = []
        package fileprivate(set) var vendorClass: String?
        package fileprivate(set) var leaseEnd: Timestamp?
        package fileprivate(set) var firstSeen, lastSeen: Timestamp
    }

    private struct Key: Hashable {
        var address: IPAddress
        var hardware: MACAddress?
    }

    /// Names of one record: the rest is of a host that changes its name all the time.
    fileprivate static let nameLimit = 16

    /// In the order in which they were first seen.
    package private(set) var records: [Record] = []
    private var numbers: [Key: Int32] = [:]
    /// The record that a name without a hardware address belongs to.
    private var latest: [IPAddress: Int32] = [:]
    /// Facts about further hosts, beyond the limit.
    package private(set) var dropped: UInt64 = 0

    package init() {}

    package mutating func add(_ fact: HostFact) {
        guard let index = index(for: fact) else {
            dropped &+= 1
            return
        }
        latest[fact.address] = Int32(index)
        records[index].add(fact)
    }

    private mutating func index(for fact: HostFact) -> Int? {
        if fact.hardware == nil, let known = latest[fact.address] { return Int(known) }
        let key = Key(address: fact.address, hardware: fact.hardware)
        if let known = numbers[key] { return Int(known) }
        let number = records.count
        // What had only a name until now gets its hardware address.
        if let nameless = numbers.removeValue(forKey: Key(address: fact.address, hardware: nil)) {
            numbers[key] = nameless
            records[Int(nameless)].hardware = fact.hardware
            return Int(nameless)
        }
        guard number < Self.limit else { return nil }
        numbers[key] = Int32(number)
        records.append(
            Record(address: fact.address, hardware: fact.hardware, firstSeen: fact.time, lastSeen: fact.time))
        return number
    }
}

extension HostList.Record {
    fileprivate mutating func add(_ fact: HostFact) {
        firstSeen = min(firstSeen, fact.time)
        lastSeen = max(lastSeen, fact.time)
        if !sources.contains(fact.source) { sources.append(fact.source) }
        vendorClass = fact.vendorClass ?? vendorClass
        leaseEnd = fact.leaseEnd ?? leaseEnd
        guard let name = fact.name.map({ "\($0)" }), names.count < HostList.nameLimit,
            !names.contains(where: { $0.name == name && $0.source == fact.source })
        else { return }
        names.append((name, fact.source))
    }
}
