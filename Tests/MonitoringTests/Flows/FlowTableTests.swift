import Decoding
@testable import Monitoring
import TestSupport
import Testing

private func key(_ number: Int) -> FlowKey {
    FlowKey(low: ip("10.0.0.1"), high: IPAddress(v4: UInt32(number)), rest: UInt64(number % 7))
}

private func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: Int64(seconds * 1_000_000_000)) }

@Suite struct FlowTableTests {
    static func table(_ capacity: Int = 1_000_000) -> FlowTable { FlowTable(seed: 42, capacity: capacity) }

    @Test func `a flow is found by its key until it is removed`() {
        var table = Self.table()
        let slot = table.insert(Flow(key: key(1), time: time(0)))
        #expect(table.slot(of: key(1)) == slot && table.slot(of: key(2)) == nil && table.count == 1)
        table.remove(slot)
        #expect(table.slot(of: key(1)) == nil && table.count == 0)
    }

    @Test func `a freed slot is used again`() {
        var table = Self.table()
        let slots = (0..<10).map { table.insert(Flow(key: key($0), time: time(0))) }
        table.remove(slots[3])
        #expect(table.insert(Flow(key: key(99), time: time(0))) == slots[3])
        #expect(table.flows.count == 10)
    }

    @Test func `every flow is found after the table has grown`() {
        var table = Self.table()
        for number in 0..<20_000 { _ = table.insert(Flow(key: key(number), time: time(0))) }
        #expect((0..<20_000).allSatisfy { table.slot(of: key($0)).map { table.flows[$0].key } == key($0) })
        #expect(table.slot(of: key(20_000)) == nil)
    }

    @Test func `a silent flow expires behind its patience and not before`() {
        var table = Self.table()
        let brief = table.insert(Flow(key: key(1), time: time(0)))
        let open = table.insert(Flow(key: key(2), time: time(0)))
        table.promote(open, to: .open, time(0))
        #expect(table.expired(at: time(120)) == nil)
        #expect(table.expired(at: time(122)) == brief)
        table.remove(brief)
        #expect(table.expired(at: time(3_600)) == nil)
        #expect(table.expired(at: time(3_602)) == open)
    }

    @Test func `a flow that is alive does not expire`() {
        var table = Self.table()
        let slot = table.insert(Flow(key: key(1), time: time(0)))
        for second in stride(from: 60.0, to: 600, by: 60) {
            table.touch(slot, time(second))
            #expect(table.expired(at: time(second + 59)) == nil)
        }
    }

    @Test func `the least wanted flow is brief before open before matched and old before young`() {
        var table = Self.table()
        let slots = (0..<6).map { table.insert(Flow(key: key($0), time: time(Double($0)))) }
        table.promote(slots[0], to: .matched, time(6))
        table.promote(slots[1], to: .open, time(6))
        table.promote(slots[2], to: .open, time(7))
        table.touch(slots[3], time(8))
        var order: [Int] = []
        while let slot = table.leastWanted() {
            order.append(slot)
            table.remove(slot)
        }
        #expect(order == [slots[4], slots[5], slots[3], slots[1], slots[2], slots[0]])
    }

    @Test func `a flow with its links is as large as the comment at the limit says`() {
        // Two links in the queues, one in the bucket, and the bucket itself.
        #expect(MemoryLayout<Flow>.stride + 8 + 4 + 4 == 208)
    }

    /// Seed 11, 30,000 operations, against plain arrays.
    @Test func `random operations give what a naive table gives`() {
        var random = SeededRandom(seed: 11)
        var table = Self.table(200)
        var queues: [[(number: Int, queued: Double)]] = [[], [], []]
        var now = 0.0
        func place(_ number: Int) -> (queue: Int, index: Int)? {
            for queue in queues.indices {
                if let index = queues[queue].firstIndex(where: { $0.number == number }) { return (queue, index) }
            }
            return nil
        }
        for step in 0..<30_000 {
            now += Double.random(in: 0...2, using: &random)
            let number = Int.random(in: 0..<300, using: &random)
            let slot = table.slot(of: key(number))
            let known = place(number)
            guard (slot != nil) == (known != nil) else { return #expect(Bool(false), "step \(step): flow \(number)") }
            if let slot, let known {
                let queued = queues[known.queue][known.index].queued
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    table.remove(slot)
                    queues[known.queue].remove(at: known.index)
                case 1:
                    let standing = Flow.Standing.allCases.randomElement(using: &random)!
                    table.promote(slot, to: standing, time(now))
                    if standing.rawValue != known.queue {
                        queues[known.queue].remove(at: known.index)
                        queues[standing.rawValue].append((number, now))
                    }
                default:
                    table.touch(slot, time(now))
                    if now - queued > 1 {
                        queues[known.queue].remove(at: known.index)
                        queues[known.queue].append((number, now))
                    }
                }
            } else {
                if table.isFull, let least = table.leastWanted() {
                    let queue = queues.firstIndex { !$0.isEmpty }!
                    #expect(table.flows[least].key == key(queues[queue][0].number), "step \(step)")
                    table.remove(least)
                    queues[queue].removeFirst()
                }
                _ = table.insert(Flow(key: key(number), time: time(now)))
                queues[0].append((number, now))
            }
            #expect(table.count == queues.reduce(0) { $0 + $1.count } && table.count <= 200)
        }
    }
}

@Suite struct FlowKeyTests {
    @Test func `both directions have one key and opposite senses`() throws {
        let a = End("10.0.0.5", 50_000), b = End("203.0.113.9", 443)
        func of(_ frame: [UInt8]) throws -> (key: FlowKey, isUpward: Bool) {
            var bytes = frame.span
            return FlowKey.of(try #require(try Packet(reading: &bytes, linkType: .ethernet, wireLength: frame.count)))
        }
        let there = try of(Wire.tcpFrame(a, b)), back = try of(Wire.tcpFrame(b, a))
        #expect(there.key == back.key && there.isUpward && !back.isUpward)
        #expect(there.key.lowPort == 50_000 && there.key.highPort == 443)
        #expect(try of(Wire.udpFrame(a, b, [])).key != there.key)
        let tagged = Wire.ethernet(0x8100, Wire.tag(7, Wire.ipv4, Array(Wire.tcpFrame(a, b).dropFirst(14))))
        #expect(try of(tagged).key != there.key && (try of(tagged)).key.segment == 7)
    }

    @Test func `two ends at one address differ by their ports`() throws {
        let a = End("10.0.0.5", 1), b = End("10.0.0.5", 2)
        func isUpward(_ frame: [UInt8]) throws -> Bool {
            var bytes = frame.span
            return FlowKey.of(try #require(try Packet(reading: &bytes, linkType: .ethernet, wireLength: frame.count)))
                .isUpward
        }
        #expect(try isUpward(Wire.tcpFrame(a, b)) && !(try isUpward(Wire.tcpFrame(b, a))))
    }
}
