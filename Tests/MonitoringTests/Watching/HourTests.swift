import Decoding
@testable import Monitoring
import TestSupport
import Testing

/// Coverage by the hour of the packets.
@Suite struct HourTests {
    @Test func `an hour is told when it is over, with what was counted in it`() throws {
        let sensor = Sensor(), connection = Connection()
        sensor.monitor.startRecording(at: Timestamp(nanoseconds: 1_795_392_000_000_000_000))
        sensor.see(connection.handshake)
        sensor.wait(until: 3_599)
        #expect(sensor.monitor.observations.hours.isEmpty)
        sensor.wait(until: 3_601)
        let hours = sensor.monitor.observations.hours
        let first = try #require(hours.first)
        #expect(first.number == 1_795_392_000 / 3_600 && first.secondsUp == 3_600)
        sensor.finish()
        let open = sensor.monitor.openHour
        let second = try #require(open)
        #expect(second.number == first.number + 1 && second.secondsUp >= 1)
        #expect(first.packets + second.packets == sensor.counters.packets)
        #expect(first.flows + second.flows == 1 && first.bytes + second.bytes == sensor.counters.bytes)
    }

    @Test func `hours in which nothing came are not watched`() throws {
        let sensor = Sensor()
        sensor.monitor.startRecording(at: Timestamp(nanoseconds: 1_795_392_000_000_000_000))
        sensor.wait(until: 10)
        sensor.wait(until: 7_300)
        #expect(sensor.monitor.observations.hours.map(\.secondsUp) == [10])
        #expect(sensor.monitor.openHour?.secondsUp == 0)
    }

    @Test func `a short capture counts from its first packet`() {
        let sensor = Sensor(), connection = Connection()
        sensor.monitor.startRecording(at: Timestamp(nanoseconds: 1_795_392_000_000_000_000))
        sensor.see(connection.handshake)
        sensor.finish()
        #expect(sensor.monitor.openHour?.packets == 3 && sensor.monitor.openHour?.oneWayFlows == 0)
        #expect(sensor.monitor.openHour?.nameless.reduce(0, +) == 1)
    }

    @Test func `kernel drops belong to the hour in which they were told`() {
        let sensor = Sensor()
        sensor.monitor.startRecording(at: Timestamp(nanoseconds: 1_795_392_000_000_000_000))
        sensor.wait(until: 1)
        sensor.monitor.counters.kernelDrops = 7
        sensor.wait(until: 3_601)
        #expect(sensor.monitor.observations.hours.first?.kernelDrops == 7 && sensor.monitor.openHour?.kernelDrops == 0)
    }
}
