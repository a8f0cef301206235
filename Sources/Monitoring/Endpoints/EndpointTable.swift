package import Decoding

/// Finds the endpoint of a name: exact before suffix, the longer domain before the shorter; and that of an address: the
/// longer prefix before the shorter.
///
/// A lookup walks the name once from its end and allocates nothing: a hash of the bytes so far is looked up wherever
/// a label begins. Built once, then immutable.
package struct EndpointTable: Sendable {
    /// One domain of the packs; both kinds of match may exist for it.
    private struct Domain {
        var hash: UInt64
        var start: Int32
        var length: Int32
        var exact: Int32 = -1
        var suffix: Int32 = -1
    }

    /// In the order of the packs.
    package let endpoints: [Endpoint]
    /// Those that are known by what they say of themselves.
    package let marks: MarkTable
    private var domains: [Domain] = []
    /// The bytes of all domains, one behind the other.
    private var text: [UInt8] = []
    /// Open addressing; -1 is empty. Never more than half full.
    private var slots: [Int32]
    private let networks: NetworkTable

    package init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        networks = NetworkTable(
            endpoints.enumerated().compactMap { index, endpoint in
                guard case .network(let prefix) = endpoint.subject else { return nil }
                return (prefix, Int32(index))
            }
        ) { Self.isSurer(endpoints[Int($0)], endpoints[Int($1)]) }
        marks = MarkTable(endpoints)
        var size = 16
        while size < endpoints.count * 2 + 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        for (index, endpoint) in endpoints.enumerated() {
            switch endpoint.subject {
            case .exact(let name):
                add(name) {
                    if $0.exact < 0 || Self.isSurer(endpoint, endpoints[Int($0.exact)]) { $0.exact = Int32(index) }
                }
            case .suffix(let name):
                add(name) {
                    if $0.suffix < 0 || Self.isSurer(endpoint, endpoints[Int($0.suffix)]) { $0.suffix = Int32(index) }
                }
            case .network, .certificate, .userAgent, .mac: break
            }
        }
    }

    /// The most specific endpoint that holds for `name`, or nil.
    @inline(__always)
    package func endpoint(for name: borrowing HostName) -> Endpoint? {
        guard let index = match(name) else { return nil }
        return endpoints[index]
    }

    /// The endpoint of the narrowest network around `address`, or nil.
    package func endpoint(for address: IPAddress) -> Endpoint? {
        networks.number(for: address).map { endpoints[Int($0)] }
    }

    private func match(_ name: borrowing HostName) -> Int? {
        guard !name.isTruncated else { return nil }
        // One call for all bytes: a name's subscript is a call across modules for each.
        let bytes = name.storage
        let count = Int(name.count)
        var best: Int32 = -1
        var hash = Self.basis
        var index = count
        while index > 0 {
            index -= 1
            hash = Self.mixed(hash, bytes[index])
            if index > 0, bytes[index - 1] != UInt8(ascii: ".") { continue }
            guard let found = find(bytes, index..<count, hash: hash) else { continue }
            let domain = domains[found]
            if domain.suffix >= 0 { best = domain.suffix }
            if index == 0, domain.exact >= 0 { best = domain.exact }
        }
        return best < 0 ? nil : Int(best)
    }

    @inline(__always)
    private func find(_ bytes: borrowing InlineArray<255, UInt8>, _ range: Range<Int>, hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] >= 0 {
            let domain = domains[Int(slots[slot])]
            if domain.hash == hash, Int(domain.length) == range.count, holds(bytes, range.lowerBound, domain) {
                return Int(slots[slot])
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func holds(_ bytes: borrowing InlineArray<255, UInt8>, _ start: Int, _ domain: Domain) -> Bool {
        for index in 0..<Int(domain.length) where bytes[start + index] != text[Int(domain.start) + index] {
            return false
        }
        return true
    }

    private mutating func add(_ name: HostName, _ set: (inout Domain) -> Void) {
        var hash = Self.basis
        for index in (0..<Int(name.count)).reversed() { hash = Self.mixed(hash, name[index]) }
        if let found = find(name.storage, 0..<Int(name.count), hash: hash) {
            set(&domains[found])
            return
        }
        var domain = Domain(hash: hash, start: Int32(text.count), length: Int32(name.count))
        for index in 0..<Int(name.count) { text.append(name[index]) }
        set(&domain)
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(domains.count)
        domains.append(domain)
    }

    /// Where two packs name the same domain or network, the surer one answers, and the first of equals.
    private static func isSurer(_ new: Endpoint, _ old: Endpoint) -> Bool { new.confidence > old.confidence }

    /// FNV-1a, 64 bits. Not keyed: domains come from packs, and a name only looks up.
    private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325
    @inline(__always) private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
