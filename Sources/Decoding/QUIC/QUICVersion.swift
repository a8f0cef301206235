/// A version of QUIC, as the long header has it. Only those are known whose Initial packets can be read.
package struct QUICVersion: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    @inline(__always) package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// RFC 9000 and RFC 9369.
    package static let one = QUICVersion(rawValue: 0x0000_0001)
    package static let two = QUICVersion(rawValue: 0x6b33_43cf)

    package enum Family: Sendable {
        /// TLS in CRYPTO frames, in Initial packets that the version's salt protects.
        case tls
        /// Google's own handshake in the clear, behind the public header of its first versions.
        case publicHeader
        /// The same, behind a long header.
        case clearLongHeader
        /// Google's own handshake, protected like TLS.
        case protectedGoogle
    }

    package var family: Family? {
        switch rawValue {
        case 0x0000_0001, 0x6b33_43cf: return .tls
        // Drafts 22 to 34. Before them, the connection identifiers were coded in another way.
        case 0xff00_0016...0xff00_0022: return .tls
        // Facebook's mvfst: draft 22, draft 27 and what came after.
        case 0xface_b000...0xface_b01f: return .tls
        // T050 and T051: TLS in Google's transport.
        case 0x5430_3530, 0x5430_3531: return .tls
        // Q050.
        case 0x5130_3530: return .protectedGoogle
        default:
            // "Q024" to "Q049". Q044 was the first with a long header.
            guard rawValue >> 16 == 0x5130 else { return nil }
            let tens = rawValue >> 8 & 0xff, ones = rawValue & 0xff
            guard (0x32...0x34).contains(tens), (0x30...0x39).contains(ones) else { return nil }
            let number = (tens - 0x30) * 10 + ones - 0x30
            return number < 24 ? nil : number < 44 ? .publicHeader : .clearLongHeader
        }
    }

    /// Version 2 gave its packet types other numbers (RFC 9369, section 3.2).
    var initialType: UInt8 { self == .two ? 1 : 0 }
    var retryType: UInt8 { self == .two ? 0 : 3 }

    /// What the Initial secrets of a protected version are extracted with.
    /// Sources: RFC 9001, section 5.2; RFC 9369, section 3.3.1; draft-ietf-quic-tls-22, -23 and -29, section 5.2;
    /// the QUICHE sources for Google's versions.
    var salt: [UInt8] {
        switch rawValue {
        case 0x6b33_43cf: Self.salt2
        case 0xff00_0016, 0xface_b001: Self.salt22
        case 0xff00_0017...0xff00_001c: Self.salt23
        case 0xff00_001d...0xff00_0020: Self.salt29
        // mvfst counts its own aliases of version 1 from here.
        case 0xface_b003, 0xface_b004: Self.salt1
        case 0xface_b000...0xface_b01f: Self.salt23
        case 0x5130_3530: Self.saltQ050
        case 0x5430_3530: Self.saltT050
        case 0x5430_3531: Self.saltT051
        default: Self.salt1
        }
    }

    private static let salt1: [UInt8] = [
        0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb,
        0x7f, 0x0a,
    ]
    private static let salt2: [UInt8] = [
        0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd,
        0x2e, 0xd9,
    ]
    private static let salt22: [UInt8] = [
        0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a, 0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02,
        0x64, 0x4a,
    ]
    private static let salt23: [UInt8] = [
        0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7, 0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9,
        0xf5, 0x02,
    ]
    private static let salt29: [UInt8] = [
        0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97, 0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90,
        0xa8, 0x99,
    ]
    private static let saltQ050: [UInt8] = [
        0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94, 0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5,
        0x6b, 0x45,
    ]
    private static let saltT050: [UInt8] = [
        0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80, 0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48,
        0x83, 0x10,
    ]
    private static let saltT051: [UInt8] = [
        0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50, 0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e,
        0x03, 0x3d,
    ]
}

extension QUICVersion: CustomStringConvertible {
    /// Google's versions are four characters; the others a number in hexadecimal.
    package var description: String {
        guard rawValue >> 16 == 0x5130 || rawValue >> 16 == 0x5430 else { return "0x" + String(rawValue, radix: 16) }
        return String(decoding: (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * $0)) }, as: UTF8.self)
    }
}
