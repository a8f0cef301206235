@testable import Monitoring
import Testing

@Suite struct RecentTableTests {
    @Test func `a full table lets go what was longest without a touch`() {
        var table = RecentTable<Int, String>(limit: 3)
        for number in 1...3 { table.update(number, orInsert: "\(number)") { _ in } }
        table.update(1, orInsert: "new") { $0 += "!" }
        table.update(4, orInsert: "4") { _ in }
        #expect([1, 2, 3, 4].map { table.value(of: $0) } == ["1!", nil, "3", "4"])
        #expect(table.count == 3 && table.evicted == 1)
    }
}
