package import Decoding

/// Finds the entry of a name: exact before suffix, the longer domain before the shorter.
///
/// A lookup walks the name once from its end and allocates nothing: a hash of the bytes so far is looked up wherever
/// a label begins. Built once, then immutable.
package struct NameTable: Sendable {
    /// How an entry holds for names.
    package enum Reach: Sendable {
        /// For this name and no other.
        case exact
        /// For this name and all below it.
        case suffix
    }

    /// One domain of the entries; both kinds of reach may exist for it.
    private struct Domain {
        var hash: UInt64
        var start: Int32
        var length: Int32
        var exact: Int32 = -1
        var suffix: Int32 = -1
    }

    private var domains: [Domain] = []
    /// The bytes of all domains, one behind the other.
    private var text: [UInt8] = []
    /// Open addressing; -1 is empty. Never more than half full.
    private var slots: [Int32]

    /// - Parameter isBetter: whether the first number is to take the place of the second, of an equal entry before it.
    package init(
        _ names: [(name: HostName, reach: Reach, number: Int32)],
        isBetter: (Int32, Int32) -> Bool = { _, _ in false }
    ) {
        var size = 16
        while size < names.count * 2 + 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        for (name, reach, number) in names {
            add(name) { domain in
                switch reach {
                case .exact: if domain.exact < 0 || isBetter(number, domain.exact) { domain.exact = number }
                case .suffix: if domain.suffix < 0 || isBetter(number, domain.suffix) { domain.suffix = number }
                }
            }
        }
    }

    /// The number of the most specific entry that holds for `name`, or nil.
    package func number(for name: borrowing HostName) -> Int32? {
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
        return best < 0 ? nil : best
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

    /// FNV-1a, 64 bits. Not keyed: domains come from packs, and a name only looks up.
    private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325
    @inline(__always) private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
