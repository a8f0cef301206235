import Decoding
import Monitoring
import TestSupport
import Testing

/// A client of QUIC whose datagrams are made one by one.
private struct Caller {
    var client = End("10.0.0.5", 50_000)
    var server = End("203.0.113.9", 443)
    var destination = QUICBytes.hex("0102030405060708")
    var source: [UInt8] = [9, 9]
    /// What a server calls itself.
    var answer = QUICBytes.hex("a1a2a3a4a5a6a7a8")

    func up(_ datagram: [UInt8]) -> [UInt8] { Wire.udpFrame(client, server, datagram) }
    func down(_ datagram: [UInt8]) -> [UInt8] { Wire.udpFrame(server, client, datagram) }

    func initial(_ frames: [UInt8], number: UInt32 = 0, to other: [UInt8]? = nil, length: Int = 1_200) -> [UInt8] {
        QUICBytes.initial(
            frames, destination: other ?? destination, source: source, key: other == nil ? nil : destination,
            number: number, length: length)
    }

    /// A hello cut at these places, each piece in a packet.
    func packets(_ hello: [UInt8], cuts: [Int]) -> [[UInt8]] {
        zip([0] + cuts, cuts + [hello.count]).enumerated().map { number, range in
            initial(QUICBytes.crypto(hello[range.0..<range.1], at: range.0), number: UInt32(number))
        }
    }
}

@Suite struct QUICTests {
    private let caller = Caller()

    private func names(_ frames: [[UInt8]]) -> [String] {
        let sensor = Sensor(everyName: true)
        sensor.see(frames)
        sensor.finish()
        return sensor.names
    }

    @Test func `the name of one packet, with method, version and fingerprint`() throws {
        let sensor = Sensor(["*.vendor.example"])
        sensor.see(caller.up(caller.initial(QUICBytes.crypto(QUICBytes.hello("a.vendor.example"), at: 0))))
        let sighting = try #require(sensor.monitor.sightings.first)
        #expect(sighting.method == .quicSNI && sighting.serverPort == 443 && sighting.transport == .udp)
        guard case .hello(let facts) = sighting.detail else {
            Issue.record("no hello")
            return
        }
        #expect(facts.quicVersion == .one && facts.protocols.names == ["h3"] && !facts.isPartial)
        #expect(facts.fingerprint?.ja4.hasPrefix("q13d0203h3_") == true)
        #expect(sensor.counters.quicNames == 1 && sensor.counters.tlsNames == 0)
    }

    @Test(arguments: [443, 53, 8443, 1, 65_535])
    func `on any port`(port: Int) {
        var caller = caller
        caller.server.port = port
        #expect(
            names([caller.up(caller.initial(QUICBytes.crypto(QUICBytes.hello("a.example"), at: 0)))]) == ["a.example"])
    }

    /// Trap 3. Cuts, order and copies come from a seed; so do the frames between.
    @Test(arguments: 0..<60)
    func `any cut, order and duplication of the same CRYPTO bytes gives the same name`(round: Int) {
        var random = SeededRandom(seed: UInt64(round))
        let hello = QUICBytes.hello("round\(round).example", padding: Int.random(in: 0..<4_000, using: &random))
        var pieces: [Range<Int>] = []
        var start = 0
        while start < hello.count {
            let end = min(start + Int.random(in: 1..<900, using: &random), hello.count)
            pieces.append(start..<end)
            start = end
        }
        for _ in 0..<pieces.count / 2 {
            let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
            pieces.append(max(piece.lowerBound - Int.random(in: 0..<50, using: &random), 0)..<piece.upperBound)
        }
        pieces.shuffle(using: &random)
        var frames: [[UInt8]] = []
        var number: UInt32 = 0
        while !pieces.isEmpty {
            // One to three pieces to a packet, one or two packets to a datagram, what else may stand there between.
            var datagram: [UInt8] = []
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                var content: [UInt8] = [1, 0, 0]
                for _ in 0..<min(Int.random(in: 1...3, using: &random), pieces.count) {
                    let piece = pieces.removeLast()
                    content += QUICBytes.crypto(hello[piece], at: piece.lowerBound) + [2, 0, 0, 0, 0] + [0]
                }
                // Later packets go to the identifier that the server chose.
                let other = number > 2 && Bool.random(using: &random) ? caller.answer : nil
                datagram += caller.initial(content, number: number, to: other, length: 0)
                number += 1
            }
            if Bool.random(using: &random) {
                datagram += QUICBytes.other(type: 1, destination: caller.destination, count: 60)
            }
            frames.append(caller.up(datagram))
            if Bool.random(using: &random) { frames.append(caller.up(datagram)) }
        }
        #expect(names(frames) == ["round\(round).example"])
    }

    @Test func `a hello of 60 kB over many packets`() {
        let hello = QUICBytes.hello("a.example", padding: 60_000)
        let packets = caller.packets(hello, cuts: Array(stride(from: 1_000, to: hello.count, by: 1_000)))
        #expect(names(packets.reversed().map(caller.up)) == ["a.example"])
    }

    /// Trap 2.
    @Test func `of two copies of a byte the first one stays, and the conflict is counted`() {
        let sensor = Sensor(everyName: true)
        let first = QUICBytes.hello("first.example"), later = QUICBytes.hello("later.example")
        sensor.see(caller.up(caller.packets(first, cuts: [80])[0]))
        sensor.see(caller.packets(later, cuts: [40]).map(caller.up))
        #expect(sensor.names == ["first.example"] && sensor.counters[.streamConflict] == 1)
    }

    @Test func `keys stay those of the first destination, though later packets carry another`() {
        let hello = QUICBytes.hello("a.example")
        let first = QUICBytes.crypto(hello[..<50], at: 0), second = QUICBytes.crypto(hello[50...], at: 50)
        let server = QUICBytes.initial(
            [2, 0, 0, 0, 0], destination: caller.source, source: caller.answer, key: caller.destination)
        #expect(
            names([
                caller.up(caller.initial(first)), caller.down(server),
                caller.up(caller.initial(second, number: 1, to: caller.answer)),
            ]) == ["a.example"])
    }

    @Test func `a Retry changes the keys, and the hello counts once`() {
        let hello = QUICBytes.crypto(QUICBytes.hello("a.example"), at: 0)
        let again = QUICBytes.initial(
            hello, destination: caller.answer, source: caller.source, token: [1, 2, 3], number: 1)
        let retry = QUICBytes.retry(destination: caller.source, source: caller.answer)
        let frames = [caller.up(caller.initial(hello)), caller.down(retry), caller.up(again)]
        #expect(names(frames) == ["a.example"])
        #expect(names(Array(frames[1...])) == ["a.example"])
        // aioquic makes a new hello.
        let other = QUICBytes.initial(
            QUICBytes.crypto(QUICBytes.hello("a.example", random: 0x33), at: 0), destination: caller.answer, token: [1])
        #expect(names(frames[..<2] + [caller.up(other), caller.up(other)]) == ["a.example"])
    }

    @Test func `a Retry in the middle of a hello`() {
        let hello = QUICBytes.hello("a.example")
        let part = caller.packets(hello, cuts: [60])
        let again = QUICBytes.initial(QUICBytes.crypto(hello, at: 0), destination: caller.answer, token: [1], number: 2)
        #expect(names([caller.up(part[0]), caller.up(again), caller.up(part[1])]) == ["a.example"])
    }

    @Test func `version negotiation, then another version with the same identifier`() {
        let hello = QUICBytes.crypto(QUICBytes.hello("a.example"), at: 0)
        var unknown = caller.initial(hello)
        unknown.replaceSubrange(1..<5, with: [0x1a, 0x2a, 0x3a, 0x4a])
        let negotiation = QUICBytes.versionNegotiation(destination: caller.source, source: caller.destination)
        let second = QUICBytes.initial(hello, salt: .two, destination: caller.destination)
        #expect(names([caller.up(unknown), caller.down(negotiation), caller.up(second)]) == ["a.example"])
    }

    @Test func `a retransmitted hello counts once, a second connection between the same ports again`() {
        let first = caller.initial(QUICBytes.crypto(QUICBytes.hello("a.example"), at: 0))
        var other = caller
        other.destination = QUICBytes.hex("ffeeddccbbaa9988")
        let second = other.initial(QUICBytes.crypto(QUICBytes.hello("b.example", random: 0x11), at: 0))
        #expect(names([first, first, second, second].map(caller.up)) == ["a.example", "b.example"])
    }

    @Test func `two connections that wait at once do not mix`() {
        var other = caller
        other.destination = QUICBytes.hex("ffeeddccbbaa9988")
        let one = caller.packets(QUICBytes.hello("a.example"), cuts: [50])
        let two = other.packets(QUICBytes.hello("b.example", random: 0x11), cuts: [50])
        #expect(names([one[0], two[0], two[1], one[1]].map(caller.up)) == ["b.example", "a.example"])
    }

    @Test func `a hello without its end shows what came`() {
        let sensor = Sensor(everyName: true)
        let packets = caller.packets(QUICBytes.hello("a.example", padding: 500), cuts: [200])
        sensor.see(caller.up(packets[0]))
        #expect(sensor.names.isEmpty)
        sensor.finish()
        #expect(sensor.names == ["a.example"] && sensor.partial == [true])
        #expect(sensor.counters[.helloIncomplete] == 1)
    }

    @Test func `a hello that names nobody is counted and not told of`() {
        let sensor = Sensor(everyName: true)
        sensor.see(
            caller.up(caller.initial(QUICBytes.crypto(HelloBytes.message(HelloBytes.body(extensions: [])), at: 0))))
        #expect(sensor.names.isEmpty && sensor.counters.hellosWithoutName == 1)
    }

    // MARK: Google's handshake

    @Test func `an old public header, a long header in the clear, and a protected one`() {
        let message = QUICBytes.googleHello("a.example")
        let header: [UInt8] =
            [0x0d, 1, 2, 3, 4, 5, 6, 7, 8] + Array("Q043".utf8) + [1] + Array(repeating: 0xee, count: 12)
        let stream: [UInt8] = [0xa0, 1] + u16(message.count)
        #expect(names([caller.up(header + stream + message)]) == ["a.example"])
        let long: [UInt8] =
            [0xc3] + Array("Q046".utf8) + [0x50, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 1] + Array(repeating: 0xee, count: 12)
        #expect(names([caller.up(long + stream + message), caller.up(long + stream + message)]) == ["a.example"])
        let protected = QUICBytes.initial([8, 0, 0x40, 9] + message, salt: .q050, destination: caller.destination)
        #expect(names([caller.up(protected), caller.up(protected)]) == ["a.example"])
    }

    // MARK: Bounds

    @Test func `Initials that nobody can open keep nothing, and are counted`() {
        let sensor = Sensor(everyName: true)
        var random = SeededRandom(seed: 3)
        for port in 1...500 {
            let packet = QUICBytes.other(type: 0, destination: random.bytes(8), count: 200)
            sensor.see(
                Wire.udpFrame(End("10.0.0.5", port), caller.server, Array(packet[..<15]) + [0] + Array(packet[15...])))
        }
        #expect(
            sensor.counters[.quicNotVerified] + sensor.counters[.quicTruncated] + sensor.counters[.quicHeader] == 500)
        #expect(sensor.monitor.waitingBytes == 0 && sensor.names.isEmpty)
    }

    @Test func `a flow of Initials that do not open is tried no more`() {
        let sensor = Sensor(everyName: true)
        for index in 0..<100 {
            let id = QUICBytes.hex("01020304050607") + [UInt8(index)]
            var packet = QUICBytes.initial([1], destination: id, length: 100)
            packet[60] ^= 1
            sensor.see(caller.up(packet), at: Double(index) / 100)
        }
        #expect(sensor.counters[.quicNotVerified] == 30 && sensor.counters[.quicTooManyInitials] == 70)
    }

    @Test func `a flow that never ends its hello is tried no more, and shows what came`() {
        let sensor = Sensor(everyName: true)
        let hello = QUICBytes.hello("a.example", padding: 60_000)
        for number in 0..<300 {
            sensor.see(
                caller.up(caller.initial(QUICBytes.crypto(hello[..<100], at: 0), number: UInt32(number), length: 0)))
        }
        #expect(sensor.counters[.quicTooManyInitials] == 60)
        sensor.finish()
        #expect(sensor.names == ["a.example"])
    }

    @Test func `one flow holds four hellos at most`() {
        let sensor = Sensor(everyName: true)
        for index in 0..<50 {
            var other = caller
            other.destination[0] = UInt8(index)
            let hello = QUICBytes.hello("n\(index).example", padding: 2_000, random: UInt8(index))
            sensor.see(caller.up(other.packets(hello, cuts: [1_000])[0]))
        }
        #expect(sensor.monitor.waitingBytes <= 4 * 1_000 && sensor.counters.prefixesEvicted == 46)
    }

    @Test func `what is not QUIC is not taken for it`() {
        let sensor = Sensor(everyName: true)
        let query = [0x80, 0] + DNSBytes.query("a.example").dropFirst(2)
        sensor.see(Wire.udpFrame(caller.client, End("9.9.9.9", 53), query))
        var random = SeededRandom(seed: 4)
        for _ in 0..<1_000 { sensor.see(caller.up([0x80] + random.bytes(Int.random(in: 1..<300, using: &random)))) }
        #expect(sensor.names == ["a.example"] && sensor.counters.quicNames == 0)
    }
}
