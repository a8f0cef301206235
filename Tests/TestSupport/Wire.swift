package import Decoding

/// Bytes as they stand on the wire, big-endian.
package func u16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
package func u24(_ value: Int) -> [UInt8] { [UInt8(value >> 16 & 255)] + u16(value) }
package func u32(_ value: UInt32) -> [UInt8] { u16(Int(value >> 16)) + u16(Int(value & 0xffff)) }

/// An address from its text, in tests that are not about the text.
package func ip(_ text: String) -> IPAddress {
    guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
}

/// One end of a conversation.
package struct End: Sendable {
    package var address: IPAddress
    package var port: Int

    package init(_ address: String, _ port: Int) {
        self.address = ip(address)
        self.port = port
    }
}

/// Headers, each around what it carries, so that a packet reads from the outside in. Every length can be made a lie.
/// Checksums are zero, which is wrong nearly always, and must not matter.
package enum Wire {
    package static let ipv4 = 0x0800, ipv6 = 0x86dd

    package static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2] + u16(type) + payload
    }

    /// What follows a tag's EtherType.
    package static func tag(_ identifier: Int, _ type: Int, _ payload: [UInt8]) -> [UInt8] {
        u16(identifier) + u16(type) + payload
    }

    package static func ipv4(
        _ source: IPAddress, _ destination: IPAddress, protocol number: UInt8, options: [UInt8] = [],
        totalLength: Int? = nil,
        fragment: Int = 0, _ payload: [UInt8]
    ) -> [UInt8] {
        let header = 20 + options.count
        return [0x40 | UInt8(header / 4), 0] + u16(totalLength ?? header + payload.count) + [0, 1] + u16(fragment)
            + [64, number, 0, 0] + source.bytes + destination.bytes + options + payload
    }

    package static func ipv6(
        _ source: IPAddress, _ destination: IPAddress, next: UInt8, payloadLength: Int? = nil, _ payload: [UInt8]
    ) -> [UInt8] {
        [0x60, 0, 0, 0] + u16(payloadLength ?? payload.count) + [next, 64] + source.bytes + destination.bytes + payload
    }

    package static func tcp(
        _ source: Int, _ destination: Int, sequence: UInt32 = 0, acknowledgement: UInt32 = 0, flags: UInt8 = 0x10,
        dataOffset: Int? = nil,
        options: [UInt8] = [], _ payload: [UInt8] = []
    ) -> [UInt8] {
        u16(source) + u16(destination) + u32(sequence) + u32(acknowledgement)
            + [UInt8(dataOffset ?? 5 + options.count / 4) << 4, flags, 0xff, 0xff, 0, 0, 0, 0] + options + payload
    }

    package static func udp(_ source: Int, _ destination: Int, length: Int? = nil, _ payload: [UInt8]) -> [UInt8] {
        u16(source) + u16(destination) + u16(length ?? payload.count + 8) + [0, 0] + payload
    }

    /// An IP packet of either version between two ends.
    package static func packet(
        _ source: IPAddress, _ destination: IPAddress, protocol number: UInt8, _ payload: [UInt8]
    ) -> [UInt8] {
        source.isIPv4
            ? ipv4(source, destination, protocol: number, payload)
            : ipv6(source, destination, next: number, payload)
    }

    package static func tcpFrame(
        _ source: End, _ destination: End, sequence: UInt32 = 0, acknowledgement: UInt32 = 0, flags: UInt8 = 0x10,
        _ payload: [UInt8] = []
    ) -> [UInt8] {
        let segment = tcp(
            source.port, destination.port, sequence: sequence, acknowledgement: acknowledgement, flags: flags, payload)
        return ethernet(
            source.address.isIPv4 ? ipv4 : ipv6, packet(source.address, destination.address, protocol: 6, segment))
    }

    package static func udpFrame(_ source: End, _ destination: End, _ payload: [UInt8]) -> [UInt8] {
        let datagram = udp(source.port, destination.port, payload)
        return ethernet(
            source.address.isIPv4 ? ipv4 : ipv6, packet(source.address, destination.address, protocol: 17, datagram))
    }
}
