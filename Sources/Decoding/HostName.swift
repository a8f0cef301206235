/// A host name as a packet showed it: ASCII letters folded to lower case, without a trailing dot, kept inline.
///
/// The bytes are hostile: a name can hold any byte value. `description` escapes them; nothing else prints a name.
package struct HostName: Sendable {
    /// RFC 1035, section 2.3.4: a name is at most 255 bytes on the wire, hence 253 as text. SNI could be longer.
    package static let capacity = 255

    package private(set) var count: UInt8 = 0
    /// The name was longer than `capacity`: the front is kept, and it matches no endpoint.
    package private(set) var isTruncated = false
    package private(set) var storage = InlineArray<255, UInt8>(repeating: 0)

    @inline(__always) package init() {}

    package init(_ text: String) {
        for byte in text.utf8 { append(byte) }
        dropTrailingDot()
    }

    package init(copying bytes: Bytes) {
        for index in 0..<bytes.count { append(bytes[index]) }
        dropTrailingDot()
    }

    @inline(__always) package var isEmpty: Bool { count == 0 }

    /// A name of the local link: `local`, or anything below it (RFC 6762, section 3).
    package var isLocal: Bool {
        let label = HostName("local")
        let start = Int(count) - Int(label.count)
        guard start == 0 || start > 0 && storage[start - 1] == UInt8(ascii: ".") else { return false }
        for index in 0..<Int(label.count) where storage[start + index] != label[index] { return false }
        return true
    }

    @inline(__always) package subscript(index: Int) -> UInt8 { storage[index] }

    /// Adds one byte, folded to lower case (RFC 4343: case of ASCII letters carries no meaning).
    @inline(__always) package mutating func append(_ byte: UInt8) {
        guard Int(count) < Self.capacity else {
            isTruncated = true
            return
        }
        storage[Int(count)] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        count += 1
    }

    package mutating func dropTrailingDot() {
        if count > 0, storage[Int(count) - 1] == UInt8(ascii: ".") { count -= 1 }
    }
}

extension HostName: Hashable {
    package static func == (left: HostName, right: HostName) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<Int(left.count) where left.storage[index] != right.storage[index] { return false }
        return true
    }

    package func hash(into hasher: inout Hasher) {
        for index in 0..<Int(count) { hasher.combine(storage[index]) }
    }
}

extension HostName: CustomStringConvertible {
    /// Printable ASCII; a backslash and every other byte as `\DDD`, decimal (RFC 1035, section 5.1).
    package var description: String { escaped((0..<Int(count)).lazy.map { storage[$0] }) }
}
