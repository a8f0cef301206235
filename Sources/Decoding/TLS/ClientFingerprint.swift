import Crypto

/// What a ClientHello looks like, apart from its name: clients of one kind share it, whoever they talk to.
///
/// Two hashes; nothing on the way of a packet computes them unless the hello is reported.
package struct ClientFingerprint: Hashable, Sendable {
    /// MD5 over version, ciphers, extensions, groups and point formats in their order: 32 hexadecimal digits.
    package let ja3: String
    /// In three parts: what is offered, ciphers, extensions with signature algorithms. The last two are sorted.
    /// Source: FoxIO, JA4 TLS client fingerprinting.
    package let ja4: String

    /// Reads the body of a complete hello, as `ClientHello` does.
    package init(reading bytes: inout Bytes, carrier: HelloCarrier) throws(DecodingError) {
        let offer = try Offer(reading: &bytes, carrier: carrier)
        ja3 = hexadecimal(Insecure.MD5.hash(data: Array(offer.ja3Text.utf8)))
        ja4 = offer.ja4Text(carrier)
    }
}

/// The lists of a hello, without GREASE (RFC 8701).
private struct Offer {
    var legacyVersion: TLSVersion
    var highestVersion: TLSVersion?
    var ciphers: [UInt16]
    var extensions: [UInt16] = []
    var groups: [UInt16] = []
    var pointFormats: [UInt8] = []
    var signatureAlgorithms: [UInt16] = []
    var firstProtocol: [UInt8] = []

    init(reading bytes: inout Bytes, carrier: HelloCarrier) throws(DecodingError) {
        legacyVersion = TLSVersion(rawValue: try bytes.readUInt16())
        try bytes.skip(32)
        try bytes.skip(Int(try bytes.readUInt8()))
        if carrier == .dtls { try bytes.skip(Int(try bytes.readUInt8())) }
        let cipherLength = Int(try bytes.readUInt16())
        var list = bytes
        try list.keep(first: cipherLength)
        ciphers = Self.numbers(in: list)
        try bytes.skip(cipherLength)
        try bytes.skip(Int(try bytes.readUInt8()))
        guard bytes.count >= 2 else { return }
        try bytes.keep(first: Int(try bytes.readUInt16()))
        while bytes.count > 0 {
            let type = try bytes.readUInt16()
            let length = Int(try bytes.readUInt16())
            var body = bytes
            try body.keep(first: length)
            try bytes.skip(length)
            guard !TLSVersion(rawValue: type).isGREASE else { continue }
            extensions.append(type)
            do throws(DecodingError) {
                try readExtension(type, &body)
            } catch {
                // A list that is not what it claims adds nothing.
            }
        }
    }

    private mutating func readExtension(_ type: UInt16, _ body: inout Bytes) throws(DecodingError) {
        switch type {
        case 10:
            try body.keep(first: Int(try body.readUInt16()))
            groups = Self.numbers(in: body)
        case 11:
            try body.keep(first: Int(try body.readUInt8()))
            pointFormats = Self.bytes(of: body)
        case 13:
            try body.keep(first: Int(try body.readUInt16()))
            signatureAlgorithms = Self.numbers(in: body)
        case 16:
            try body.skip(2)
            try body.keep(first: Int(try body.readUInt8()))
            firstProtocol = Self.bytes(of: body)
        case 43:
            try body.keep(first: Int(try body.readUInt8()))
            highestVersion = Self.numbers(in: body).map(TLSVersion.init(rawValue:)).max { $0.rank < $1.rank }
        default: break
        }
    }

    private static func bytes(of list: Bytes) -> [UInt8] { (0..<list.count).map { list[$0] } }

    private static func numbers(in list: Bytes) -> [UInt16] {
        var numbers: [UInt16] = []
        for index in 0..<list.count / 2 {
            let number = UInt16(list[2 * index]) << 8 | UInt16(list[2 * index + 1])
            if !TLSVersion(rawValue: number).isGREASE { numbers.append(number) }
        }
        return numbers
    }

    var ja3Text: String {
        func joined(_ numbers: [some BinaryInteger]) -> String { numbers.map { "\($0)" }.joined(separator: "-") }
        return
            "\(legacyVersion.rawValue),\(joined(ciphers)),\(joined(extensions)),\(joined(groups)),\(joined(pointFormats))"
    }

    func ja4Text(_ carrier: HelloCarrier) -> String {
        let letter =
            switch carrier {
            case .tls: "t"
            case .quic: "q"
            case .dtls: "d"
            }
        let version =
            switch highestVersion ?? legacyVersion {
            case .tls13: "13"
            case .tls12: "12"
            case .tls11: "11"
            case .tls10: "10"
            case .ssl3: "s3"
            case TLSVersion(rawValue: 0x0002): "s2"
            case .dtls10: "d1"
            case .dtls12: "d2"
            case .dtls13: "d3"
            default: "00"
            }
        func count(_ list: [UInt16]) -> String { list.count < 10 ? "0\(list.count)" : "\(min(list.count, 99))" }
        // The server name and ALPN are counted, and told in the first part already.
        let hashed = extensions.filter { $0 != 0 && $0 != 16 }.sorted()
        var last = Self.list(hashed)
        if !signatureAlgorithms.isEmpty { last += "_" + Self.list(signatureAlgorithms) }
        return letter + version + (extensions.contains(0) ? "d" : "i") + count(ciphers) + count(extensions)
            + protocolMark + "_" + (ciphers.isEmpty ? Self.nothing : Self.digest(Self.list(ciphers.sorted())))
            + "_" + (extensions.isEmpty ? Self.nothing : Self.digest(last))
    }

    /// The first and last character of the first protocol; of its hexadecimal digits where those are not letters or
    /// digits.
    private var protocolMark: String {
        guard let first = firstProtocol.first, let last = firstProtocol.last else { return "00" }
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
            default: false
            }
        }
        if isAlphanumeric(first), isAlphanumeric(last) { return String(decoding: [first, last], as: UTF8.self) }
        return String(first >> 4, radix: 16) + String(last & 15, radix: 16)
    }

    private static let nothing = "000000000000"

    private static func list(_ numbers: [UInt16]) -> String {
        numbers.map { hexadecimal([UInt8($0 >> 8), UInt8($0 & 255)]) }.joined(separator: ",")
    }

    private static func digest(_ text: String) -> String {
        hexadecimal(SHA256.hash(data: Array(text.utf8)).prefix(6))
    }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
