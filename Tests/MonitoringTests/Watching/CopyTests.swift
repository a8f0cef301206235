import Decoding
@testable import Monitoring
import TestSupport
import Testing

@Suite struct CopyTests {
    private static let client = End("10.0.0.5", 50_000), server = End("203.0.113.9", 443)

    private static func segment(
        sequence: UInt32, acknowledgement: UInt32 = 0, flags: UInt8 = 0x10, _ length: Int
    )
        -> [UInt8]
    {
        Wire.tcpFrame(
            client, server, sequence: sequence, acknowledgement: acknowledgement, flags: flags,
            Array(repeating: 0x17, count: length))
    }

    private static func bytes(_ sensor: Sensor) -> UInt64 {
        sensor.monitor.table.flows.reduce(0) { $0 + $1.sentUp.bytes + $1.sentDown.bytes }
    }

    @Test func `a packet that a mirror port shows twice counts once`() {
        let sensor = Sensor()
        for number in 0..<10 {
            let frame = Self.segment(sequence: UInt32(number * 100), 100)
            sensor.see(frame, at: Double(number))
            sensor.see(frame, at: Double(number) + 0.0001)
        }
        #expect(sensor.counters.copies == 10 && Self.bytes(sensor) == 10 * 140)
    }

    /// Linux sends a SYN-ACK without an IP identification, and without payload.
    @Test func `a SYN and a SYN-ACK that a mirror port shows twice count once, and again when they are sent again`() {
        let sensor = Sensor()
        let connection = Connection(client: Self.client, server: Self.server)
        for number in 0..<2 {
            for var frame in [connection.syn, connection.synAck] {
                frame.replaceSubrange(18..<20, with: [0, 0])
                sensor.see(frame, at: Double(number))
                sensor.see(frame, at: Double(number) + 0.0001)
            }
        }
        #expect(sensor.counters.copies == 4 && Self.bytes(sensor) == 4 * 40)
    }

    @Test func `what a sender repeats after a while is no copy`() {
        let sensor = Sensor()
        for number in 0..<10 { sensor.see(Self.segment(sequence: 1, 100), at: Double(number) * 0.2) }
        #expect(sensor.counters.copies == 0 && Self.bytes(sensor) == 10 * 140)
    }

    @Test func `datagrams that are alike in front and differ at the end are no copies`() {
        let sensor = Sensor()
        for number in 0..<10 {
            let payload = Array(repeating: UInt8(7), count: 40) + [UInt8(number)]
            sensor.see(Wire.udpFrame(Self.client, Self.server, payload))
        }
        #expect(sensor.counters.copies == 0)
    }

    @Test func `a flow on two interfaces counts on the one where each direction came first`() {
        let sensor = Sensor()
        let other = Wire.tcpFrame(Self.server, Self.client, sequence: 9, Array(repeating: 0x17, count: 60))
        for number in 0..<10 {
            let frame = Self.segment(sequence: UInt32(number * 100), 100)
            sensor.see(frame, at: Double(number) / 10, interface: 0)
            sensor.see(frame, at: Double(number) / 10, interface: 1)
        }
        sensor.see(other, at: 1, interface: 1)
        #expect(sensor.counters.copies == 10 && Self.bytes(sensor) == 10 * 140 + 100)
    }

    @Test func `a direction that moves to another interface counts on there`() {
        let sensor = Sensor()
        sensor.see(Self.segment(sequence: 0, 100), at: 0, interface: 0)
        sensor.see(Self.segment(sequence: 100, 100), at: 2, interface: 1)
        #expect(sensor.counters.copies == 0 && Self.bytes(sensor) == 280)
    }

    @Test func `what the other side got and the capture lacks is a gap`() {
        let sensor = Sensor()
        func down(_ acknowledgement: UInt32) -> [UInt8] {
            Wire.tcpFrame(Self.server, Self.client, sequence: 1, acknowledgement: acknowledgement)
        }
        sensor.see(Self.segment(sequence: 1_000, 100))
        sensor.see(down(1_100))
        #expect(sensor.counters.sequenceGaps == 0)
        sensor.see(Self.segment(sequence: 1_300, 100))
        #expect(sensor.counters.sequenceGaps == 0, "what is missing may still come")
        sensor.see(down(1_500), at: 1)
        #expect(sensor.counters.sequenceGaps == 1)
        sensor.see(down(1_500), at: 2)
        #expect(sensor.counters.sequenceGaps == 1, "one hole counts once")
    }

    @Test func `a forged acknowledgement far beyond every window is no gap`() {
        let sensor = Sensor()
        sensor.see(Self.segment(sequence: 1_000, 100))
        sensor.see(Wire.tcpFrame(Self.server, Self.client, sequence: 1, acknowledgement: 0x7000_0000))
        #expect(sensor.counters.sequenceGaps == 0)
    }

    @Test func `with or without SYN and FIN a whole connection has no gap`() {
        let sensor = Sensor()
        let connection = Connection()
        sensor.see(connection.handshake)
        sensor.see(Self.segment(sequence: connection.number + 1, acknowledgement: connection.serverNumber + 1, 10))
        sensor.see(
            Wire.tcpFrame(
                Self.server, Self.client, sequence: connection.serverNumber + 1,
                acknowledgement: connection.number + 11, flags: Connection.fin), at: 1)
        sensor.see(
            Self.segment(
                sequence: connection.number + 11, acknowledgement: connection.serverNumber + 2, flags: Connection.fin,
                0), at: 2)
        sensor.see(
            Wire.tcpFrame(
                Self.server, Self.client, sequence: connection.serverNumber + 2,
                acknowledgement: connection.number + 12), at: 3)
        #expect(sensor.counters.sequenceGaps == 0 && sensor.counters.copies == 0)
    }
}
