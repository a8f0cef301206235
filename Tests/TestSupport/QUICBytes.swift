import Crypto
import CryptoExtras

/// QUIC's client Initial packets, made as RFC 9001, section 5 says: apart from the decoder, with HKDF as a whole.
package enum QUICBytes {
    package struct Salt: Sendable {
        package let version: UInt32
        let salt: [UInt8]
        var prefix = "quic"
        var type: UInt8 = 0

        package static let one = Salt(version: 1, salt: hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"))
        package static let two = Salt(
            version: 0x6b33_43cf, salt: hex("0dede3def700a6db819381be6e269dcbf9bd2ed9"), prefix: "quicv2", type: 1)
        package static let draft22 = Salt(version: 0xff00_0016, salt: hex("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a"))
        package static let draft27 = Salt(version: 0xff00_001b, salt: hex("c3eef712c72ebb5a11a7d2432bb46365bef9f502"))
        package static let draft29 = Salt(version: 0xff00_001d, salt: hex("afbfec289993d24c9e9786f19c6111e04390a899"))
        package static let mvfst = Salt(version: 0xface_b002, salt: hex("c3eef712c72ebb5a11a7d2432bb46365bef9f502"))
        package static let q050 = Salt(version: 0x5130_3530, salt: hex("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45"))
        package static let t050 = Salt(version: 0x5430_3530, salt: hex("7ff579e5acd07291558030 4c43a2367c60488310"))
    }

    package static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue).map(UInt8.init)
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// A variable-length integer in two bytes, or in four where it needs them.
    package static func integer(_ value: Int) -> [UInt8] {
        value < 16_384 ? u16(0x4000 | value) : u32(0x8000_0000 | UInt32(value))
    }

    package static func crypto(_ bytes: some Collection<UInt8>, at offset: Int, type: UInt8 = 6) -> [UInt8] {
        [type] + integer(offset) + integer(bytes.count) + bytes
    }

    /// - Parameters:
    ///   - key: the identifier that the keys come from, where it is not `destination`.
    ///   - length: `frames` are padded to make the packet this long.
    ///   - tokenLength: written in another way.
    package static func initial(
        _ frames: [UInt8], salt: Salt = .one, destination: [UInt8], source: [UInt8] = [], key: [UInt8]? = nil,
        token: [UInt8] = [], number: UInt32 = 0, length: Int = 1_200, tokenLength: [UInt8]? = nil
    ) -> [UInt8] {
        func label(_ text: String, _ count: Int) -> [UInt8] {
            u16(count) + [UInt8(6 + text.utf8.count)] + Array("tls13 \(text)".utf8) + [0]
        }
        func bytes(_ key: SymmetricKey) -> [UInt8] { unsafe key.withUnsafeBytes { unsafe Array($0) } }
        let initial = HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: key ?? destination), salt: salt.salt)
        let secret = HKDF<SHA256>.expand(pseudoRandomKey: initial, info: label("client in", 32), outputByteCount: 32)
        func derive(_ text: String, _ count: Int) -> SymmetricKey {
            HKDF<SHA256>.expand(
                pseudoRandomKey: secret, info: label("\(salt.prefix) \(text)", count), outputByteCount: count)
        }
        let front =
            [0xc3 | salt.type << 4] + u32(salt.version) + [UInt8(destination.count)] + destination
            + [UInt8(source.count)] + source + (tokenLength ?? integer(token.count)) + token
        let padding = max(length - front.count - 2 - 4 - 16 - frames.count, 0)
        let plain = frames + Array(repeating: 0, count: padding)
        var header = front + integer(4 + plain.count + 16) + u32(number)
        var nonce = bytes(derive("iv", 12))
        for (index, byte) in u32(number).enumerated() { nonce[8 + index] ^= byte }
        guard let iv = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(plain, using: derive("key", 16), nonce: iv, authenticating: header)
        else { preconditionFailure("AES-GCM takes any 12 bytes") }
        let sealed = Array(box.ciphertext) + Array(box.tag)
        var mask = Array(sealed[0..<16])
        guard (try? AES.permute(&mask, key: derive("hp", 16))) != nil else {
            preconditionFailure("a block has 16 bytes")
        }
        header[0] ^= mask[0] & 0x0f
        for index in 0..<4 { header[header.count - 4 + index] ^= mask[1 + index] }
        return header + sealed
    }

    /// A long-header packet that is only passed over: 0-RTT is type 1, Handshake 2 in version 1.
    package static func other(type: UInt8, destination: [UInt8], count: Int) -> [UInt8] {
        [0xc0 | type << 4, 0, 0, 0, 1, UInt8(destination.count)] + destination + [0] + integer(count)
            + Array(repeating: 0x55, count: count)
    }

    package static func retry(destination: [UInt8], source: [UInt8]) -> [UInt8] {
        [0xf0, 0, 0, 0, 1, UInt8(destination.count)] + destination + [UInt8(source.count)] + source
            + Array(repeating: 0x77, count: 48)
    }

    package static func versionNegotiation(destination: [UInt8], source: [UInt8]) -> [UInt8] {
        [0xaa, 0, 0, 0, 0, UInt8(destination.count)] + destination + [UInt8(source.count)] + source + [0, 0, 0, 1]
    }

    /// The handshake message that CRYPTO frames carry. `random` tells hellos apart.
    package static func hello(_ name: String, padding: Int = 0, random: UInt8 = 0xab) -> [UInt8] {
        var extensions = HelloBytes.serverName(name) + HelloBytes.protocols("h3") + HelloBytes.versions([0x0304])
        if padding > 0 { extensions += HelloBytes.extensionBytes(21, Array(repeating: 0, count: padding)) }
        var body = HelloBytes.body(extensions: extensions)
        for index in 2..<34 { body[index] = random }
        return HelloBytes.message(body)
    }

    /// Google's CHLO, with tags in the order that the names sort in.
    package static func googleHello(_ name: String, others: [(String, [UInt8])] = []) -> [UInt8] {
        func little(_ value: Int) -> [UInt8] { u32(UInt32(value)).reversed() }
        let tags = [("SNI\0", Array(name.utf8))] + others
        var end = 0
        let index = tags.flatMap { tag, value in
            end += value.count
            return Array(tag.utf8) + little(end)
        }
        return Array("CHLO".utf8) + [UInt8(tags.count), 0, 0, 0] + index + tags.flatMap(\.1)
    }
}

/// DTLS records with fragments of a ClientHello.
package enum DTLSBytes {
    /// The body of a hello, with a cookie.
    package static func body(_ name: String, cookie: [UInt8] = [], padding: Int = 0) -> [UInt8] {
        var extensions = HelloBytes.serverName(name)
        if padding > 0 { extensions += HelloBytes.extensionBytes(21, Array(repeating: 0, count: padding)) }
        let body = HelloBytes.body(version: 0xfefd, extensions: extensions)
        return Array(body[0..<35]) + [UInt8(cookie.count)] + cookie + Array(body[35...])
    }

    package static func fragment(_ body: [UInt8], _ range: Range<Int>, sequence: Int = 0, type: UInt8 = 1) -> [UInt8] {
        [type] + u24(body.count) + u16(sequence) + u24(range.lowerBound) + u24(range.count) + body[range]
    }

    package static func record(_ content: [UInt8], version: Int = 0xfeff, epoch: Int = 0) -> [UInt8] {
        [22] + u16(version) + u16(epoch) + [0, 0, 0, 0, 0, 1] + u16(content.count) + content
    }

    package static func hello(_ body: [UInt8], sequence: Int = 0) -> [UInt8] {
        record(fragment(body, 0..<body.count, sequence: sequence))
    }
}
