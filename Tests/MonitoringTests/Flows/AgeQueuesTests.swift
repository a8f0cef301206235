@testable import Monitoring
import TestSupport
import Testing

@Suite struct AgeQueuesTests {
    @Test func `an empty queue has nobody`() {
        let queues = AgeQueues(count: 2)
        #expect(queues.first(in: 0) == nil && queues.first(in: 1) == nil && !queues.isLast(0, in: 0))
    }

    @Test func `who came first is first and who came last is last`() {
        var queues = AgeQueues(count: 1)
        for slot in [4, 0, 9] { queues.append(slot, to: 0) }
        #expect(queues.first(in: 0) == 4 && queues.isLast(9, in: 0))
        queues.remove(4, from: 0)
        queues.remove(9, from: 0)
        #expect(queues.first(in: 0) == 0 && queues.isLast(0, in: 0))
        queues.remove(0, from: 0)
        #expect(queues.first(in: 0) == nil)
    }

    /// Seed 7.
    @Test func `random operations give what plain arrays give`() {
        var random = SeededRandom(seed: 7)
        var queues = AgeQueues(count: 3)
        var naive: [[Int]] = [[], [], []]
        for step in 0..<20_000 {
            let slot = Int.random(in: 0..<40, using: &random)
            if let queue = naive.indices.first(where: { naive[$0].contains(slot) }) {
                queues.remove(slot, from: queue)
                naive[queue].removeAll { $0 == slot }
            } else {
                let queue = Int.random(in: 0..<3, using: &random)
                queues.append(slot, to: queue)
                naive[queue].append(slot)
            }
            for queue in 0..<3 {
                let first = queues.first(in: queue)
                #expect(first == naive[queue].first, "step \(step)")
                if let last = naive[queue].last { #expect(queues.isLast(last, in: queue), "step \(step)") }
            }
        }
    }
}
