/// The handshake fragments of a datagram, through its DTLS records (RFC 6347, sections 4.1 and 4.2.2; RFC 9147,
/// sections 4 and 5.2), by their place in it. Only those that are not encrypted: epoch 0.
package struct DTLSHandshake: Sendable {
    /// Where the next record starts, and the rest of the one before it.
    private var offset = 0
    private var record = 0..<0

    package init() {}

    /// The messages that tell something.
    package enum Kind: UInt8, Sendable {
        case clientHello = 1
        case serverHello = 2
        case helloVerifyRequest = 3
        case certificate = 11
    }

    /// What the fragments of one message have in common.
    package struct Message: Equatable, Sendable {
        /// Nil for any other.
        package let kind: Kind?
        /// Counts the messages of its sender: the hello behind a HelloVerifyRequest has another one.
        package let sequence: UInt16
        /// Of the whole body.
        package let length: Int
    }

    package struct Fragment: Sendable {
        package let message: Message
        /// In the body.
        package let offset: Int
        /// Where its bytes stand in the datagram; less than it says where the capture cut them off.
        package let range: Range<Int>
    }

    /// Whether a datagram with these first bytes can hold a handshake: type, version and epoch. 0x0100 is the version
    /// of DTLS before its RFC, which some VPN clients still speak.
    @inline(__always) package static func canStart(_ datagram: Bytes) -> Bool {
        datagram.count >= 13 && datagram[0] == 22
            && (datagram[1] == 0xfe && datagram[2] >= 0xfc || datagram[1] == 1 && datagram[2] == 0)
            && datagram[3] == 0 && datagram[4] == 0
    }

    /// - Parameter isCut: the capture kept only the front of the datagram.
    package mutating func nextFragment(in datagram: Bytes, isCut: Bool) throws(DecodingError) -> Fragment? {
        while record.isEmpty {
            guard offset < datagram.count else { return nil }
            var bytes = datagram.extracting(droppingFirst: offset)
            let isHandshake = Self.canStart(bytes)
            try bytes.skip(11)
            let length = Int(try bytes.readUInt16())
            guard length <= bytes.count || isCut else { throw .truncated }
            let end = offset + 13 + min(length, bytes.count)
            if isHandshake { record = offset + 13..<end }
            offset = end
        }
        var bytes = datagram.extracting(record)
        let type = try bytes.readUInt8()
        let length = try bytes.readUInt24()
        let sequence = try bytes.readUInt16()
        let start = try bytes.readUInt24()
        let count = try bytes.readUInt24()
        guard start + count <= length else { throw .anomaly(.dtlsMalformed) }
        guard count <= bytes.count || isCut else { throw .truncated }
        let range = record.lowerBound + 12..<record.lowerBound + 12 + min(count, bytes.count)
        record = range.upperBound..<record.upperBound
        let message = Message(kind: Kind(rawValue: type), sequence: sequence, length: length)
        return Fragment(message: message, offset: start, range: range)
    }
}
