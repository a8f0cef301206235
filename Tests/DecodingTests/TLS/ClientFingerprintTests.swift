import Decoding
import TestSupport
import Testing

/// What is expected was computed from the lists by hand with md5sum and sha256sum.
@Suite struct ClientFingerprintTests {
    static func fingerprint(_ body: [UInt8], _ carrier: HelloCarrier = .tls) throws -> ClientFingerprint {
        var bytes = body.span
        return try ClientFingerprint(reading: &bytes, carrier: carrier)
    }

    static let groups = HelloBytes.extensionBytes(10, [0, 6, 0x3a, 0x3a, 0, 29, 0, 23])
    static let formats = HelloBytes.extensionBytes(11, [1, 0])
    static let algorithms = HelloBytes.extensionBytes(13, [0, 4, 4, 3, 8, 4])

    static func body(greased: Bool) -> [UInt8] {
        let odd = greased ? HelloBytes.extensionBytes(0x2a2a, []) : []
        return HelloBytes.body(
            ciphers: (greased ? [0xda, 0xda] : []) + [0x13, 0x02, 0x13, 0x01],
            extensions: odd + HelloBytes.serverName("a.example") + groups + formats + algorithms
                + HelloBytes.protocols("h2", "http/1.1")
                + HelloBytes.versions((greased ? [0x0a0a] : []) + [0x0304, 0x0303]))
    }

    @Test func `JA3 and JA4 of a hello, with and without GREASE`() throws {
        for greased in [false, true] {
            let fingerprint = try Self.fingerprint(Self.body(greased: greased))
            // 771,4866-4865,0-10-11-13-16-43,29-23,0
            #expect(fingerprint.ja3 == "b63c62c363b86ee57d2c4f52de6ebdf4")
            #expect(fingerprint.ja4 == "t13d0206h2_62ed6f6ca7ad_fb71836bce29")
        }
    }

    @Test func `the first letter of JA4 names the carrier`() throws {
        #expect(try Self.fingerprint(Self.body(greased: false), .quic).ja4.hasPrefix("q13d0206h2_"))
        let datagram = Array(Self.body(greased: false)[0..<35]) + [0] + Array(Self.body(greased: false)[35...])
        #expect(try Self.fingerprint(datagram, .dtls).ja4.hasPrefix("d13d0206h2_"))
    }

    @Test(arguments: [(0xfeff, "dd1"), (0xfefd, "dd2"), (0x0300, "ds3"), (0x0302, "d11"), (0x7f1c, "d00")])
    func `a hello without extensions has its legacy version and empty lists`(version: Int, mark: String) throws {
        let body = HelloBytes.body(version: version, ciphers: [], extensions: nil)
        let ja4 = try Self.fingerprint(Array(body[0..<35]) + [0] + Array(body[35...]), .dtls).ja4
        #expect(ja4 == mark + "i000000_000000000000_000000000000")
    }

    @Test(
        arguments: [
            ([0x68, 0x32], "h2"), ([0x68], "hh"), ([0xba, 0xad], "bd"), ([0x30, 0xff], "3f"), ([], "00"),
        ] as [([UInt8], String)])
    func `protocols that are not letters or digits are told by their digits`(name: [UInt8], mark: String) throws {
        let extensions = name.isEmpty ? [] : HelloBytes.protocols([name])
        #expect(try Self.fingerprint(HelloBytes.body(extensions: extensions)).ja4.prefix(10).suffix(2) == mark)
    }

    @Test func `lists of odd length add nothing`() throws {
        let odd = HelloBytes.extensionBytes(10, [0, 9, 0, 29]) + HelloBytes.extensionBytes(43, [9])
        let fingerprint = try Self.fingerprint(HelloBytes.body(extensions: odd))
        #expect(fingerprint.ja4.hasPrefix("t12i020200_"))
    }

    /// At 45 bytes it ends where one without extensions would.
    @Test func `a hello that ends early has none`() {
        for count in 0..<60 where count != 45 && count != 46 {
            #expect(throws: DecodingError.truncated) {
                try Self.fingerprint(Array(Self.body(greased: true).prefix(count)))
            }
        }
    }
}
