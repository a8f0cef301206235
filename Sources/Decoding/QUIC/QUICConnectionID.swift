/// A connection identifier of QUIC: up to 20 bytes (RFC 9000, section 17.2), kept inline.
package struct QUICConnectionID: Sendable {
    package static let capacity = 20

    package let count: Int
    private var storage = InlineArray<20, UInt8>(repeating: 0)

    init(reading bytes: inout Bytes) throws(DecodingError) {
        count = Int(try bytes.readUInt8())
        guard count <= Self.capacity else { throw .anomaly(.quicHeader) }
        guard count <= bytes.count else { throw .truncated }
        for index in 0..<count { storage[index] = bytes[index] }
        try bytes.skip(count)
    }

    var bytes: [UInt8] { (0..<count).map { storage[$0] } }

    /// Tells connections of one flow apart; never 0 (FNV-1a).
    package var mark: UInt32 {
        var mark: UInt32 = 0x811c_9dc5
        for index in 0..<count { mark = (mark ^ UInt32(storage[index])) &* 0x0100_0193 }
        return mark == 0 ? 1 : mark
    }
}

extension QUICConnectionID: Equatable {
    package static func == (left: QUICConnectionID, right: QUICConnectionID) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left.storage[index] != right.storage[index] { return false }
        return true
    }
}
