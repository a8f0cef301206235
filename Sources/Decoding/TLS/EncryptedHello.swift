/// What the extension of an Encrypted ClientHello shows in the clear (RFC 9849, section 5): which key of the server it
/// claims to use. A client without a key sends the same with random content (GREASE, section 6.2).
package struct EncryptedHello: Equatable, Sendable {
    /// The hello in the clear, with the encrypted one inside; else the inner one itself, as a server in front passes it on.
    package private(set) var isOuter = true
    /// KDF and AEAD (RFC 9180, section 7), in one word.
    package private(set) var suite: UInt32 = 0
    /// Of the key, one byte that the server chose.
    package private(set) var configID: UInt8 = 0
    /// Of the encapsulated key: fixed by the kind of key. None in a second hello of the same handshake.
    package private(set) var keyLength = 0
    package private(set) var payloadLength = 0

    /// An AEAD's tag takes 16 bytes (RFC 9180, section 7.3); the shortest ClientHello inside of it has a version of 2,
    /// random bytes of 32, an empty session identifier, a cipher suite of 4 with its length, a compression method of 2
    /// and the length of the extensions.
    private static let shortestPayload = 16 + 2 + 32 + 1 + 4 + 2 + 2

    /// Nothing that a server could open looks like this.
    package var isImpossible: Bool { isOuter && payloadLength < Self.shortestPayload }

    /// Reads the extension's data.
    init(reading bytes: inout Bytes) throws(DecodingError) {
        switch try bytes.readUInt8() {
        case 0: break
        case 1:
            isOuter = false
            return
        default: throw .anomaly(.clientHelloMalformed)
        }
        suite = try bytes.readUInt32()
        configID = try bytes.readUInt8()
        keyLength = Int(try bytes.readUInt16())
        try bytes.skip(keyLength)
        payloadLength = Int(try bytes.readUInt16())
        guard payloadLength <= bytes.count else { throw .truncated }
    }
}

/// One key of an ECHConfigList (RFC 9849, section 4), as a server publishes it in its HTTPS record.
package struct EncryptedHelloConfig: Sendable {
    /// The one version that is used (section 4): the number of the extension.
    private static let version: UInt16 = 0xfe0d
    /// Servers that were met offer one to three.
    package static let suiteLimit = 8

    package let configID: UInt8
    /// Of an encapsulated key, in bytes; nil where the kind of key is not known.
    package let keyLength: Int?
    /// The name that a hello with this key shows in the clear.
    package let publicName: HostName
    private var suites = InlineArray<8, UInt32>(repeating: 0)
    private var suiteCount = 0

    /// Whether a hello can have been made with this key.
    package func fits(_ hello: EncryptedHello) -> Bool {
        guard hello.isOuter, hello.configID == configID, keyLength == nil || hello.keyLength == keyLength else {
            return false
        }
        for index in 0..<suiteCount where suites[index] == hello.suite { return true }
        return false
    }

    /// The next key of a list whose own length was read; nil behind the last one. Keys of other versions are passed.
    ///
    /// - Throws: where the list cannot be what it claims.
    package static func next(reading list: inout Bytes) throws(DecodingError) -> EncryptedHelloConfig? {
        while list.count > 0 {
            let version = try list.readUInt16()
            let length = Int(try list.readUInt16())
            var contents = list
            try contents.keep(first: length)
            try list.skip(length)
            if version == Self.version { return try EncryptedHelloConfig(reading: &contents) }
        }
        return nil
    }

    private init(reading bytes: inout Bytes) throws(DecodingError) {
        configID = try bytes.readUInt8()
        keyLength = Self.keyLength(ofKind: try bytes.readUInt16())
        try bytes.skip(Int(try bytes.readUInt16()))
        var list = bytes
        let length = Int(try bytes.readUInt16())
        try bytes.skip(length)
        // The longest name that the name in front may be padded to: it tells nothing.
        try bytes.skip(1)
        let nameLength = Int(try bytes.readUInt8())
        try bytes.keep(first: nameLength)
        publicName = HostName(copying: bytes)
        try list.skip(2)
        try list.keep(first: length)
        while list.count > 0 {
            let suite = try list.readUInt32()
            if suiteCount < Self.suiteLimit {
                suites[suiteCount] = suite
                suiteCount += 1
            }
        }
    }

    /// Nenc of RFC 9180, section 7.1: P-256, P-384, P-521, X25519, X448.
    private static func keyLength(ofKind kind: UInt16) -> Int? {
        switch kind {
        case 0x0010: 65
        case 0x0011: 97
        case 0x0012: 133
        case 0x0020: 32
        case 0x0021: 56
        default: nil
        }
    }
}
