/// One element of DER (X.690): a tag, and where in the bytes its contents stand.
///
/// Walking is by ranges of the one span that holds the certificate: nothing is copied, and no element outruns the one
/// around it.
struct DERElement {
    static let sequence: UInt8 = 0x30, set: UInt8 = 0x31, objectIdentifier: UInt8 = 0x06
    static let octetString: UInt8 = 0x04, boolean: UInt8 = 0x01

    let tag: UInt8
    let contents: Range<Int>

    /// The element at the front of `range`, whose front moves behind it.
    init(in bytes: Bytes, reading range: inout Range<Int>) throws(DecodingError) {
        guard range.count >= 2 else { throw .anomaly(.certificateMalformed) }
        tag = bytes[range.lowerBound]
        var start = range.lowerBound + 2
        var length = Int(bytes[range.lowerBound + 1])
        if length >= 0x80 {
            // Three bytes of length are 16 MiB, more than a message of TLS can hold.
            let size = length & 0x7f
            guard (1...3).contains(size), range.count >= 2 + size else { throw .anomaly(.certificateMalformed) }
            length = 0
            for index in start..<start + size { length = length << 8 | Int(bytes[index]) }
            start += size
        }
        // Tags of several bytes do not occur in a certificate.
        guard tag & 0x1f != 0x1f, length <= range.upperBound - start else { throw .anomaly(.certificateMalformed) }
        contents = start..<start + length
        range = start + length..<range.upperBound
    }

    /// The same, where only one tag makes sense.
    init(_ tag: UInt8, in bytes: Bytes, reading range: inout Range<Int>) throws(DecodingError) {
        self = try DERElement(in: bytes, reading: &range)
        guard self.tag == tag else { throw .anomaly(.certificateMalformed) }
    }
}
