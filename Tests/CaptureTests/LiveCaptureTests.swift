import Capture
import Glibc
import Testing

@Suite struct CaptureInterfaceTests {
    @Test func `the loopback interface is there, with its address`() throws {
        let loopback = try #require(try CaptureInterface.all().first { $0.name == "lo" })
        #expect(loopback.isLoopback)
        #expect(!loopback.isUp || loopback.addresses.contains("127.0.0.1/8"))
    }
}

/// On the loopback interface of this machine; the right to capture belongs to root.
@Suite(.enabled(if: geteuid() == 0, "capturing takes root")) struct LiveCaptureTests {
    static func settings(_ filter: String?) -> LiveCapture.Settings {
        LiveCapture.Settings(snapLength: 65_535, bufferSize: 1 << 20, isPromiscuous: false, filter: filter)
    }

    /// A UDP socket that sends to port 9 (discard) of 127.0.0.1.
    private func send(_ payload: String, times: Int = 1) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(9).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let bytes = Array(payload.utf8)
        for _ in 0..<times {
            unsafe withUnsafePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = unsafe sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    /// Every packet that comes within a second, or until `count` have come.
    private func packets(_ capture: LiveCapture, count: Int) throws -> [(bytes: [UInt8], info: CapturedPacket)] {
        var packets: [(bytes: [UInt8], info: CapturedPacket)] = []
        var rounds = 0
        while packets.count < count, rounds < 10 {
            rounds += 1
            LiveCapture.waitForPackets([capture], orOn: -1, milliseconds: 100)
            _ = try capture.read(upTo: 100) { bytes, info in packets.append(((0..<bytes.count).map { bytes[$0] }, info))
            }
        }
        return packets
    }

    @Test func `a datagram is seen with its bytes, its length and its time`() throws {
        let capture = try LiveCapture(interface: "lo", Self.settings("udp dst port 9 and greater 60"))
        let text = "seaward test \(getpid()) \(UInt64.random(in: .min ... .max))"
        let before = time(nil)
        send(text)
        let found = try packets(capture, count: 1).filter { $0.bytes.suffix(text.utf8.count).elementsEqual(text.utf8) }
        let packet = try #require(found.first)
        #expect(found.count == 1)
        // Ethernet, IPv4 and UDP headers before it.
        #expect(capture.linkType == 1 && packet.bytes.count == 42 + text.utf8.count)
        #expect(packet.info.wireLength == packet.bytes.count)
        let second = Int(packet.info.nanoseconds / 1_000_000_000)
        #expect((before - 1...time(nil) + 1).contains(second))
    }

    @Test func `a snap length cuts the bytes and keeps the length`() throws {
        var settings = Self.settings("udp dst port 9 and greater 1000")
        settings.snapLength = 64
        let capture = try LiveCapture(interface: "lo", settings)
        send(String(repeating: "s", count: 1_200))
        let packet = try #require(try packets(capture, count: 1).first)
        #expect(packet.bytes.count == 64 && packet.info.wireLength == 1_242)
    }

    @Test func `the kernel's counts are added up`() throws {
        let capture = try LiveCapture(interface: "lo", Self.settings("udp dst port 9 and less 60"))
        #expect(capture.statistics.received == 0)
        send("count", times: 5)
        _ = try packets(capture, count: 5)
        capture.updateStatistics()
        let first = capture.statistics
        #expect(first.received >= 5 && first.droppedByKernel == 0)
        send("count", times: 5)
        _ = try packets(capture, count: 5)
        capture.updateStatistics()
        #expect(capture.statistics.received >= first.received + 5)
    }

    @Test func `a filter keeps the others away`() throws {
        let capture = try LiveCapture(interface: "lo", Self.settings("udp dst port 9 and udp src port 1"))
        send("not for this filter")
        #expect(try packets(capture, count: 1).isEmpty)
    }

    @Test func `waiting ends after its time where nothing comes`() throws {
        let capture = try LiveCapture(interface: "lo", Self.settings("udp src port 1 and udp dst port 1"))
        let start = ContinuousClock.now
        LiveCapture.waitForPackets([capture], orOn: -1, milliseconds: 50)
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try capture.read(upTo: 10) { _, _ in } == 0)
    }

    @Test func `a filter that makes no sense is named`() throws {
        let error = #expect(throws: CaptureError.self) { _ = try LiveCapture(interface: "lo", Self.settings("prot 7")) }
        #expect(try #require(error).description.hasPrefix("filter 'prot 7': "))
    }

    @Test(arguments: ["nowhere0", "", "eth/0"])
    func `an interface that is not there is named, with what lists the others`(_ name: String) throws {
        let error = #expect(throws: CaptureError.self) { _ = try LiveCapture(interface: name, Self.settings(nil)) }
        let text = try #require(error).description
        #expect(text.hasPrefix("\(name): ") && text.contains("seaward interfaces"))
    }

    @Test func `without the right to capture the message says how to get it`() async {
        // In a process of its own, which becomes nobody.
        await #expect(processExitsWith: .success) {
            guard setuid(65_534) == 0 else { exit(1) }
            do throws(CaptureError) {
                _ = try LiveCapture(interface: "lo", LiveCaptureTests.settings(nil))
                exit(2)
            } catch {
                let text = error.description
                exit(text.hasPrefix("lo: no permission") && text.contains("sudo") && text.contains("setcap") ? 0 : 3)
            }
        }
    }
}
