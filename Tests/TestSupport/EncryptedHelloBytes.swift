/// Keys for encrypted hellos and what hellos show of them, written as RFC 9849, sections 4 and 5 draw them.
package enum EncryptedHelloBytes {
    /// X25519 with HKDF-SHA256 and AES-128-GCM.
    package static let suite: [UInt8] = [0, 1, 0, 1]

    package static func config(
        id: UInt8, publicName: String, kind: Int = 0x0020, version: Int = 0xfe0d, suites: [UInt8] = suite
    ) -> [UInt8] {
        let key = Array(repeating: UInt8(7), count: 32)
        let contents =
            [id] + u16(kind) + u16(key.count) + key + u16(suites.count) + suites + [64, UInt8(publicName.utf8.count)]
            + Array(publicName.utf8) + u16(0)
        return u16(version) + u16(contents.count) + contents
    }

    package static func list(_ configs: [UInt8]...) -> [UInt8] {
        let all = configs.flatMap { $0 }
        return u16(all.count) + all
    }

    /// The extension of a hello.
    package static func outer(
        id: UInt8, keyLength: Int = 32, payloadLength: Int = 208, suite: [UInt8] = suite
    ) -> [UInt8] {
        HelloBytes.extensionBytes(
            0xfe0d,
            [0] + suite + [id] + u16(keyLength) + Array(repeating: 3, count: keyLength) + u16(payloadLength)
                + Array(repeating: 5, count: payloadLength))
    }
}
