import Decoding
import Monitoring
import TestSupport
import Testing

/// The invariant: however the bytes of a hello are cut, ordered, repeated and overlapped, its name comes once.
@Suite struct HelloInvariantTests {
    /// Seed 443. Each round prints its number where it fails.
    @Test func `any cut, order, repetition and overlap gives the same single name`() {
        var random = SeededRandom(seed: 443)
        for round in 0..<3_000 {
            let name = "h\(round).vendor.example"
            let hello = HelloBytes.hello(
                name, padding: Int.random(in: 0...300, using: &random),
                recordSize: Int.random(in: 1...600, using: &random))
            let connection = Connection(number: .random(in: 0...UInt32.max, using: &random))
            var frames: [[UInt8]] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let cuts = Set(
                    (0..<Int.random(in: 0...12, using: &random)).map { _ in
                        Int.random(in: 1..<hello.count, using: &random)
                    })
                frames += connection.segments(of: hello, cuts: cuts.sorted())
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) { frames.append(frames.randomElement(using: &random)!) }
            if round % 3 > 0 { frames.shuffle(using: &random) }
            check(connection.handshake + frames, give: name, round)
        }
    }

    @Test func `single bytes in any order give the same single name`() {
        var random = SeededRandom(seed: 1)
        for round in 0..<60 {
            let name = "h\(round).vendor.example"
            let hello = HelloBytes.hello(name, recordSize: Int.random(in: 1...300, using: &random))
            let connection = Connection(number: .random(in: 0...UInt32.max, using: &random))
            var frames = hello.indices.map { connection.up([hello[$0]], at: $0) }
            switch round % 3 {
            case 0: break
            case 1: frames.reverse()
            default: frames.shuffle(using: &random)
            }
            check(connection.handshake + frames, give: name, round)
        }
    }

    @Test func `single bytes of a post-quantum hello from its end to its start give the name`() {
        let hello = HelloBytes.hello("up.vendor.example", padding: 3_500), connection = Connection()
        check(
            connection.handshake + hello.indices.reversed().map { connection.up([hello[$0]], at: $0) },
            give: "up.vendor.example", 0)
    }

    /// Seed 8446: other bytes in later copies change nothing where the first copies were true.
    @Test func `lies that come after the truth change nothing`() {
        var random = SeededRandom(seed: 8_446)
        for round in 0..<1_000 {
            let name = "h\(round).vendor.example"
            let hello = HelloBytes.hello(name, padding: 100), connection = Connection()
            let segments = connection.segments(of: hello, cuts: [50, 100, 150])
            var frames: [[UInt8]] = []
            for index in [3, 1, 2, 0].shuffled(using: &random) {
                frames.append(segments[index])
                if index > 0 { frames.append(connection.up(random.bytes(50), at: index * 50)) }
            }
            check(connection.handshake + frames, give: name, round)
        }
    }

    /// Without the SYN the first piece must be long enough to be known as the start of a hello, and few others may
    /// come before it.
    @Test func `without a SYN up to eight pieces in any order give the same single name`() {
        var random = SeededRandom(seed: 9_293)
        for round in 0..<1_500 {
            let name = "h\(round).vendor.example"
            let hello = HelloBytes.hello(name),
                connection = Connection(number: .random(in: 0...UInt32.max, using: &random))
            let cuts = Set((0..<7).map { _ in Int.random(in: 6..<hello.count, using: &random) })
            check(connection.segments(of: hello, cuts: cuts.sorted()).shuffled(using: &random), give: name, round)
        }
    }

    private func check(_ frames: [[UInt8]], give name: String, _ round: Int) {
        let sensor = Sensor()
        sensor.see(frames)
        sensor.finish()
        #expect(sensor.names == [name] && sensor.partial == [false] && sensor.counters.tlsNames == 1, "round \(round)")
    }
}
