import Decoding
import TestSupport
import Testing

/// Records are made by hand from RFC 8446, section 5.1.
@Suite struct HelloScannerTests {
    static let message = HelloBytes.message(
        HelloBytes.body(
            session: Array(repeating: 7, count: 32),
            extensions: HelloBytes.protocols("h2") + HelloBytes.serverName("www.example.com")
                + HelloBytes.versions([0x0304])))

    static func name(in stream: [UInt8]) throws(DecodingError) -> String? {
        var scratch: [UInt8] = []
        return try HelloScanner.clientHello(in: stream.span, scratch: &scratch).serverName.map { "\($0)" }
    }

    @Test func `a hello in records of every size is found and read`() throws {
        for size in 1...Self.message.count + 1 {
            let stream = HelloBytes.records(Self.message, size: size)
            var scanner = HelloScanner()
            #expect(scanner.advance(over: stream.span) == .complete, "in records of \(size)")
            #expect(try Self.name(in: stream) == "www.example.com", "in records of \(size)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 17, 16_384])
    func `a stream that grows byte by byte is complete with its last byte and never before`(size: Int) {
        let stream = HelloBytes.records(Self.message, size: size)
        var scanner = HelloScanner()
        for count in 0..<stream.count {
            let part = Array(stream.prefix(count))
            guard case .needs(let needed) = scanner.advance(over: part.span) else {
                return #expect(Bool(false), "decided after \(count) of \(stream.count) bytes")
            }
            #expect(needed > count && needed <= stream.count)
        }
        #expect(scanner.advance(over: stream.span) == .complete)
    }

    @Test func `bytes behind the hello do not matter`() throws {
        let stream = HelloBytes.records(Self.message) + [20, 3, 3, 0, 1, 1, 23, 3, 3]
        var scanner = HelloScanner()
        #expect(scanner.advance(over: stream.span) == .complete)
        #expect(try Self.name(in: stream) == "www.example.com")
    }

    /// Once the name's last byte is inside, it is told; before, there is none, and never a part of one.
    @Test(arguments: [1, 3, 7, 64, 16_384])
    func `a hello cut at every byte shows the whole name or none`(size: Int) throws {
        let stream = HelloBytes.records(Self.message, size: size)
        let pattern = Array("www.example.com".utf8)
        let start = Self.message.indices.first { Self.message[$0...].starts(with: pattern) }!
        let nameEnd = HelloBytes.records(Array(Self.message.prefix(start + pattern.count)), size: size).count
        for count in 0..<stream.count {
            let name = try? Self.name(in: Array(stream.prefix(count)))
            #expect(
                name == (count >= nameEnd ? "www.example.com" : nil), "cut after \(count), the name ends at \(nameEnd)")
        }
    }

    @Test func `a hello cut behind its name is partial`() throws {
        let stream = HelloBytes.records(Self.message)
        var scratch: [UInt8] = []
        #expect(try !HelloScanner.clientHello(in: stream.span, scratch: &scratch).isPartial)
        let cut = Array(stream.dropLast())
        #expect(try HelloScanner.clientHello(in: cut.span, scratch: &scratch).isPartial)
    }

    @Test(
        arguments: [
            ([23], nil), ([22, 2], nil), ([22, 3, 5], nil), ([22, 3, 1, 0, 4, 2], nil),
            ([22, 3, 1, 0, 0, 1], .clientHelloMalformed), ([22, 3, 1, 0x48, 1, 1], .clientHelloMalformed),
            ([22, 3, 1, 0x74, 0x74, 0x74], nil),
            ([22, 3, 1, 0, 2, 1, 0, 23, 3, 3, 0, 1], .clientHelloMalformed),
            ([22, 3, 1, 0, 4, 1, 1, 0, 0], .clientHelloTooLong),
        ] as [([UInt8], Anomaly?)])
    func `what cannot be a hello is told at once`(stream: [UInt8], anomaly: Anomaly?) {
        var scanner = HelloScanner()
        #expect(scanner.advance(over: stream.span) == .notHello(anomaly))
    }

    @Test func `the type of the message is asked for as soon as it can be there`() {
        var scanner = HelloScanner()
        let stream: [UInt8] = [22, 3, 1, 2, 61, 0]
        #expect(scanner.advance(over: stream.span.extracting(first: 5)) == .needs(6))
        #expect(scanner.advance(over: stream.span) == .notHello(nil))
    }

    /// Found by fuzzing: the fifth byte made a bad hello of what the sixth shows to be none.
    @Test func `before its type is there, a record of any length may be no hello at all`() {
        let stream: [UInt8] = [22, 3, 3, 0x74, 0x74, 0x74]
        for count in 0..<6 {
            var scanner = HelloScanner()
            #expect(scanner.advance(over: stream.span.extracting(first: count)) == .needs(6), "\(count) bytes")
        }
    }

    @Test func `a hello of 64 KiB is the longest`() {
        for (length, expected) in [(65_532, HelloScanner.Progress.complete), (65_533, .notHello(.clientHelloTooLong))] {
            let stream = HelloBytes.records(HelloBytes.message(Array(repeating: 0, count: length)))
            var scanner = HelloScanner()
            #expect(scanner.advance(over: stream.span) == expected)
        }
    }

    @Test func `random streams that start like a hello never stop the scanner`() {
        var random = SeededRandom(seed: 22)
        var scratch: [UInt8] = []
        for _ in 0..<20_000 {
            var stream: [UInt8] = [22, 3, 1, 0, UInt8.random(in: 0...80, using: &random), 1, 0, 0]
            stream += random.bytes(Int.random(in: 0...120, using: &random))
            if Bool.random(using: &random) {
                stream = Array(HelloBytes.records(Self.message, size: Int.random(in: 1...300, using: &random)))
                for _ in 0..<3 {
                    stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            var scanner = HelloScanner()
            if case .notHello = scanner.advance(over: stream.span) { continue }
            _ = try? HelloScanner.clientHello(in: stream.span, scratch: &scratch)
        }
    }
}
