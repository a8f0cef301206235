import Foundation
import Testing

@Suite struct CaptureTests {
    @Test func `there are cases to run`() {
        #expect(Case.all.count >= 50)
    }

    @Test(arguments: Case.all)
    func `names finds all that a case shows and invents nothing`(_ example: Case) throws {
        let result = try Program.run(["names", "--format", "json", example.capture])
        let (missing, surplus) = difference(try result.records, try example.expectations("expected.jsonl"))
        #expect(missing == [], "\(example)")
        #expect(surplus == [], "\(example)")
        #expect((result.status == 0) == !example.isCut, "\(result.errors)")
    }

    @Test(arguments: Case.all.filter { $0.hasFile("alerts.jsonl") })
    func `replay alerts to what a case holds and to nothing else`(_ example: Case) throws {
        let result = try Program.run(["replay", "--format", "json", "--geo", Case.nowhere, example.capture])
        let (missing, surplus) = difference(try result.records, try example.expectations("alerts.jsonl"))
        #expect(missing == [], "\(example)")
        #expect(surplus == [], "\(example)")
        #expect((result.status == 0) == !example.isCut, "\(result.errors)")
    }

    @Test(arguments: Case.all.filter { $0.hasFile("coverage.json") })
    func `names accounts for what a case shows and for what it does not`(_ example: Case) throws {
        let result = try Program.run(["names", "--coverage", "--format", "json", example.capture])
        let last = try #require(try result.records.last, "\(result.errors)")
        let account = try #require(last["coverage"] as? [String: Any], "\(last)")
        let expected = try example.object("coverage.json")
        #expect(!expected.isEmpty)
        for (key, value) in expected {
            #expect(try text(account[key]) == text(value), "\(example), \(key)")
        }
    }

    @Test(arguments: Case.all.filter { $0.hasFile("hosts.jsonl") })
    func `hosts lists whom a case tells of and nobody else`(_ example: Case) throws {
        let result = try Program.run(["hosts", "--format", "json", example.capture])
        let (missing, surplus) = difference(try result.records, try example.expectations("hosts.jsonl"))
        #expect(missing == [], "\(example)")
        #expect(surplus == [], "\(example)")
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(arguments: Case.all)
    func `the same capture gives the same bytes of output`(_ example: Case) throws {
        let arguments = ["replay", "--format", "json", "--geo", Case.nowhere, example.capture]
        #expect(try Program.run(arguments).output == Program.run(arguments).output)
    }
}

extension Case {
    /// Such a file keeps its results and ends with an error.
    var isCut: Bool { description.hasPrefix("a-file-cut") }
}
