/// Generic Routing Encapsulation: RFC 1701 (version 0 with source routes), RFC 2784 and RFC 2890, and the version 1 of
/// PPTP (RFC 2637). NVGRE (RFC 7637) is version 0 around Ethernet with a key.
struct GREHeader {
    // Bits of the first byte.
    private static let hasChecksum: UInt8 = 0x80, hasRouting: UInt8 = 0x40, hasKey: UInt8 = 0x20
    private static let hasSequence: UInt8 = 0x10
    /// Of the second byte in version 1.
    private static let hasAcknowledgment: UInt8 = 0x80
    /// Source routes were never used much; eight hops are plenty.
    private static let routeLimit = 8

    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        let flags = try bytes.readUInt8()
        let version = try bytes.readUInt8()
        let type = EtherType(rawValue: try bytes.readUInt16())
        switch version & 7 {
        case 0:
            if flags & (Self.hasChecksum | Self.hasRouting) != 0 { try bytes.skip(4) }
            if flags & Self.hasKey != 0 { try bytes.skip(4) }
            if flags & Self.hasSequence != 0 { try bytes.skip(4) }
            if flags & Self.hasRouting != 0 { try Self.skipRoutes(&bytes) }
        case 1:
            // The key is the payload's length and the call.
            try bytes.skip(4)
            if flags & Self.hasSequence != 0 { try bytes.skip(4) }
            if version & Self.hasAcknowledgment != 0 { try bytes.skip(4) }
        default:
            throw .anomaly(.greVersion)
        }
        switch type {
        // Type I has no header of its own, and no sequence number.
        case .erspan: next = flags & Self.hasSequence == 0 ? .ethernet : .erspan
        case .erspan3: next = .erspan3
        // Web Cache Communication: version 2 puts four bytes in front, which never look like IPv4.
        case .wccp:
            if bytes.count > 0, bytes[0] >> 4 != 4 { try bytes.skip(4) }
            next = .ip
        default: next = .type(type)
        }
    }

    /// RFC 1701: entries of address family, offset, length and addresses; one without addresses is the last.
    private static func skipRoutes(_ bytes: inout Bytes) throws(DecodingError) {
        for _ in 0..<routeLimit {
            let family = try bytes.readUInt16()
            try bytes.skip(1)
            let length = Int(try bytes.readUInt8())
            if family == 0, length == 0 { return }
            try bytes.skip(length)
        }
        throw .anomaly(.tooManyHeaders)
    }
}
