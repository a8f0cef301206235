import Decoding
import TestSupport
import Testing

@Suite struct QUICInitialTests {
    static let destination = QUICBytes.hex("8394c8f03e515708")

    /// RFC 9001, appendix A.2: the CRYPTO frame, which RFC 9369, appendix A.2 uses as well.
    static let cryptoFrame = QUICBytes.hex(
        """
        060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c0000000
        10000e00000b6578616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e0005000501000000000033
        00260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e040305
        0306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff07048000ffff08011001048000
        75300901100f088394c8f03e51570806048000ffff
        """)

    /// The frames in the first Initial of a datagram, or nil where it does not open.
    static func open(_ datagram: [UInt8], key: [UInt8]? = nil) throws -> [UInt8]? {
        var walker = QUICDatagram()
        guard let packet = try walker.nextInitial(in: datagram.span) else { return nil }
        var frames: [UInt8] = []
        let keys = QUICInitialKeys(version: packet.version, destination: packet.destination)
        return keys.open(packet, in: datagram.span, into: &frames) ? frames : nil
    }

    /// How many Initials a datagram holds.
    static func count(_ datagram: [UInt8]) throws -> Int {
        var walker = QUICDatagram()
        var count = 0
        while try walker.nextInitial(in: datagram.span) != nil { count += 1 }
        return count
    }

    /// The CRYPTO frames of a packet.
    static func crypto(in frames: [UInt8], _ version: QUICVersion = .one) throws -> [QUICFrames.Crypto] {
        var walker = QUICFrames(version)
        var found: [QUICFrames.Crypto] = []
        while let crypto = try walker.nextCrypto(in: frames.span) { found.append(crypto) }
        return found
    }

    /// The bytes in them.
    static func content(of frames: [UInt8], _ version: QUICVersion = .one) throws -> [[UInt8]] {
        try crypto(in: frames, version).map { Array(frames[$0.range]) }
    }

    /// The name in a CHLO, "-" in one without a name, nil where there is no CHLO.
    static func googleName(_ packet: [UInt8]) -> String? {
        guard let hello = GoogleClientHello(searching: packet.span) else { return nil }
        return hello.serverName.map { "\($0)" } ?? "-"
    }

    /// The first and last bytes of the protected packets of both appendices show that the maker makes them.
    @Test(arguments: [
        (
            QUICBytes.Salt.one, "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11d242b123dc9b",
            "e221af44860018ab0856972e194cd934"
        ),
        (
            .two, "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485dd04de806071",
            "a18b2faa745b6fe189cf772a9f84cbfc"
        ),
    ])
    func `the vectors of RFC 9001 and RFC 9369 open`(salt: QUICBytes.Salt, start: String, end: String) throws {
        // Its token length and packet length are one and two bytes long.
        let packet = Self.appendix(salt)
        #expect(packet.count == 1_200)
        #expect(packet.starts(with: QUICBytes.hex(start)) && packet.suffix(16) == QUICBytes.hex(end)[...])
        let frames = try #require(try Self.open(packet))
        #expect(
            frames.starts(with: Self.cryptoFrame) && frames.dropFirst(Self.cryptoFrame.count).allSatisfy { $0 == 0 })
        let crypto = try Self.crypto(in: frames)
        #expect(crypto.map(\.offset) == [0] && crypto.map(\.range) == [4..<245])
    }

    static func appendix(_ salt: QUICBytes.Salt) -> [UInt8] {
        QUICBytes.initial(cryptoFrame, salt: salt, destination: destination, number: 2, tokenLength: [0])
    }

    @Test(arguments: [
        QUICBytes.Salt.one, .two, .draft22, .draft27, .draft29, .mvfst, .q050, .t050,
    ])
    func `every version has its salt`(salt: QUICBytes.Salt) throws {
        let frames = try Self.open(QUICBytes.initial([1, 1, 1], salt: salt, destination: Self.destination))
        #expect(frames?.prefix(4) == [1, 1, 1, 0])
    }

    @Test func `a packet with any bit changed does not open`() throws {
        let packet = QUICBytes.initial([1], destination: Self.destination, length: 60)
        for bit in 0..<packet.count * 8 {
            var damaged = packet
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let frames = try? Self.open(damaged)
            #expect(frames == nil, "bit \(bit)")
        }
    }

    @Test func `a packet cut anywhere does not open`() {
        let packet = QUICBytes.initial([1], destination: Self.destination, length: 80)
        for count in 0..<packet.count {
            let frames = try? Self.open(Array(packet.prefix(count)))
            #expect(frames == nil, "\(count) bytes")
        }
    }

    @Test func `initials are found among other packets of a datagram`() throws {
        let initial = QUICBytes.initial([1], destination: Self.destination, length: 100)
        let early = QUICBytes.other(type: 1, destination: Self.destination, count: 70)
        let handshake = QUICBytes.other(type: 2, destination: Self.destination, count: 50)
        let datagram = early + initial + handshake + initial + [0x40, 1, 2, 3]
        #expect(try Self.count(datagram) == 2)
    }

    @Test func `a Retry and an unknown version end the datagram`() throws {
        for other in [
            QUICBytes.retry(destination: [], source: Self.destination),
            QUICBytes.versionNegotiation(destination: [], source: Self.destination),
            [0xc0, 0x0a, 0x1a, 0x2a, 0x3a, 0, 0, 0, 0],
        ] {
            #expect(try Self.count(other) == 0)
        }
    }

    @Test(
        arguments: [
            [0xc0, 0, 0, 0, 1, 21] + Array(repeating: 0, count: 60),  // an identifier of 21 bytes
            [0xc0, 0, 0, 0, 1, 0, 0, 0xff] + Array(repeating: 0xff, count: 60),  // a token of 2^62 bytes
            [0xc0, 0, 0, 0, 1, 0, 0, 0, 0x7f, 0xff, 1, 2, 3],  // longer than the datagram
        ] as [[UInt8]])
    func `lengths that lie are refused`(datagram: [UInt8]) {
        #expect(throws: DecodingError.self) { try Self.count(datagram) }
    }

    // MARK: Frames

    @Test func `ACK, PING, PADDING and CONNECTION_CLOSE stand between CRYPTO frames`() throws {
        let acknowledgement: [UInt8] = [2, 5, 0x40, 9, 1, 0, 0, 1],
            counted: [UInt8] = [3, 5, 0, 0, 0, 1, 2, 0xc0, 0, 0, 0, 0, 0, 0, 3]
        let close: [UInt8] = [0x1c, 0x41, 0x28, 0, 3, 97, 98, 99], application: [UInt8] = [0x1d, 1, 1, 97]
        let frames =
            [0, 0, 1] + QUICBytes.crypto([1, 2], at: 9) + acknowledgement + counted + [0] + QUICBytes.crypto([], at: 0)
            + close + application + QUICBytes.crypto([3], at: 0) + [0, 0]
        #expect(try Self.content(of: frames) == [[1, 2], [], [3]])
    }

    @Test(
        arguments: [
            [0x08, 0, 1, 1], [0x1e], [0x30, 1], [6, 0, 2, 1], [6, 0], [2, 0, 0, 0x3f, 0], [0x1c, 0, 0, 9], [6, 0xff],
        ] as [[UInt8]])
    func `frames that may not be there, or are not whole, are refused`(frames: [UInt8]) {
        #expect(throws: DecodingError.self) { try Self.crypto(in: frames) }
    }

    @Test func `Google's transport kept another number for CRYPTO frames`() throws {
        #expect(
            try Self.content(of: QUICBytes.crypto([7], at: 0, type: 8), QUICVersion(rawValue: 0x5430_3531)) == [[7]])
    }

    // MARK: Versions, and Google's handshake

    @Test(
        arguments: [
            (1, "0x1"), (0x6b33_43cf, "0x6b3343cf"), (0xff00_001d, "0xff00001d"), (0xface_b002, "0xfaceb002"),
            (0x5130_3436, "Q046"), (0x5130_3530, "Q050"), (0x5430_3531, "T051"), (0x5130_3234, "Q024"),
        ] as [(UInt32, String)])
    func `known versions have their words`(number: UInt32, word: String) {
        #expect(QUICVersion(rawValue: number).family != nil && "\(QUICVersion(rawValue: number))" == word)
    }

    @Test(
        arguments: [0, 0x0a1a_2a3a, 2, 0xff00_0015, 0xff00_0023, 0x5130_3233, 0x5130_3a30, 0x5130_3531, 0x5430_3532]
            as [UInt32])
    func `other numbers are no version`(number: UInt32) {
        #expect(QUICVersion(rawValue: number).family == nil)
    }

    @Test func `the name stands in a tag of the CHLO`() throws {
        let message = QUICBytes.googleHello("WWW.Example.com", others: [("PAD\0", Array(repeating: 45, count: 900))])
        let packet = Array(repeating: 0xa0, count: 40) + message
        #expect(Self.googleName(packet) == "www.example.com")
        #expect(Self.googleName(QUICBytes.googleHello("")) == "-")
        // The name is in front of what the capture cut off.
        #expect(Self.googleName(packet.dropLast(500)) == "www.example.com")
    }

    @Test func `a CHLO that contradicts itself is none`() {
        let message = QUICBytes.googleHello("a.example", others: [("PAD\0", [1])])
        for (place, value) in [(4, 0), (4, 200), (6, 1), (15, 9), (12, 255), (0, 0)] as [(Int, UInt8)] {
            var damaged = message
            damaged[place] = value
            #expect(Self.googleName(damaged) == nil, "byte \(place)")
        }
        for count in 0..<24 { #expect(Self.googleName(Array(message.prefix(count))) == nil) }
    }
}
