import Decoding
import Monitoring
import TestSupport
import Testing

/// Hosts of requests of HTTP/1, written here.
@Suite struct HTTPTests {
    private func names(_ requests: String, cuts: [Int] = []) -> [String] {
        let sensor = Sensor(everyName: true), connection = Connection(server: End("203.0.113.9", 80))
        sensor.see(connection.handshake + connection.segments(of: Array(requests.utf8), cuts: cuts))
        sensor.finish()
        return sensor.names
    }

    @Test func `the Host field, without its port and in lower case`() {
        #expect(
            names("GET / HTTP/1.1\r\nAccept: */*\r\nHOST:  Up.Vendor.Example:8080 \r\n\r\n") == ["up.vendor.example"])
        #expect(names("GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n") == ["2001:db8::1"])
        #expect(names("GET / HTTP/1.1\nHost: 192.0.2.1\n\n") == ["192.0.2.1"])
    }

    @Test func `the host of an absolute target comes before the field`() {
        #expect(names("GET http://a.example:81/x?y HTTP/1.1\r\nHost: b.example\r\n\r\n") == ["a.example"])
        #expect(names("GET http://u:p@a.example?y HTTP/1.1\r\n\r\n") == ["a.example"])
    }

    @Test func `every request of a connection, behind bodies of a known length`() {
        let requests =
            "POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 41\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: wrong.example\r\n\r\n\r\n" + "GET / HTTP/1.1\r\nHost: b.example\r\n\r\n"
        #expect(names(requests) == ["a.example", "b.example"])
        for cut in 1..<requests.utf8.count { #expect(names(requests, cuts: [cut]) == ["a.example", "b.example"]) }
    }

    /// Found by fuzzing: what waited behind a gap in the body was shown to nobody once the body was passed.
    @Test func `a request that came before the end of the body in front of it is read`() {
        let first = Array("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 400\r\n\r\n".utf8)
        let stream =
            first + Array(repeating: 0x78, count: 400) + Array("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n".utf8)
        let connection = Connection(server: End("203.0.113.9", 80))
        for end in [first.count, first.count + 1, first.count + 200] {
            for start in [end + 1, first.count + 300, first.count + 400] {
                for cut in [20, first.count - 1] {
                    let sensor = Sensor(everyName: true)
                    sensor.see(connection.handshake)
                    // The rest of the body never comes.
                    sensor.see(connection.up(stream[start...], at: start))
                    sensor.see(connection.up(stream[..<cut], at: 0))
                    sensor.see(connection.up(stream[cut..<end], at: cut))
                    #expect(sensor.names == ["a.example", "b.example"], "\(cut), \(end), \(start)")
                }
            }
        }
    }

    @Test func `a body without a length ends the search`() {
        let requests =
            "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: b.example\r\n\r\n"
        #expect(names(requests) == ["a.example"])
    }

    @Test func `what only resembles a request names nobody`() {
        for text in [
            "GET / RTSP/1.0\r\nHost: a.example\r\n\r\n", "GET HTTP/1.1\r\nHost: a.example\r\n\r\n",
            "get a.example\r\n\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            "GET / HTTP/1.1\r\nno field\r\nHost: a.example\r\n\r\n", "GET / HTTP/1.1\r\nHost: \u{1}a.example\r\n\r\n",
        ] {
            #expect(names(text) == [], "\(text)")
        }
    }

    @Test func `a capture that begins in mid-stream shows the next request`() {
        let sensor = Sensor(everyName: true), connection = Connection(server: End("203.0.113.9", 80))
        sensor.see(connection.up(Array("a rest of a body".utf8), at: 100))
        sensor.see(connection.up(Array("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".utf8), at: 116))
        #expect(sensor.names == ["a.example"])
    }

    @Test func `a request cut by the snap length shows the host that was kept`() {
        let sensor = Sensor(everyName: true), connection = Connection(server: End("203.0.113.9", 80))
        sensor.see(connection.handshake)
        let request = "GET / HTTP/1.1\r\nHost: a.example\r\nCookie: \(String(repeating: "x", count: 500))\r\n\r\n"
        sensor.see(connection.up(Array(request.utf8), at: 0), snapLength: 150)
        #expect(sensor.names == ["a.example"])
    }

    @Test func `a segment that never came gives the direction up, and is counted`() {
        let sensor = Sensor(everyName: true), connection = Connection(server: End("203.0.113.9", 80))
        let request = Array("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".utf8)
        sensor.see(connection.handshake + [connection.up(request, at: 0)])
        sensor.see(connection.up(request, at: request.count + 10))
        sensor.wait(until: 40)
        #expect(sensor.names == ["a.example"] && sensor.counters[.streamGap] == 1)
    }
}
