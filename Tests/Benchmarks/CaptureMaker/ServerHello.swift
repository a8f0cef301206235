/// The server's first flight in TLS 1.3: a hello, and records that nobody on the way can read.
enum ServerHello {
    static let changeCipherSpec: [UInt8] = [0x14, 3, 3, 0, 1, 1]

    /// The hello as `openssl s_server` (OpenSSL 3.0.19) answered each of the templates, with a fresh random and key
    /// share: TLS_AES_256_GCM_SHA384, x25519. The session identifier is the client's (RFC 8446, section 4.1.3).
    static func flight(for clientHello: [UInt8], random: inout RandomSource) -> [UInt8] {
        let sessionIdentifier = clientHello[44..<76]
        var flight: [UInt8] = [0x16, 3, 3, 0, 0x7a, 2, 0, 0, 0x76, 3, 3]
        flight += random.bytes(32) + [32] + sessionIdentifier
        flight += [0x13, 2, 0, 0, 0x2e, 0, 0x2b, 0, 2, 3, 4, 0, 0x33, 0, 0x24, 0, 0x1d, 0, 32] + random.bytes(32)
        flight += changeCipherSpec
        // Extensions, certificates, the proof of the key, and the end of the handshake.
        for size in [random.number(in: 23...40), random.number(in: 1800...4200), 281, 69] {
            flight += applicationData(size, random: &random)
        }
        return flight
    }
}

/// One record of type 23 (RFC 8446, section 5.2).
func applicationData(_ count: Int, random: inout RandomSource) -> [UInt8] {
    var record: [UInt8] = [0x17, 3, 3]
    record.append(bigEndian: UInt16(count))
    return record + random.bytes(count)
}
