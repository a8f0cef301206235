import Decoding
import TestSupport
import Testing

/// Bodies are made by hand from RFC 8446, section 4.1.2.
@Suite struct ClientHelloTests {
    static func read(_ body: [UInt8]) throws(DecodingError) -> ClientHello {
        var bytes = body.span
        return try ClientHello(reading: &bytes)
    }

    static func read(extensions: [UInt8]...) throws(DecodingError) -> ClientHello {
        try read(HelloBytes.body(extensions: extensions.flatMap { $0 }))
    }

    static func name(_ extensions: [UInt8]...) throws -> String? {
        let hello = try read(HelloBytes.body(extensions: extensions.flatMap { $0 }))
        return hello.serverName.map { "\($0)" }
    }

    @Test func `name, version and protocols are read`() throws {
        let hello = try Self.read(
            extensions:
                HelloBytes.serverName("WWW.Example.com."), HelloBytes.protocols("h2", "http/1.1"),
            HelloBytes.versions([0x0304, 0x0303]))
        #expect(hello.serverName == HostName("www.example.com"))
        #expect(hello.version == .tls13 && hello.applicationProtocols.names == ["h2", "http/1.1"])
        #expect(!hello.isPartial && !hello.isMalformed)
    }

    @Test(arguments: [nil, []] as [[UInt8]?])
    func `a hello without extensions has no name`(extensions: [UInt8]?) throws {
        let hello = try Self.read(HelloBytes.body(version: 0x0301, extensions: extensions))
        #expect(hello.serverName == nil && hello.version == .tls10 && hello.applicationProtocols.isEmpty)
        #expect(!hello.isPartial && !hello.isMalformed)
    }

    @Test func `GREASE is left out wherever it stands`() throws {
        let hello = try Self.read(
            extensions:
                HelloBytes.extensionBytes(0x0a0a, []), HelloBytes.extensionBytes(0xfafa, [0]),
            HelloBytes.serverName("a.example"),
            HelloBytes.versions([0xfafa, 0x0303, 0x0304, 0x0302]),
            HelloBytes.extensionBytes(0xfe0d, Array(repeating: 9, count: 200)))
        #expect(hello.serverName == HostName("a.example") && hello.version == .tls13 && !hello.isMalformed)
    }

    @Test func `an encrypted name is told of, and what is in front stays the name`() throws {
        let name = HelloBytes.serverName("front.example")
        let hello = try Self.read(extensions: HelloBytes.extensionBytes(0xfe0d, Array(repeating: 9, count: 200)), name)
        #expect(hello.encryptedName == .encryptedHello && hello.serverName == HostName("front.example"))
        #expect(hello.encryptedHello == nil)
        let shown = try Self.read(extensions: EncryptedHelloBytes.outer(id: 42), name).encryptedHello
        #expect(shown?.isOuter == true && shown?.configID == 42 && shown?.suite == 0x1_0001)
        #expect(shown?.keyLength == 32 && shown?.payloadLength == 208 && shown?.isImpossible == false)
        #expect(try Self.read(extensions: HelloBytes.extensionBytes(0xffce, [1])).encryptedName == .encryptedServerName)
        #expect(try Self.read(extensions: name).encryptedName == nil)
    }

    @Test func `versions of DTLS go down`() throws {
        let hello = try Self.read(extensions: HelloBytes.versions([0xfefd, 0xfefc, 0xfeff]))
        #expect(hello.version == .dtls13 && "\(hello.version)" == "1.3")
    }

    @Test func `only GREASE versions leave the legacy version`() throws {
        #expect(try Self.read(extensions: HelloBytes.versions([0x0a0a, 0x1a1a])).version == .tls12)
    }

    @Test func `lists of odd length spoil themselves and nothing else`() throws {
        let odd = HelloBytes.extensionBytes(43, [3, 3, 4, 3]), groups = HelloBytes.extensionBytes(10, [0, 3, 0, 29, 0])
        let hello = try Self.read(
            extensions: odd, groups, HelloBytes.extensionBytes(16, [0, 3, 2, 0x68]), HelloBytes.serverName("a.example"))
        #expect(hello.serverName == HostName("a.example") && hello.isMalformed && !hello.isPartial)
    }

    @Test func `an odd number of cipher bytes is skipped`() throws {
        let hello = try Self.read(HelloBytes.body(ciphers: [1, 2, 3], extensions: HelloBytes.serverName("a.example")))
        #expect(hello.serverName == HostName("a.example"))
    }

    @Test func `an empty server name is none`() throws {
        #expect(try Self.name(HelloBytes.serverName("")) == nil)
        #expect(try Self.name(HelloBytes.extensionBytes(0, [])) == nil)
        #expect(try Self.name(HelloBytes.extensionBytes(0, [0, 0])) == nil)
    }

    @Test func `a name of another type is passed over`() throws {
        #expect(try Self.name(HelloBytes.serverNames([(9, [1, 2, 3]), (0, Array("a.example".utf8))])) == "a.example")
        #expect(try Self.name(HelloBytes.serverName([1, 2, 3], type: 9)) == nil)
    }

    @Test func `of several names the first one holds`() throws {
        #expect(
            try Self.name(
                HelloBytes.serverNames([(0, []), (0, Array("a.example".utf8)), (0, Array("b.example".utf8))]))
                == "a.example")
        #expect(try Self.name(HelloBytes.serverName("a.example"), HelloBytes.serverName("b.example")) == "a.example")
    }

    @Test func `a name over 255 bytes is kept in front and marked`() throws {
        let hello = try Self.read(extensions: HelloBytes.serverName(String(repeating: "a", count: 300)))
        #expect(hello.serverName?.count == 255 && hello.serverName?.isTruncated == true)
    }

    @Test func `a name may hold any byte`() throws {
        #expect(try Self.name(HelloBytes.serverName([0, 0x41, 0xff, 0x0a])) == "\\000a\\255\\010")
    }

    @Test func `a list length that lies gives no name and the rest is read`() throws {
        let hello = try Self.read(
            extensions: HelloBytes.extensionBytes(0, [0, 50, 0, 0, 1, 0x61]), HelloBytes.protocols("h2"))
        #expect(hello.serverName == nil && hello.isMalformed && hello.applicationProtocols.names == ["h2"])
    }

    @Test func `a list shorter than its name gives no name and the rest is read`() throws {
        let hello = try Self.read(
            extensions: HelloBytes.extensionBytes(0, [0, 4, 0, 0, 9, 0x61]), HelloBytes.protocols("h2"))
        #expect(hello.serverName == nil && hello.isMalformed && hello.applicationProtocols.names == ["h2"])
    }

    @Test func `protocols that are not ASCII are shown as numbers`() throws {
        let hello = try Self.read(extensions: HelloBytes.protocols([[0x68, 0xc3], [0x0a, 0x0a], []]))
        #expect(hello.applicationProtocols.names == ["h\\195", "\\010\\010", ""])
    }

    @Test func `protocols that do not fit are left out and shorter ones kept`() throws {
        let long = Array(repeating: UInt8(0x78), count: 126), tooLong = long + [0x78]
        func names(_ protocols: [UInt8]...) throws -> [String] {
            try Self.read(extensions: HelloBytes.protocols(protocols)).applicationProtocols.names
        }
        #expect(try names(tooLong, [0x68, 0x32]) == ["h2"])
        #expect(try names(long, [0x68, 0x32]) == [String(repeating: "x", count: 126)])
    }

    @Test func `a session identifier over 32 bytes is no hello`() {
        #expect(throws: DecodingError.anomaly(.clientHelloMalformed)) {
            try Self.read(HelloBytes.body(session: Array(repeating: 0, count: 33), extensions: []))
        }
    }

    @Test func `versions have their names`() {
        let versions = [0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x7f1c].map { TLSVersion(rawValue: $0).description }
        #expect(versions == ["ssl3", "1.0", "1.1", "1.2", "1.3", "0x7f1c"])
        #expect((0...0xffff).filter { TLSVersion(rawValue: UInt16($0)).isGREASE }.count == 16)
    }
}
