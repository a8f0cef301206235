import Decoding
import Monitoring
import TestSupport
import Testing

/// What DNS tells of keys for encrypted hellos, and what follows for the hellos.
@Suite struct PublishedKeysTests {
    private static let resolver = End("10.0.0.1", 53)
    private static let config = EncryptedHelloBytes.config(id: 42, publicName: "front.example")

    private static func answer(
        _ name: String, _ configs: [UInt8]?, to client: String = "10.0.0.5", ttl: UInt32 = 300, flags: Int = 0x8180,
        records: Int = 1
    ) -> [UInt8] {
        let data = DNSBytes.service(1, "", (configs.map { [(5, $0)] } ?? []) + [(6, Array(repeating: 1, count: 16))])
        let record = DNSBytes.record(DNSBytes.pointer(12), type: 65, ttl: ttl, data)
        let message =
            DNSBytes.header(flags: flags, answers: records) + DNSBytes.question(DNSBytes.name(name), type: 65)
            + (0..<records).flatMap { _ in record }
        return Wire.udpFrame(resolver, End(client, 40_000), message)
    }

    private static func hello(_ name: String, _ extensionBytes: [UInt8]) -> [UInt8] {
        let body = HelloBytes.body(extensions: HelloBytes.serverName(name) + extensionBytes)
        return HelloBytes.records(HelloBytes.message(body))
    }

    /// What is said of a hello behind these frames.
    private func kind(
        _ name: String, _ extensionBytes: [UInt8] = EncryptedHelloBytes.outer(id: 42), behind frames: [[UInt8]],
        seconds: Double = 1
    ) -> EncryptedName? {
        let sensor = Sensor(everyName: true), connection = Connection()
        sensor.see(frames)
        sensor.see(connection.handshake + [connection.up(Self.hello(name, extensionBytes), at: 0)], at: seconds)
        guard case .hello(let facts) = sensor.monitor.sightings.last?.detail else { return nil }
        #expect(facts.isOuterName == (facts.encryptedName == .real))
        return facts.encryptedName
    }

    private static let told = answer("hidden.example", EncryptedHelloBytes.list(config))

    @Test func `a hello with the key that its client was told hides a name`() {
        #expect(kind("front.example", behind: [Self.told]) == .real)
        #expect(
            kind("front.example", behind: [Self.answer("front.example", EncryptedHelloBytes.list(Self.config))])
                == .real)
    }

    @Test func `nothing was told, or to somebody else: nothing can be said`() {
        #expect(kind("front.example", behind: []) == .encryptedHello)
        #expect(
            kind(
                "front.example",
                behind: [
                    Self.answer("hidden.example", EncryptedHelloBytes.list(Self.config), to: "10.0.0.6")
                ]) == .encryptedHello)
        #expect(kind("elsewhere.example", behind: [Self.told]) == .encryptedHello)
    }

    @Test func `under the public name another key, length or suite may have come by another way`() {
        for other in [
            EncryptedHelloBytes.outer(id: 43), EncryptedHelloBytes.outer(id: 42, keyLength: 65),
            EncryptedHelloBytes.outer(id: 42, suite: [0, 1, 0, 3]),
        ] { #expect(kind("front.example", other, behind: [Self.told]) == .encryptedHello) }
    }

    @Test func `a true hello does not show the name that has the key`() {
        #expect(kind("hidden.example", EncryptedHelloBytes.outer(id: 43), behind: [Self.told]) == .grease)
        // By chance, or a client that does as it likes.
        #expect(kind("hidden.example", behind: [Self.told]) == .encryptedHello)
    }

    @Test func `where there is no key there is nothing to hide with`() {
        #expect(kind("plain.example", behind: [Self.answer("plain.example", nil)]) == .grease)
        #expect(kind("plain.example", behind: [Self.answer("plain.example", nil, records: 0)]) == .grease)
        // Cut short, or a failure: no answer.
        #expect(
            kind("plain.example", behind: [Self.answer("plain.example", nil, flags: 0x8380, records: 0)])
                == .encryptedHello)
        #expect(
            kind("plain.example", behind: [Self.answer("plain.example", nil, flags: 0x8182, records: 0)])
                == .encryptedHello)
    }

    @Test func `a name that others use in front stays one though it has no key of its own`() {
        #expect(kind("front.example", behind: [Self.told, Self.answer("front.example", nil)]) == .real)
        #expect(kind("front.example", behind: [Self.answer("front.example", nil), Self.told]) == .real)
    }

    @Test func `several keys of one name, and those of names that share a front`() {
        let second = EncryptedHelloBytes.config(id: 44, publicName: "front.example")
        let old = EncryptedHelloBytes.config(id: 9, publicName: "old.example", version: 0xfe0a)
        let frames = [
            Self.answer("a.example", EncryptedHelloBytes.list(old, Self.config, second)),
            Self.answer(
                "b.example", EncryptedHelloBytes.list(EncryptedHelloBytes.config(id: 45, publicName: "front.example"))),
        ]
        for id in [42, 44, 45] as [UInt8] {
            #expect(kind("front.example", EncryptedHelloBytes.outer(id: id), behind: frames) == .real)
        }
        #expect(kind("old.example", EncryptedHelloBytes.outer(id: 9), behind: frames) == .encryptedHello)
    }

    @Test func `what was told holds for its time to live and a minute`() {
        #expect(kind("front.example", behind: [Self.told], seconds: 359) == .real)
        #expect(kind("front.example", behind: [Self.told], seconds: 361) == .encryptedHello)
        let long = Self.answer("hidden.example", EncryptedHelloBytes.list(Self.config), ttl: .max)
        #expect(kind("front.example", behind: [long], seconds: 86_500) == .encryptedHello)
    }

    @Test func `what no server could open is grease without any record`() {
        #expect(kind("a.example", EncryptedHelloBytes.outer(id: 1, payloadLength: 40), behind: []) == .grease)
        #expect(kind("a.example", HelloBytes.extensionBytes(0xfe0d, [0, 0, 1]), behind: []) == .grease)
        #expect(kind("a.example", HelloBytes.extensionBytes(0xfe0d, [9, 9, 9]), behind: []) == .grease)
        // The inner hello, which a server in front passes on.
        #expect(kind("a.example", HelloBytes.extensionBytes(0xfe0d, [1]), behind: []) == .encryptedHello)
        #expect(kind("a.example", HelloBytes.extensionBytes(0xffce, [1]), behind: []) == .encryptedServerName)
        #expect(kind("a.example", [], behind: []) == nil)
    }

    @Test func `keys come by answers to queries that were seen, and without every name`() {
        let sensor = Sensor(["front.example"]), connection = Connection()
        sensor.see(Wire.udpFrame(End("10.0.0.5", 40_000), Self.resolver, DNSBytes.query("hidden.example", type: 65)))
        sensor.see(Self.told)
        sensor.see(connection.handshake)
        sensor.see(connection.up(Self.hello("front.example", EncryptedHelloBytes.outer(id: 42)), at: 0))
        guard case .hello(let facts) = sensor.monitor.sightings.last?.detail else {
            Issue.record("no hello")
            return
        }
        #expect(facts.encryptedName == .real)
    }

    @Test func `a list cut or damaged at any byte is counted or read, and never breaks`() {
        let list = EncryptedHelloBytes.list(Self.config)
        for index in list.indices {
            var damaged = list
            damaged[index] ^= 0xff
            let sensor = Sensor(everyName: true)
            sensor.see(Self.answer("hidden.example", damaged))
            if index > 0 {
                sensor.see(Self.answer("hidden.example", Array(list[..<index])))
                #expect(sensor.counters[.dnsServiceBinding] >= 1, "cut at \(index)")
            }
        }
    }

    @Test func `the table is bounded, and what it forgets is counted`() {
        let sensor = Sensor(everyName: true)
        let limit = 16_384
        for number in 0..<limit + 3 {
            sensor.see(Self.answer("n\(number).example", nil))
            sensor.monitor.removeObservations()
        }
        #expect(sensor.counters.publishedKeysEvicted == 3)
    }
}
