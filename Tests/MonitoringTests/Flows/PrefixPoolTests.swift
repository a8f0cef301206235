import Decoding
@testable import Monitoring
import TestSupport
import Testing

@Suite struct PrefixPoolTests {
    static func add(_ flow: Int, to pool: inout PrefixPool) -> Int {
        pool.add(flow: flow, isUpward: true, since: Timestamp(nanoseconds: 0), interface: 0)
    }

    @Test func `who waits longest is the oldest and freed slots are used again`() {
        var pool = PrefixPool()
        let slots = (0..<3).map { Self.add($0, to: &pool) }
        #expect(pool.oldest == slots[0])
        pool.remove(slots[0])
        #expect(pool.oldest == slots[1])
        #expect(Self.add(9, to: &pool) == slots[0] && pool.entries[slots[0]].flow == 9)
        #expect(pool.entries.count == 3 && pool.oldest == slots[1])
    }

    @Test func `a slot that is used again starts empty`() {
        var pool = PrefixPool()
        let slot = Self.add(0, to: &pool)
        let bytes = Array("abc".utf8)
        _ = pool.insert(bytes.span, at: 0, into: slot)
        pool.remove(slot)
        #expect(Self.add(1, to: &pool) == slot)
        #expect(pool.entries[slot].prefix.contiguous.isEmpty && pool.entries[slot].needed == 0)
    }

    @Test func `one slot more than the limit is over the limit`() {
        var pool = PrefixPool()
        for flow in 0..<PrefixPool.slotLimit { _ = Self.add(flow, to: &pool) }
        #expect(!pool.isOverLimit)
        let last = Self.add(-1, to: &pool)
        #expect(pool.isOverLimit)
        pool.remove(last)
        #expect(!pool.isOverLimit)
    }

    @Test func `bytes that were removed do not count`() {
        var pool = PrefixPool()
        let bytes = Array(repeating: UInt8(1), count: 60_000)
        let slots = (0..<50).map { Self.add($0, to: &pool) }
        for _ in 0..<2 {
            for slot in slots { _ = pool.insert(bytes.span, at: 5, into: slot) }
            #expect(!pool.isOverLimit)
        }
        for slot in slots { pool.remove(slot) }
        #expect(pool.oldest == nil && pool.byteCount == 0)
    }
}
