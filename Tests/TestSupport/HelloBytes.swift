/// ClientHellos, written as RFC 8446, section 4.1.2 draws them.
package enum HelloBytes {
    package static func extensionBytes(_ type: Int, _ body: [UInt8]) -> [UInt8] { u16(type) + u16(body.count) + body }

    package static func serverName(_ name: [UInt8], type: UInt8 = 0) -> [UInt8] { serverNames([(type, name)]) }

    package static func serverNames(_ entries: [(type: UInt8, name: [UInt8])]) -> [UInt8] {
        let list = entries.flatMap { [$0.type] + u16($0.name.count) + $0.name }
        return extensionBytes(0, u16(list.count) + list)
    }

    package static func serverName(_ text: String) -> [UInt8] { serverName(Array(text.utf8)) }

    package static func protocols(_ names: [[UInt8]]) -> [UInt8] {
        let list = names.flatMap { [UInt8($0.count)] + $0 }
        return extensionBytes(16, u16(list.count) + list)
    }

    package static func protocols(_ names: String...) -> [UInt8] { protocols(names.map { Array($0.utf8) }) }

    package static func versions(_ versions: [Int]) -> [UInt8] {
        let list = versions.flatMap { u16($0) }
        return extensionBytes(43, [UInt8(list.count)] + list)
    }

    /// The handshake message's body. `extensions` nil: the field is not there at all, as in SSL 3.
    package static func body(
        version: Int = 0x0303, session: [UInt8] = [], ciphers: [UInt8] = [0x13, 0x01, 0x13, 0x02], extensions: [UInt8]?
    ) -> [UInt8] {
        let front =
            u16(version) + Array(repeating: 0xab, count: 32) + [UInt8(session.count)] + session
            + u16(ciphers.count) + ciphers + [1, 0]
        guard let extensions else { return front }
        return front + u16(extensions.count) + extensions
    }

    package static func message(_ body: [UInt8]) -> [UInt8] { [1] + u24(body.count) + body }

    /// A handshake message in TLS records of at most `size` bytes each.
    package static func records(_ message: [UInt8], size: Int = 16_384) -> [UInt8] {
        stride(from: 0, to: message.count, by: size).flatMap { start in
            let part = message[start..<min(start + size, message.count)]
            return [22, 3, 1] + u16(part.count) + part
        }
    }

    /// A whole hello in one record, as most clients send it. `padding` makes it longer (RFC 7685), behind the name.
    package static func hello(_ name: String, padding: Int = 0, recordSize: Int = 16_384) -> [UInt8] {
        var extensions =
            extensionBytes(0x0a0a, []) + serverName(name) + protocols("h2", "http/1.1")
            + versions([0x1a1a, 0x0304, 0x0303])
        if padding > 0 { extensions += extensionBytes(21, Array(repeating: 0, count: padding)) }
        return records(message(body(session: Array(repeating: 7, count: 32), extensions: extensions)), size: recordSize)
    }
}
