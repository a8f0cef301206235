/// A protocol version as it stands in TLS messages. Source: IANA, RFC 8446 section 4.2.1.
package struct TLSVersion: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt16
    @inline(__always) package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let ssl3 = TLSVersion(rawValue: 0x0300)
    package static let tls10 = TLSVersion(rawValue: 0x0301)
    package static let tls11 = TLSVersion(rawValue: 0x0302)
    package static let tls12 = TLSVersion(rawValue: 0x0303)
    package static let tls13 = TLSVersion(rawValue: 0x0304)

    package static let dtls10 = TLSVersion(rawValue: 0xfeff)
    package static let dtls12 = TLSVersion(rawValue: 0xfefd)
    package static let dtls13 = TLSVersion(rawValue: 0xfefc)

    /// Orders versions by age: the numbers of DTLS go down (RFC 6347, section 4.1).
    @inline(__always) var rank: Int { rawValue >> 8 == 0xfe ? 0xffff - Int(rawValue) : Int(rawValue) }

    /// 0x0a0a, 0x1a1a, … 0xfafa: a value that only tests whether the other side ignores it (RFC 8701).
    @inline(__always) package var isGREASE: Bool { rawValue & 0x0f0f == 0x0a0a && rawValue >> 8 == rawValue & 0xff }
}

extension TLSVersion: CustomStringConvertible {
    /// The word of ECS `tls.version`, such as `1.3`; an unknown number in hexadecimal.
    package var description: String {
        switch self {
        case .ssl3: "ssl3"
        case .tls10, .dtls10: "1.0"
        case .tls11: "1.1"
        case .tls12, .dtls12: "1.2"
        case .tls13, .dtls13: "1.3"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
