import Decoding
import Foundation
import Monitoring
import Packs
import Testing

@Suite struct ImportTests {
    private let vendor = Vendor(
        id: "example", name: "Example: Security", aliases: [], headquarters: "US", version: "2026-11-23")
    private let defaults = Import.Defaults(
        product: "Agent", category: .portal, confidence: .low, source: "https://lists.example.org/a")

    private func read(_ text: String, _ origin: Import.Origin) throws -> Import.Result {
        try Import(vendor: vendor, defaults: defaults).read(text, from: origin, file: "list")
    }

    /// The entries of the pack that a list became; it loads without a problem.
    private func entries(_ text: String, _ origin: Import.Origin) throws -> [String] {
        let pack = try #require(try read(text, origin).pack)
        let (loaded, problems) = PackReader.read(pack, file: "example.yaml")
        #expect(problems == [])
        return try #require(loaded).endpoints.map { "\($0.subject)" }
    }

    private func problems(_ text: String, _ origin: Import.Origin) throws -> [String] {
        try read(text, origin).problems.map {
            $0.description.replacing("list:", with: "").replacing("warning: not taken over: ", with: "")
        }
    }

    @Test func `a hosts file gives exact names`() throws {
        let list = """
            # a list
            127.0.0.1 localhost
            0.0.0.0 Ads.Example.com. # comment
            0.0.0.0\tb.example.com\ta.example.com
            :: a.example.com
            fe80::1%lo0 localhost
            0.0.0.0
            c.example.com
            0.0.0.0 bad_.-name.example.com

            """
        #expect(try entries(list, .hosts) == ["a.example.com", "ads.example.com", "b.example.com"])
        #expect(try read(list, .hosts).repeatCount == 1)
        #expect(
            try problems(list, .hosts) == [
                "2: 'localhost' is a name of the own machine", "6: 'localhost' is a name of the own machine",
                "7: an address without a name",
                "8: the line does not begin with an address; is it a list of domains?",
                "9: 'bad_.-name.example.com' is no host name: a label begins or ends with a hyphen",
            ])
    }

    @Test func `a list of domains tells suffixes by their dot`() throws {
        let list =
            "\u{feff}# x\r\nexample.com\r\n*.example.net\r\n.example.org ; all\r\n192.0.2.1\r\na b\r\nexample\r\n"
        #expect(try entries(list, .domains) == ["example.com", "*.example.net", "*.example.org"])
        #expect(
            try problems(list, .domains) == [
                "5: an address, and no name", "6: more than one word; is it a hosts file or a table?",
                "7: 'example' is no host name: it has a single label",
            ])
    }

    @Test func `rules of filters are taken over where they block whole names`() throws {
        let list = """
            [Adblock Plus 2.0]
            ! Title: list
            ||ads.example.com^
            |exact.example.com^
            bare.example.com
            ||all.example.com^$important
            0.0.0.0 hosts.example.com
            # comment
            @@||good.example.com^
            example.com##.banner
            ||part.example.com
            ||a*.example.com^
            ||example.com/path^
            /banner[0-9]+/
            ||third.example.com^$third-party
            ||192.0.2.1^
            ||star.example.*^

            """
        #expect(
            try entries(list, .adblock) == [
                "*.ads.example.com", "*.all.example.com", "bare.example.com", "exact.example.com", "hosts.example.com",
            ])
        #expect(
            try problems(list, .adblock) == [
                "9: an exception", "10: a cosmetic rule (##)", "11: a part of a name: the rule has no end",
                "12: a wildcard in the middle", "13: a path: 'example.com/path'",
                "14: a regular expression or a path", "15: the modifier 'third-party' narrows the rule",
                "16: an address, and no name", "17: a wildcard in the middle",
            ])
    }

    @Test func `a policy zone is read as master files are`() throws {
        let list = """
            $TTL 1h
            rpz.example.org. 3600 IN SOA ns.example.org. root.example.org. (
                1 ; serial
                3600 600 86400 60 )
                IN NS ns.example.org.
            relative.example.com IN CNAME .
            full.example.com.rpz.example.org. 60 CNAME *.
            *.wild.example.com CNAME rpz-drop.
            both.example.com CNAME .
            *.both.example.com CNAME .
            good.example.com CNAME rpz-passthru.
            old.example.com CNAME old.example.com.
            diverted.example.com A 192.0.2.80
                AAAA 2001:db8::80
            24.0.113.0.203.rpz-ip CNAME .
            32.zz.db8.2001.rpz-ip CNAME .
            128.1.zz.5.db8.2001.rpz-ip CNAME .
            32.1.2.0.192.rpz-client-ip CNAME .
            $INCLUDE other

            """
        #expect(
            try entries(list, .rpz) == [
                "*.both.example.com", "diverted.example.com", "full.example.com", "relative.example.com",
                "*.wild.example.com", "203.0.113.0/24", "2001:db8::/32", "2001:db8:5::1/128",
            ])
        #expect(
            try problems(list, .rpz) == [
                "11: 'good.example.com' is let pass", "12: 'old.example.com' is let pass",
                "18: '32.1.2.0.192.rpz-client-ip': a trigger of the kind rpz-client-ip",
                "19: the directive '$INCLUDE'",
            ])
    }

    @Test func `a table is read by its head`() throws {
        let list =
            "note,domain,match\r\n\"two\r\nlines\",a.example.com,exact\r\nx,b.example.com,suffix\r\n"
            + "\"c, \"\"d\"\"\",*.c.example.com,\r\n,192.0.2.0/24,\r\ny,d.example.com,maybe\r\nz\r\n\"open,e,f\r\n"
        #expect(try entries(list, .csv) == ["*.b.example.com", "*.c.example.com", "192.0.2.0/24"])
        #expect(try read(list, .csv).pack?.contains("note: c, \"d\"\n") == true)
        let problems = try problems(list, .csv)
        #expect(problems.count == 4 && problems[0].hasPrefix("2: ") && problems[0].contains("line break"))
        #expect(problems[1] == "7: 'd.example.com' with the match 'maybe'")
        #expect(problems[2] == "8: 1 cells, where the head has 3")
        #expect(problems[3] == "9: a quote that does not end, or text behind one")
        #expect(try read("a,b\n1,2\n", .csv).problemCount == 1)
    }

    @Test func `a list of nothing makes no pack`() throws {
        for origin in Import.Origin.allCases {
            for text in ["", "\n\n", "#\n"] { #expect(try read(text, origin).pack == nil, "\(origin)") }
        }
    }

    @Test func `a head that would not load is refused`() {
        for (country, source, product) in [
            ("usa", "https://a.example", "x"), ("US", "a.example", "x"), ("US", "https://a.example", "x\ny"),
        ] {
            let vendor = Vendor(id: "a", name: "A", aliases: [], headquarters: country, version: "2026-11-23")
            let defaults = Import.Defaults(product: product, category: .portal, confidence: .low, source: source)
            #expect(throws: ImportError.self) { try Import(vendor: vendor, defaults: defaults) }
        }
    }

    @Test func `text that YAML would read otherwise comes back as it was`() throws {
        let notes = [
            "a: b", "a #b", "- x", "*x", "x, *y", "? z", "\"q\"", "\\n", "'x'", "yes", "12", "& a", "ends:", "中文",
        ]
        let rows = notes.enumerated().map {
            "n\($0.offset).example.com,\"\($0.element.replacing("\"", with: "\"\""))\""
        }
        let text = try #require(try read("domain,note\n" + rows.joined(separator: "\n"), .csv).pack)
        let (pack, problems) = PackReader.read(text, file: "example.yaml")
        #expect(problems == [])
        let endpoints = try #require(pack).endpoints
        let found = Dictionary(uniqueKeysWithValues: endpoints.map { ("\($0.subject)", $0.note) })
        for (index, note) in notes.enumerated() { #expect(found["n\(index).example.com"] == note) }
    }

    /// Every format that is read is given what an export writes of all shipped packs.
    @Test(arguments: [(Export.Target.csv, Import.Origin.csv), (.hosts, .hosts), (.adguard, .adblock), (.rpz, .rpz)])
    func `what was exported is read again as the same entries`(_ target: Export.Target, _ origin: Import.Origin) throws
    {
        let packs = PackSet.load(paths: [shippedRules]).packs
        let text = Export(of: packs, includesShared: true).text(for: target).text
        let result = try read(text, origin)
        #expect(result.problems == [])
        let pack = try #require(result.pack)
        let (loaded, problems) = PackReader.read(pack, file: "example.yaml")
        #expect(problems == [])
        let subjects = packs.flatMap(\.endpoints).map(\.subject).filter { [.name, .network].contains($0.kind) }
        let expected: Set<Endpoint.Subject> =
            switch target {
            case .csv: Set(subjects)
            case .hosts: Set(subjects.compactMap { name($0) }.map { .exact($0) })
            case .adguard: Set(uncovered(subjects).filter { name($0) != nil })
            default: Set(uncovered(subjects))
            }
        let found = try #require(loaded).endpoints.map(\.subject)
        #expect(Set(found) == expected && found.count == expected.count)
    }

    private func name(_ subject: Endpoint.Subject) -> HostName? {
        switch subject {
        case .exact(let name), .suffix(let name): name
        case .network, .certificate, .userAgent, .mac: nil
        }
    }

    /// The entries that no other entry holds for: the plain way, each against each.
    private func uncovered(_ subjects: [Endpoint.Subject]) -> [Endpoint.Subject] {
        let suffixes = subjects.compactMap { subject -> String? in
            if case .suffix(let name) = subject { "\(name)" } else { nil }
        }
        let networks = subjects.compactMap { subject -> AddressPrefix? in
            if case .network(let prefix) = subject { prefix } else { nil }
        }
        return subjects.filter { subject in
            switch subject {
            case .exact(let name): !suffixes.contains { "\(name)" == $0 || "\(name)".hasSuffix("." + $0) }
            case .suffix(let name): !suffixes.contains { "\(name)".hasSuffix("." + $0) }
            case .certificate, .userAgent, .mac: true
            case .network(let prefix):
                !networks.contains { $0.length < prefix.length && $0.contains(prefix.address) }
            }
        }
    }

    @Test func `a table keeps everything that a pack says`() throws {
        let (pack, _) = PackReader.read(exchangePack, file: "example.yaml")
        let original = try #require(pack)
        let endpoints = original.endpoints
        let text = Export(of: [original]).text(for: .csv).text
        let imported = try #require(try read(text, .csv).pack)
        let again = try #require(PackReader.read(imported, file: "example.yaml").pack)
        func facts(_ endpoint: Endpoint) -> [String] {
            [
                "\(endpoint.subject)", endpoint.product ?? "", endpoint.category.rawValue, endpoint.confidence.rawValue,
                "\(endpoint.ports)", endpoint.region ?? "", "\(endpoint.isShared)", "\(endpoint.sources)",
                endpoint.note ?? "",
            ]
        }
        // A network without a product gets the default.
        let names = again.endpoints.filter { name($0.subject) != nil }
        #expect(Set(names.map(facts)) == Set(endpoints.filter { name($0.subject) != nil }.map(facts)))
        #expect(again.count(.network) == 3)
    }
}
