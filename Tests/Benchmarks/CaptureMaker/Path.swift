/// An IPv4 address in the low 32 bits, or an IPv6 address.
struct Address {
    var value: UInt128
    var isIPv6: Bool

    static func v4(_ value: UInt32) -> Address { Address(value: UInt128(value), isIPv6: false) }
    static func v6(_ value: UInt128) -> Address { Address(value: value, isIPv6: true) }
}

/// One end of a conversation.
struct Endpoint {
    var hardware: UInt64
    var address: Address
    var port: UInt16
}

/// The two ends of a conversation and the VLAN that it runs in.
struct Path {
    static let gatewayHardware: UInt64 = 0x02_00_5e_00_00_01

    var client: Endpoint
    var server: Endpoint
    var vlan: UInt16?

    var isIPv6: Bool { client.address.isIPv6 }
}

/// What a segment or datagram carries.
enum Payload {
    case nothing
    case message([UInt8])
    /// A cut of the pool.
    case ciphertext(Range<Int>)
    /// The same as one record of TLS application data.
    case record(Range<Int>)

    var count: Int {
        switch self {
        case .nothing: 0
        case .message(let bytes): bytes.count
        case .ciphertext(let range): range.count
        case .record(let range): 5 + range.count
        }
    }
}

/// One packet of a conversation. A datagram has neither flags nor numbers.
struct Segment {
    struct Flags: OptionSet {
        let rawValue: UInt8
        static let fin = Flags(rawValue: 0x01)
        static let syn = Flags(rawValue: 0x02)
        static let push = Flags(rawValue: 0x08)
        static let ack = Flags(rawValue: 0x10)
    }

    var isFromClient: Bool
    var flags: Flags = []
    var sequence: UInt32 = 0
    var acknowledgement: UInt32 = 0
    var payload = Payload.nothing
}
