import Decoding
import Monitoring
import TestSupport
import Testing

@Suite struct EndpointTableTests {
    static func match(_ name: String, _ subjects: String...) -> String? {
        EndpointTable(subjects.map { endpoint($0) }).endpoint(for: HostName(name)).map { "\($0.subject)" }
    }

    @Test func `an exact name holds for itself alone`() {
        #expect(Self.match("up.vendor.example", "up.vendor.example") == "up.vendor.example")
        #expect(Self.match("a.up.vendor.example", "up.vendor.example") == nil)
        #expect(Self.match("vendor.example", "up.vendor.example") == nil)
    }

    @Test func `a suffix holds for its domain and everything below`() {
        for name in ["vendor.example", "a.vendor.example", "a.b.c.vendor.example"] {
            #expect(Self.match(name, "*.vendor.example") == "*.vendor.example")
        }
    }

    @Test(arguments: [
        "notvendor.example", "vendor.example.org", "example", "vendor.examplee", "-vendor.example", "vendor", "",
    ])
    func `a suffix holds at the borders of labels only`(name: String) {
        #expect(Self.match(name, "*.vendor.example") == nil)
    }

    @Test func `case and one trailing dot do not matter`() {
        #expect(Self.match("UP.Vendor.EXAMPLE.", "up.vendor.example") == "up.vendor.example")
        #expect(Self.match("a.Vendor.example.", "*.VENDOR.Example") == "*.vendor.example")
    }

    @Test func `the most specific entry wins in any order of the packs`() {
        let subjects = ["*.vendor.example", "*.up.vendor.example", "up.vendor.example", "*.example"]
        for turn in subjects.indices {
            let table = EndpointTable((subjects[turn...] + subjects[..<turn]).map { endpoint($0) })
            func match(_ name: String) -> String? { table.endpoint(for: HostName(name)).map { "\($0.subject)" } }
            #expect(match("up.vendor.example") == "up.vendor.example")
            #expect(match("a.up.vendor.example") == "*.up.vendor.example")
            #expect(match("a.vendor.example") == "*.vendor.example")
            #expect(match("a.example") == "*.example")
        }
    }

    @Test func `of two packs with the same domain the surer one answers and the first of equals`() {
        let other = Vendor(id: "other", name: "Other", aliases: [], headquarters: "IL", version: "1")
        func owner(_ first: Confidence, _ second: Confidence) -> String? {
            EndpointTable([
                endpoint("*.shared.example", confidence: first),
                endpoint("*.shared.example", of: other, confidence: second),
            ])
            .endpoint(for: HostName("a.shared.example"))?.vendor.id
        }
        #expect(owner(.low, .high) == "other")
        #expect(owner(.high, .low) == "vendor")
        #expect(owner(.medium, .medium) == "vendor")
    }

    @Test func `a name over 255 bytes matches nothing`() {
        let name = String(repeating: "a", count: 250) + ".vendor.example"
        #expect(Self.match(name, "*.vendor.example") == nil)
    }

    @Test func `ranges and an empty table match no name`() {
        let range = Endpoint(
            subject: .network(AddressPrefix("198.51.100.0/24")!), vendor: vendor, product: nil, category: .update,
            confidence: .low,
            ports: [], region: nil, sources: ["https://vendor.example"], note: nil)
        #expect(EndpointTable([range]).endpoint(for: HostName("198.51.100.1")) == nil)
        #expect(EndpointTable([]).endpoint(for: HostName("vendor.example")) == nil)
        #expect(range.id == "vendor/198.51.100.0/24" && endpoint("*.vendor.example").id == "vendor/*.vendor.example")
    }

    /// Seed 10: few labels, so that names share ends and entries collide.
    @Test func `ten thousand random domains match as a naive matcher does`() {
        var random = SeededRandom(seed: 10)
        let labels = ["a", "b", "c", "ab", "bc", "abc", "com", "net", "x-y"]
        func domain() -> String {
            (0..<Int.random(in: 1...6, using: &random)).map { _ in labels.randomElement(using: &random)! }.joined(
                separator: ".")
        }
        let endpoints = (0..<10_000).map { _ in
            endpoint(
                (Bool.random(using: &random) ? "*." : "") + domain(),
                confidence: Confidence.allCases.randomElement(using: &random)!)
        }
        var best: [Endpoint.Subject: Endpoint] = [:]
        for endpoint in endpoints
        where endpoint.confidence > best[endpoint.subject]?.confidence ?? .low || best[endpoint.subject] == nil {
            best[endpoint.subject] = endpoint
        }
        func naive(_ name: String) -> Endpoint? {
            if let exact = best[.exact(HostName(name))] { return exact }
            var rest = name[...]
            while true {
                if let suffix = best[.suffix(HostName(String(rest)))] { return suffix }
                guard let dot = rest.firstIndex(of: ".") else { return nil }
                rest = rest[rest.index(after: dot)...]
            }
        }
        let table = EndpointTable(endpoints)
        for round in 0..<10_000 {
            let name = domain()
            let shown = round % 2 == 0 ? name : name.uppercased() + "."
            #expect(table.endpoint(for: HostName(shown)) === naive(name), "for \(shown)")
        }
    }

    @Test func `of two packs with the same network the surer one answers, and the first of equals`() {
        let other = Vendor(id: "other", name: "Other", aliases: [], headquarters: "US", version: "2026-11-23")
        func winner(_ first: Confidence, _ second: Confidence) -> String? {
            let entries = [
                endpoint("192.0.2.0/24", confidence: first), endpoint("192.0.2.0/24", of: other, confidence: second),
            ]
            return EndpointTable(entries).endpoint(for: ip("192.0.2.7"))?.vendor.id
        }
        #expect(winner(.low, .high) == "other" && winner(.high, .low) == "vendor" && winner(.low, .low) == "vendor")
    }
}
