/// A TLS ClientHello (RFC 8446, section 4.1.2; RFC 5246, section 7.4.1.2), as far as an egress monitor needs it.
package struct ClientHello: Sendable {
    /// `server_name` of type host_name (RFC 6066, section 3): lower case, without a trailing dot; nil without one.
    package private(set) var serverName: HostName?
    /// The highest version offered, GREASE left out: `supported_versions` where there, else the legacy field.
    package private(set) var version: TLSVersion
    /// What the client offers to speak inside (RFC 7301).
    package private(set) var applicationProtocols = ApplicationProtocols()
    /// Where the true name is encrypted, `serverName` is no more than the name in front.
    package private(set) var encryptedName: EncryptedName?
    /// What an Encrypted ClientHello shows; nil where there is none, or where it cannot be what it claims.
    package private(set) var encryptedHello: EncryptedHello?
    /// The client's random bytes, of which a copy or a second attempt of the same hello has the same (RFC 6347,
    /// section 4.2.1; RFC 8446, section 4.1.2): the first eight.
    package let random: UInt64
    /// The bytes ended before the hello did: what was read holds, more may have followed.
    package private(set) var isPartial = false
    /// Some extension could not be what it claims; the others were read.
    package private(set) var isMalformed = false

    /// Reads the body, behind the four bytes of the handshake header.
    ///
    /// - Parameter carrier: DTLS puts a cookie behind the session identifier (RFC 6347, section 4.2.1).
    /// - Throws: where the bytes end or contradict themselves before the extensions. Behind that point a hello that
    ///   ends early is `isPartial`.
    package init(reading bytes: inout Bytes, carrier: HelloCarrier = .tls) throws(DecodingError) {
        version = TLSVersion(rawValue: try bytes.readUInt16())
        let first = try bytes.readUInt32()
        let second = try bytes.readUInt32()
        random = UInt64(first) << 32 | UInt64(second)
        try bytes.skip(24)
        let sessionLength = Int(try bytes.readUInt8())
        guard sessionLength <= 32 else { throw .anomaly(.clientHelloMalformed) }
        try bytes.skip(sessionLength)
        if carrier == .dtls { try bytes.skip(Int(try bytes.readUInt8())) }
        try bytes.skip(Int(try bytes.readUInt16()))
        try bytes.skip(Int(try bytes.readUInt8()))
        guard bytes.count > 0 else { return }
        do throws(DecodingError) {
            let length = Int(try bytes.readUInt16())
            if length > bytes.count { isPartial = true } else { try bytes.keep(first: length) }
            while bytes.count > 0 { try readExtension(&bytes) }
        } catch {
            isPartial = true
        }
    }

    private mutating func readExtension(_ bytes: inout Bytes) throws(DecodingError) {
        let type = try bytes.readUInt16()
        let length = Int(try bytes.readUInt16())
        var body = bytes
        try body.keep(first: length)
        try bytes.skip(length)
        do throws(DecodingError) {
            switch type {
            case 0: try readServerName(&body)
            case 16: applicationProtocols = try ApplicationProtocols(reading: &body)
            case 43: try readSupportedVersions(&body)
            case 0xfe0d:
                encryptedName = .encryptedHello
                encryptedHello = try? EncryptedHello(reading: &body)
            case 0xffce: encryptedName = .encryptedServerName
            default: break
            }
        } catch {
            isMalformed = true
        }
    }

    private mutating func readServerName(_ body: inout Bytes) throws(DecodingError) {
        guard body.count > 0 else { return }
        try body.keep(first: Int(try body.readUInt16()))
        while body.count > 0 {
            let type = try body.readUInt8()
            let length = Int(try body.readUInt16())
            var name = body
            try name.keep(first: length)
            try body.skip(length)
            if type == 0, length > 0, serverName == nil { serverName = HostName(copying: name) }
        }
    }

    private mutating func readSupportedVersions(_ body: inout Bytes) throws(DecodingError) {
        try body.keep(first: Int(try body.readUInt8()))
        var highest: TLSVersion?
        while body.count > 0 {
            let offered = TLSVersion(rawValue: try body.readUInt16())
            if !offered.isGREASE, offered.rank > highest?.rank ?? -1 { highest = offered }
        }
        version = highest ?? version
    }
}

/// What carries a ClientHello.
package enum HelloCarrier: Sendable { case tls, quic, dtls }

/// What says that a hello may keep its true name for itself. The raw value is the word in output.
package enum EncryptedName: String, Sendable {
    /// Encrypted ClientHello (extension 0xfe0d). Clients without a key send one with random content, and nothing in the
    /// hello tells it from a true one: that is what it is made for (RFC 9849, section 6.2).
    case encryptedHello = "present"
    /// The same with a key that DNS had told the client: the server name is the one in front.
    case real
    /// The same, which cannot hide anything: DNS had told the client that there is no such key, or no server could open it.
    case grease
    /// Its forerunner, the encrypted server name of draft-ietf-tls-esni-00 to -02 (extension 0xffce).
    case encryptedServerName = "esni"
}

/// The protocol names of an ALPN extension, kept inline as they stood on the wire: each a length byte and its bytes.
package struct ApplicationProtocols: Sendable {
    /// Clients that were met offer 14 names with 81 bytes at most; names that do not fit are left out.
    private static let capacity = 127
    private var storage = InlineArray<127, UInt8>(repeating: 0)
    private var count: UInt8 = 0

    package init() {}

    /// Behind the length of the list.
    init(reading body: inout Bytes) throws(DecodingError) {
        try body.keep(first: Int(try body.readUInt16()))
        try self.init(list: &body)
    }

    init(list body: inout Bytes) throws(DecodingError) {
        while body.count > 0 {
            let length = Int(body[0])
            var name = body
            try name.keep(first: length + 1)
            try body.skip(length + 1)
            guard Int(count) + length + 1 <= Self.capacity else { continue }
            for index in 0...length {
                storage[Int(count)] = name[index]
                count += 1
            }
        }
    }

    package var isEmpty: Bool { count == 0 }

    /// The names; bytes that are not printable ASCII as `\DDD`, like a host name's.
    package var names: [String] {
        var names: [String] = []
        var index = 0
        while index < Int(count) {
            let length = Int(storage[index])
            let bytes = (index + 1..<index + 1 + length).map { storage[$0] }
            names.append(escaped(bytes))
            index += length + 1
        }
        return names
    }
}
