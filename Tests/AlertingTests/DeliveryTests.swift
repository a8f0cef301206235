import Alerting
import Decoding
import Foundation
import Monitoring
import Synchronization
import Testing

/// A delivery to a real socket: what it does when the other side is slow, full, or gone.
@Suite struct DeliveryTests {
    /// What a test hears of outages.
    private final class Warnings: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { texts.withLock { $0 } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    private let path = DatagramServer.freshPath()
    private let warnings = Warnings()

    private func delivery(_ pressure: Delivery.Pressure, repeatInterval: Int64 = 0) throws -> Delivery {
        let sink = try SyslogSink(target: .unix(path: path), message: SyslogSinkTests.writer)
        return Delivery(
            Desk(
                policy: AlertPolicy(repeatInterval: repeatInterval), sinks: [sink],
                warn: { [warnings] in warnings.add($0) }), pressure: pressure)
    }

    /// From as many clients as there are sightings.
    private func crowd(_ count: Int) -> [Sighting] {
        (0..<count).map { .example(at: Double($0), client: "10.21.\($0 / 250).\($0 % 250)") }
    }

    @Test(arguments: [Delivery.Pressure.wait, .drop])
    func `alerts arrive in the order of the sightings`(_ pressure: Delivery.Pressure) throws {
        let server = DatagramServer(path: path)
        let reader = MessageReader(server, count: 300)
        let delivery = try delivery(pressure)
        let sightings = (0..<300).map { Sighting.example(at: Double($0)) }
        for start in stride(from: 0, to: 300, by: 7) {
            delivery.post(Observations(Array(sightings[start..<min(start + 7, 300)])))
        }
        let totals = delivery.finish()
        #expect(totals.alerts == [.notice: 300] && totals.alertsUndelivered == 0 && totals.sightingsDropped == 0)
        #expect(reader.all().map { SyslogGrammar($0)?.timestamp } == sightings.map { "\($0.time)" })
    }

    @Test func `nothing posted is nothing delivered`() throws {
        let server = DatagramServer(path: path)
        let delivery = try delivery(.wait)
        delivery.post(Observations())
        #expect(delivery.finish().alerts == [:])
        #expect(!server.hasMessage(within: 0))
    }

    @Test(.timeLimit(.minutes(1)))
    func `live, a full mailbox drops sightings and counts them`() throws {
        let server = DatagramServer(path: path)
        let delivery = try delivery(.drop, repeatInterval: 3_600)
        delivery.post(Observations(crowd(1_000)))
        // Its first alert is out: the worker has emptied the mailbox, and waits for a socket that nobody reads.
        #expect(server.hasMessage())
        let many = Array(repeating: Sighting.example(), count: 1_000)
        for _ in 0..<66 { delivery.post(Observations(many)) }
        let reader = MessageReader(server, count: 1_001)
        let totals = delivery.finish()
        // 66,000 into a mailbox of 65,536.
        #expect(totals.sightingsDropped == 464)
        #expect(totals.alerts == [.notice: 1_001] && totals.alertsUndelivered == 0)
        #expect(reader.all().count == 1_001)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a file waits for a slow daemon and loses nothing`() throws {
        let server = DatagramServer(path: path)
        let reader = MessageReader(server, count: 1_002, after: 300)
        let delivery = try delivery(.wait, repeatInterval: 3_600)
        delivery.post(Observations(crowd(1_000)))
        let many = Array(repeating: Sighting.example(), count: 5_000)
        for _ in 0..<20 { delivery.post(Observations(many)) }
        delivery.post(Observations([.example(at: 3_600)]))
        let totals = delivery.finish()
        #expect(totals.sightingsDropped == 0 && totals.alertsUndelivered == 0)
        // The last alert tells of all 100,000 but the one that opened, and of itself.
        #expect(reader.all().last.flatMap { SyslogGrammar($0)?["count"] } == "100000")
    }

    @Test func `an outage is told once, counted, and told again when it comes again`() throws {
        var server: DatagramServer? = DatagramServer(path: path)
        let delivery = try delivery(.drop)
        func post(_ count: Int) -> Desk.Totals {
            for _ in 0..<count { delivery.post(Observations([.example()])) }
            return delivery.finish()
        }
        #expect(post(3).alertsUndelivered == 0 && warnings.all == [])
        server = nil
        #expect(post(3).alertsUndelivered == 3)
        #expect(post(2).alertsUndelivered == 5)
        #expect(warnings.all.count == 1 && warnings.all.first?.contains(path) == true)
        server = DatagramServer(path: path)
        #expect(post(3).alertsUndelivered == 5 && warnings.all.count == 1)
        #expect((0..<3).allSatisfy { _ in server?.message() != nil })
        server = nil
        #expect(post(1).alertsUndelivered == 6 && warnings.all.count == 2)
    }

    @Test func `one sink that fails does not keep an alert from the others`() throws {
        let (gone, path) = (DatagramServer.freshPath(), self.path)
        var broken: DatagramServer? = DatagramServer(path: gone)
        let server = DatagramServer(path: path)
        let sinks = try [gone, path].map { try SyslogSink(target: .unix(path: $0), message: SyslogSinkTests.writer) }
        #expect(broken != nil)
        broken = nil
        let delivery = Delivery(
            Desk(policy: AlertPolicy(repeatInterval: 0), sinks: sinks, warn: { _ in }), pressure: .wait)
        delivery.post(Observations([.example()]))
        let totals = delivery.finish()
        #expect(totals.alerts == [.notice: 1] && totals.alertsUndelivered == 1)
        #expect(server.message() == SyslogSinkTests.writer.text(for: .example()))
    }

    /// In a process of its own: standard output belongs to the whole process.
    @Test func `a full disk is told once and every alert that it cost is counted`() async {
        await #expect(processExitsWith: .success) {
            redirectStandardOutput(to: "/dev/full")
            let warnings = Warnings()
            let delivery = Delivery(
                Desk(
                    policy: AlertPolicy(repeatInterval: 0), sinks: [StandardOutput(.text)],
                    warn: { warnings.add($0) }), pressure: .drop)
            for _ in 0..<3 {
                delivery.post(Observations([.example(), .example()]))
                _ = delivery.finish()
            }
            guard delivery.finish().alertsUndelivered == 6 else { exit(1) }
            guard warnings.all == ["standard output: No space left on device; alerts are lost until it works again"]
            else { exit(2) }
            exit(EXIT_SUCCESS)
        }
    }

    @Test func `states that had to go are counted`() throws {
        let server = DatagramServer(path: path)
        let sink = try SyslogSink(target: .unix(path: path), message: SyslogSinkTests.writer)
        let reader = MessageReader(server, count: 20)
        let delivery = Delivery(
            Desk(policy: AlertPolicy(repeatInterval: 60, limit: 4), sinks: [sink], warn: { _ in }), pressure: .wait)
        delivery.post(Observations(crowd(20)))
        #expect(delivery.finish().statesEvicted > 0)
        #expect(reader.all().count == 20)
    }
}
