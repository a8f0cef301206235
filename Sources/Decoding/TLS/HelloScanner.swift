/// Finds a ClientHello at the front of a byte stream: through any number of TLS records (RFC 8446, section 5.1),
/// looking at every byte once however the stream grows.
///
/// The stream stays with the caller, who passes all of it so far, without gaps, each time there is more.
package struct HelloScanner: Sendable {
    /// Post-quantum key shares make 1.7 kB, real hellos have reached 16 kB; caps of 2 to 8 kB were too small for
    /// others. 64 KiB is the bound of architecture.md.
    package static let lengthLimit = 65_536
    /// RFC 5246, section 6.2.3: 2^14 bytes and 2,048 of expansion, which honest hellos never use.
    private static let recordLimit = 16_384 + 2_048

    package enum Progress: Equatable, Sendable {
        /// The stream does not start with a hello, or no longer can.
        case notHello(Anomaly?)
        /// Nothing can be said before the stream has this many bytes.
        case needs(Int)
        /// Every byte of the hello is there.
        case complete
    }

    /// Where the first record starts that is not complete yet.
    private var recordStart = 0
    /// Handshake bytes in the complete records.
    private var collected = 0
    /// Of the whole message, with its four header bytes; 0 until known.
    private var helloLength = 0

    package init() {}

    /// Goes on where the last call stopped.
    package mutating func advance(over stream: Bytes) -> Progress {
        guard Self.canStart(stream) else { return .notHello(nil) }
        // The type of the message decides before the record is whole, or known to be bad: a part of another message is no
        // part of a hello.
        guard stream.count >= 6 else { return .needs(6) }
        while true {
            guard stream.count >= recordStart + 5 else { return .needs(recordStart + 5) }
            guard stream[recordStart] == 22, stream[recordStart + 1] == 3 else {
                return .notHello(.clientHelloMalformed)
            }
            let length = Int(stream[recordStart + 3]) << 8 | Int(stream[recordStart + 4])
            guard length > 0, length <= Self.recordLimit else { return .notHello(.clientHelloMalformed) }
            guard stream.count >= recordStart + 5 + length else { return .needs(recordStart + 5 + length) }
            recordStart += 5 + length
            collected += length
            if helloLength == 0, collected >= 4 {
                helloLength = 4 + Self.bodyLength(in: stream)
                guard helloLength <= Self.lengthLimit else { return .notHello(.clientHelloTooLong) }
            }
            if helloLength > 0, collected >= helloLength { return .complete }
        }
    }

    /// Whether a stream with these first bytes can start with a ClientHello. An empty one can.
    @inline(__always) package static func canStart(_ stream: Bytes) -> Bool {
        let count = stream.count
        if count > 0, stream[0] != 22 { return false }
        if count > 1, stream[1] != 3 { return false }
        if count > 2, stream[2] > 4 { return false }
        if count > 5, stream[5] != 1 { return false }
        return true
    }

    /// Decodes the hello, or what `stream` holds of it. One that spans records is put together in `scratch`.
    package static func clientHello(in stream: Bytes, scratch: inout [UInt8]) throws(DecodingError) -> ClientHello {
        try withBody(of: stream, &scratch) { body throws(DecodingError) in try ClientHello(reading: &body) }
    }

    /// The fingerprint of a complete hello.
    package static func fingerprint(in stream: Bytes, scratch: inout [UInt8]) throws(DecodingError) -> ClientFingerprint
    {
        try withBody(of: stream, &scratch) { body throws(DecodingError) in
            try ClientFingerprint(reading: &body, carrier: .tls)
        }
    }

    @inline(__always)
    private static func withBody<Result>(
        of stream: Bytes, _ scratch: inout [UInt8], _ read: (inout Bytes) throws(DecodingError) -> Result
    ) throws(DecodingError) -> Result {
        var record = stream
        try record.skip(3)
        let length = Int(try record.readUInt16())
        if length < record.count { try record.keep(first: length) }
        if record.count >= 4 {
            var message = record
            try message.skip(1)
            let body = try message.readUInt24()
            if body <= message.count {
                try message.keep(first: body)
                return try read(&message)
            }
        }
        copyHandshake(from: stream, into: &scratch)
        var message = scratch.span
        try message.skip(1)
        let body = try message.readUInt24()
        if body < message.count { try message.keep(first: body) }
        return try read(&message)
    }

    private static func copyHandshake(from stream: Bytes, into scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        var start = 0
        while start + 5 <= stream.count, stream[start] == 22 {
            let length = Int(stream[start + 3]) << 8 | Int(stream[start + 4])
            for index in start + 5..<min(start + 5 + length, stream.count) { scratch.append(stream[index]) }
            start += 5 + length
        }
    }

    /// The 24-bit length in the handshake header, whose bytes may lie in several records. Needs four handshake bytes.
    private static func bodyLength(in stream: Bytes) -> Int {
        var value = 0
        var taken = 0
        var start = 0
        while taken < 4 {
            let length = Int(stream[start + 3]) << 8 | Int(stream[start + 4])
            for index in start + 5..<start + 5 + min(length, 4 - taken) {
                value = value << 8 | Int(stream[index])
                taken += 1
            }
            start += 5 + length
        }
        return value & 0xff_ffff
    }
}
