/// The unread rest of a packet or message. Reading a field shortens it from the front.
///
/// Every `init(reading: &bytes)` of this module takes what it needs from the front and leaves the rest.
/// Integers on the wire are big-endian (network byte order). No read reaches beyond the end: it throws
/// `DecodingError.truncated` instead.
package typealias Bytes = Span<UInt8>

extension Bytes {
    @inline(__always) package mutating func readUInt8() throws(DecodingError) -> UInt8 {
        guard count >= 1 else { throw .truncated }
        defer { self = extracting(droppingFirst: 1) }
        return self[0]
    }

    @inline(__always) package mutating func readUInt16() throws(DecodingError) -> UInt16 {
        guard count >= 2 else { throw .truncated }
        defer { self = extracting(droppingFirst: 2) }
        return UInt16(self[0]) << 8 | UInt16(self[1])
    }

    @inline(__always) package mutating func readUInt24() throws(DecodingError) -> Int {
        guard count >= 3 else { throw .truncated }
        defer { self = extracting(droppingFirst: 3) }
        return Int(self[0]) << 16 | Int(self[1]) << 8 | Int(self[2])
    }

    @inline(__always) package mutating func readUInt32() throws(DecodingError) -> UInt32 {
        guard count >= 4 else { throw .truncated }
        defer { self = extracting(droppingFirst: 4) }
        return UInt32(self[0]) << 24 | UInt32(self[1]) << 16 | UInt32(self[2]) << 8 | UInt32(self[3])
    }

    @inline(__always) package mutating func readUInt128() throws(DecodingError) -> UInt128 {
        guard count >= 16 else { throw .truncated }
        var value: UInt128 = 0
        for index in 0..<16 { value = value << 8 | UInt128(self[index]) }
        self = extracting(droppingFirst: 16)
        return value
    }

    /// Drops the next `length` bytes. A negative length is never asked for by honest input, and throws as well.
    @inline(__always) package mutating func skip(_ length: Int) throws(DecodingError) {
        guard length >= 0, length <= count else { throw .truncated }
        self = extracting(droppingFirst: length)
    }

    /// Drops everything behind the next `length` bytes: an inner decoder cannot outrun the length field around it.
    @inline(__always) package mutating func keep(first length: Int) throws(DecodingError) {
        guard length >= 0, length <= count else { throw .truncated }
        self = extracting(first: length)
    }
}
