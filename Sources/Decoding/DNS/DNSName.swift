extension HostName {
    /// A pointer must go back before the label that it continues, so a name of 255 bytes can hold at most 127 labels,
    /// each reached by one pointer (RFC 1035, section 4.1.4).
    static let dnsPointerLimit = 128

    /// Reads a domain name (RFC 1035, sections 3.1 and 4.1.4) at `offset` of `message`, following compression
    /// pointers, and moves `offset` behind it. The root is an empty name. No pointer may point forward or at itself,
    /// so that the walk ends.
    ///
    /// - Throws: `truncated`, or the anomaly that the name shows.
    @inline(__always)
    init(inMessage message: Bytes, at offset: inout Int) throws(DecodingError) {
        self.init()
        var position = offset
        var lowest = offset
        var pointers = 0
        var wireLength = 1
        while true {
            guard position < message.count else { throw .truncated }
            let length = Int(message[position])
            position += 1
            switch length {
            case 0:
                if pointers == 0 { offset = position }
                return
            case 1...63:
                guard position + length <= message.count else { throw .truncated }
                wireLength += length + 1
                guard wireLength <= 255 else { throw .anomaly(.dnsNameTooLong) }
                if count > 0 { append(UInt8(ascii: ".")) }
                for index in position..<position + length { append(message[index]) }
                position += length
            case 0xc0...:
                guard position < message.count else { throw .truncated }
                let target = (length & 0x3f) << 8 | Int(message[position])
                if pointers == 0 { offset = position + 1 }
                guard target < lowest else { throw .anomaly(.dnsPointerForward) }
                pointers += 1
                guard pointers <= Self.dnsPointerLimit else { throw .anomaly(.dnsTooManyPointers) }
                lowest = target
                position = target
            default:
                throw .anomaly(.dnsLabelType)
            }
        }
    }

    /// Moves `offset` behind a domain name without reading it.
    static func skip(inMessage message: Bytes, at offset: inout Int) throws(DecodingError) {
        while offset < message.count {
            let length = Int(message[offset])
            switch length {
            case 0:
                offset += 1
                return
            case 1...63: offset += length + 1
            case 0xc0...:
                offset += 2
                return
            default: throw .anomaly(.dnsLabelType)
            }
        }
        throw .truncated
    }

    /// Reads labels that fill `bytes`, without pointers. Where no empty label ends them, the name is the front of one
    /// (RFC 4702, section 3.1; RFC 4704, section 4.2).
    init(labels bytes: Bytes) throws(DecodingError) {
        self.init()
        var bytes = bytes
        while bytes.count > 0 {
            let length = Int(try bytes.readUInt8())
            if length == 0 { return }
            guard length <= 63 else { throw .anomaly(.dnsLabelType) }
            guard length <= bytes.count else { throw .truncated }
            if !isEmpty { append(UInt8(ascii: ".")) }
            for index in 0..<length { append(bytes[index]) }
            try bytes.skip(length)
        }
        if isTruncated { throw .anomaly(.dnsNameTooLong) }
    }
}
