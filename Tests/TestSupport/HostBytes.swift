package import Decoding

/// Packets that tell who a host is, made field by field.
package enum HostBytes {
    /// A hardware address from its text, in tests that are not about the text.
    package static func mac(_ text: String) -> MACAddress {
        guard let address = MACAddress(text) else { preconditionFailure("\(text) is no hardware address") }
        return address
    }

    package static func bytes(_ address: MACAddress) -> [UInt8] {
        stride(from: 40, through: 0, by: -8).map { UInt8(truncatingIfNeeded: address.bits >> UInt64($0)) }
    }

    /// RFC 826. The frame around it comes from `Wire.ethernet`.
    package static func arp(
        _ sender: String, _ senderAddress: String, target: String = "10.0.0.1", operation: Int = 1
    ) -> [UInt8] {
        [0, 1, 8, 0, 6, 4] + u16(operation) + bytes(mac(sender)) + ip(senderAddress).bytes
            + [UInt8](repeating: 0, count: 6) + ip(target).bytes
    }

    package static func arpFrame(
        _ sender: String, _ senderAddress: String, target: String = "10.0.0.1", operation: Int = 1
    ) -> [UInt8] {
        Wire.ethernet(0x0806, arp(sender, senderAddress, target: target, operation: operation))
    }

    /// RFC 2131, section 2, with the options in the order given; nothing but zeros in the fields without a parameter.
    package static func dhcp(
        reply: Bool = false, identifier: UInt32 = 0x1234_5678, client: String = "0.0.0.0", your: String = "0.0.0.0",
        relay: String = "0.0.0.0", hardware: String, serverName: [UInt8] = [], file: [UInt8] = [],
        _ options: [[UInt8]]
    ) -> [UInt8] {
        func filled(_ bytes: [UInt8], to count: Int) -> [UInt8] {
            bytes + [UInt8](repeating: 0, count: count - bytes.count)
        }
        var message: [UInt8] = [reply ? 2 : 1, 1, 6, 0]
        message += u32(identifier) + [0, 0, 0, 0]
        message += ip(client).bytes + ip(your).bytes + [0, 0, 0, 0] + ip(relay).bytes
        message += filled(bytes(mac(hardware)), to: 16) + filled(serverName, to: 64) + filled(file, to: 128)
        return message + [99, 130, 83, 99] + options.flatMap { $0 } + [255]
    }

    package static func option(_ code: UInt8, _ value: [UInt8]) -> [UInt8] { [code, UInt8(value.count)] + value }
    package static func option(_ code: UInt8, _ text: String) -> [UInt8] { option(code, Array(text.utf8)) }

    /// RFC 8415, section 8.
    package static func dhcp6(_ kind: UInt8, identifier: Int = 0x12_3456, _ options: [[UInt8]]) -> [UInt8] {
        [kind] + u24(identifier) + options.flatMap { $0 }
    }

    package static func option6(_ code: Int, _ value: [UInt8]) -> [UInt8] { u16(code) + u16(value.count) + value }

    /// A DUID-LLT (section 11.2).
    package static func identifier(_ hardware: String) -> [UInt8] {
        option6(1, [0, 1, 0, 1, 0x2c, 0, 0, 0] + bytes(mac(hardware)))
    }

    /// An IA_NA with addresses (sections 21.4 and 21.6).
    package static func association(_ leases: [(address: String, lifetime: UInt32)]) -> [UInt8] {
        var value = u32(1) + u32(0) + u32(0)
        for lease in leases { value += option6(5, ip(lease.address).bytes + u32(3_600) + u32(lease.lifetime)) }
        return option6(3, value)
    }

    /// Section 9: what a relay puts around a message. `before` stands in front of the message.
    package static func relayed(_ message: [UInt8], kind: UInt8 = 12, before: [[UInt8]] = []) -> [UInt8] {
        [kind, 0] + ip("fd00::1").bytes + ip("fe80::2").bytes + before.flatMap { $0 } + option6(9, message)
    }

    package static func labels(_ name: String) -> [UInt8] {
        DNSBytes.name(name)
    }

    /// RFC 4861, section 4.3 (type 135) and 4.4 (136).
    package static func neighbor(_ type: UInt8, target: String, hardware: String? = nil) -> [UInt8] {
        var option: [UInt8] = []
        if let hardware { option = [type == 135 ? 1 : 2, 1] + bytes(mac(hardware)) }
        return [type, 0, 0, 0, 0x60, 0, 0, 0] + ip(target).bytes + option
    }

    package static func neighborFrame(
        _ type: UInt8, from source: String, target: String, hardware: String? = nil
    ) -> [UInt8] {
        let message = neighbor(type, target: target, hardware: hardware)
        return Wire.ethernet(Wire.ipv6, Wire.ipv6(ip(source), ip("ff02::1"), next: 58, message))
    }

    /// RFC 1002, sections 4.2.2 and 4.2.13: a registration, or a positive answer to a query.
    package static func netbios(
        _ name: String, suffix: UInt8 = 0, addresses: [String], isGroup: Bool = false, isResponse: Bool = false
    ) -> [UInt8] {
        let padded = Array(name.utf8) + [UInt8](repeating: 0x20, count: 15 - name.utf8.count) + [suffix]
        var encoded: [UInt8] = [0x20]
        for byte in padded { encoded += [0x41 + byte >> 4, 0x41 + byte & 15] }
        encoded.append(0)
        var data: [UInt8] = []
        for address in addresses { data += u16(isGroup ? 0x8000 : 0) + ip(address).bytes }
        let record: [UInt8] = [0, 0x20, 0, 1] + u32(300_000) + u16(data.count) + data
        let head: [UInt8] =
            isResponse ? [0, 7, 0x85, 0, 0, 0, 0, 1, 0, 0, 0, 0] : [0, 7, 0x29, 0x10, 0, 1, 0, 0, 0, 0, 0, 1]
        return head + encoded + (isResponse ? [] : [0, 0x20, 0, 1, 0xc0, 12]) + record
    }
}
