/// The ClientHello of a real program, with a place for the server name and fresh random fields.
///
/// The templates were taken by letting each program connect to a listener on loopback that kept the bytes it received:
/// `openssl s_client -connect 127.0.0.1:PORT -servername template.example` (OpenSSL 3.0.19), `curl https://…` (7.88.1 with
/// OpenSSL 3.0.19), and `curl_cffi.requests.get(…, impersonate=…)` (curl_cffi 0.16.3, BoringSSL) as `chrome` and
/// `firefox`. Then the server name was cut out, and key shares and ECH payloads were replaced by their lengths.
/// A key share of random bytes is not always a valid key; nobody on the way can tell.
struct ClientHello {
    /// Hexadecimal bytes; `*32` stands for 32 random bytes.
    private let cipherSuites: [Piece]
    private let extensionsBeforeName: [Piece]
    private let extensionsAfterName: [Piece]

    private init(cipherSuites: String, extensionsBeforeName: String = "", extensionsAfterName: String) {
        self.cipherSuites = Piece.pieces(of: cipherSuites)
        self.extensionsBeforeName = Piece.pieces(of: extensionsBeforeName)
        self.extensionsAfterName = Piece.pieces(of: extensionsAfterName)
    }

    /// The record, from `16 03 01` on (RFC 8446, section 4.1.2).
    func record(serverName: String, random: inout RandomSource) -> [UInt8] {
        let name = [UInt8](serverName.utf8)
        var extensions = Piece.bytes(of: extensionsBeforeName, random: &random)
        extensions.append(bigEndian: 0 as UInt16)
        extensions.append(bigEndian: UInt16(name.count + 5))
        extensions.append(bigEndian: UInt16(name.count + 3))
        extensions.append(0)
        extensions.append(bigEndian: UInt16(name.count))
        extensions += name + Piece.bytes(of: extensionsAfterName, random: &random)

        let suites = Piece.bytes(of: cipherSuites, random: &random)
        var body: [UInt8] = [3, 3] + random.bytes(32) + [32] + random.bytes(32)
        body.append(bigEndian: UInt16(suites.count))
        body += suites + [1, 0]
        body.append(bigEndian: UInt16(extensions.count))
        body += extensions

        var record: [UInt8] = [0x16, 3, 1]
        record.append(bigEndian: UInt16(body.count + 4))
        record.append(bigEndian: 1 << 24 | UInt32(body.count))
        return record + body
    }

    private enum Piece {
        case fixed([UInt8])
        case random(Int)

        static func pieces(of text: String) -> [Piece] {
            text.split(whereSeparator: \.isWhitespace).map { word in
                if let count = word.hasPrefix("*") ? Int(word.dropFirst()) : nil { return .random(count) }
                let digits = word.compactMap(\.hexDigitValue)
                return .fixed(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
            }
        }

        static func bytes(of pieces: [Piece], random: inout RandomSource) -> [UInt8] {
            var bytes: [UInt8] = []
            for piece in pieces {
                switch piece {
                case .fixed(let fixed): bytes += fixed
                case .random(let count): bytes += random.bytes(count)
                }
            }
            return bytes
        }
    }
}

extension ClientHello {
    /// Two hellos that fit a segment, two that do not: their key share holds a post-quantum key.
    static let all = [openssl, curl, chrome, firefox]

    private static let openssl = ClientHello(
        cipherSuites: """
            130213031301c02cc030009fcca9cca8ccaac02bc02f009ec024c028006bc023c0270067c00ac0140039c009c0130033009d
            009c003d003c0035002f00ff
            """,
        extensionsAfterName: """
            000b000403000102 000a00160014001d0017001e0019001801000101010201030104 00230000 00160000 00170000
            000d002a0028040305030603080708080809080a080b080408050806040105010601030303010302040205020602
            002b0009080304030303020301 002d00020101 003300260024001d0020 *32
            """)

    private static let curl = ClientHello(
        cipherSuites: """
            130213031301c02cc030009fcca9cca8ccaac02bc02f009ec024c028006bc023c0270067c00ac0140039c009c0130033009d
            009c003d003c0035002f00ff
            """,
        extensionsAfterName: """
            000b000403000102 000a00160014001d0017001e0019001801000101010201030104
            0010000e000c02683208687474702f312e31 00160000 00170000 00310000
            000d002a0028040305030603080708080809080a080b080408050806040105010601030303010302040205020602
            002b0009080304030303020301 002d00020101 003300260024001d0020 *32 001500ad
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000
            """)

    private static let chrome = ClientHello(
        cipherSuites: "1a1a130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035",
        extensionsBeforeName: "8a8a0000 44cd00050003026832",
        extensionsAfterName: """
            fe0d00ba0000010001 *1 0020 *32 0090 *144 000d0018001609040905090604030804040105030805050108060601
            000a000c000a9a9a11ec001d00170018 00170000 00230000 002d00020101 003304ef04ed9a9a00010011ec04c0 *1216
            001d0020 *32 002b0007067a7a03040303 001b0003020002 000500050100000000 00120000 000b00020100
            ff01000100 0010000e000c02683208687474702f312e31 2a2a000100
            """)

    private static let firefox = ClientHello(
        cipherSuites: "130113031302c02bc02fcca9cca8c02cc030c00ac009c013c014009c009d002f0035",
        extensionsAfterName: """
            00170000 ff01000100 000a0010000e11ec001d00170018001901000101 000b00020100 00230000
            0010000e000c02683208687474702f312e31 000500050100000000 0022000a00080403050306030203 00120000
            0033052f052d11ec04c0 *1216 001d0020 *32 0017004104 *64 002b00050403040303
            000d0018001604030503060308040805080604010501060102030201 002d00020101 001c00024001
            001b000706000100020003 fe0d00fa0000010001 *1 0020 *32 00d0 *208
            """)
}
