import Alerting
import Decoding
import Monitoring
import Testing

/// Nothing is cut in silence: a message over the limit loses its least important fields, and says so.
@Suite struct SyslogLengthTests {
    private let writer = SyslogMessage(format: .rfc5424, facility: .daemon, host: "gateway", process: 4_711)

    private func parsed(_ endpoint: Endpoint, name: HostName = HostName("update.example.com")) throws -> SyslogGrammar {
        let text = writer.text(for: .example(.example(name: name, endpoint: endpoint)))
        #expect(text.utf8.count <= SyslogMessage.lengthLimit)
        return try #require(SyslogGrammar(text), "\(text)")
    }

    private func names(_ fields: SyslogGrammar) -> [String] { fields.parameters.map(\.name) }

    @Test func `a message within the limit says nothing of it`() throws {
        #expect(try parsed(.example())["shortened"] == nil)
    }

    @Test func `fields go from the end, one by one, as the source grows`() throws {
        let all = names(try parsed(.example()))
        #expect(all.last == "source")
        var lost: [Int] = []
        for length in stride(from: 100, to: 1_300, by: 7) {
            // The product grows: it stands in the text as well, and pushes out what is behind it.
            let fields = try parsed(.example(product: String(repeating: "p", count: length)))
            let kept = names(fields).filter { $0 != "shortened" }
            #expect(kept == Array(all.prefix(kept.count)))
            #expect((fields["shortened"] == "1") == (kept.count < all.count))
            lost.append(all.count - kept.count)
        }
        #expect(lost == lost.sorted() && lost.first == 0 && (lost.last ?? 0) > 1)
    }

    @Test func `a message at the limit is whole and one byte more is not`() throws {
        func alert(_ length: Int) -> Alert {
            .example(.example(endpoint: .example(sources: ["https://a.b/" + String(repeating: "s", count: length)])))
        }
        let fixed = writer.text(for: alert(0)).utf8.count
        // Room for ` shortened="1"` is kept free.
        let longest = SyslogMessage.lengthLimit - fixed - " shortened=\"1\"".utf8.count
        let whole = try #require(SyslogGrammar(writer.text(for: alert(longest))))
        #expect(whole["shortened"] == nil && whole["source"] != nil)
        let shortened = try #require(SyslogGrammar(writer.text(for: alert(longest + 1))))
        #expect(shortened["shortened"] == "1" && shortened["source"] == nil && shortened["pack_version"] != nil)
    }

    @Test func `a name of 255 odd bytes stays in the text, and who did it in the fields`() throws {
        let name = HostName(bytes: Array(repeating: 0xff, count: 255))
        let fields = try parsed(.example(), name: name)
        #expect(fields.text.contains("\(name)"))
        #expect(fields["severity"] == "notice" && fields["client"] == "10.20.1.11" && fields["vendor"] == "example")
        #expect(fields["shortened"] == "1")
    }

    @Test(arguments: ["v", "厂", "🧱"])
    func `a text longer than a message is cut between characters and says so`(_ character: String) throws {
        let fields = try parsed(.example(vendor: String(repeating: character, count: 3_000)))
        #expect(fields.text.hasPrefix("10.20.1.11 contacted update.example.com: \(character)"))
        #expect(fields["shortened"] == "1" && fields["client"] == "10.20.1.11")
    }
}
