/// Finds the server's own certificate in its first flight, up to TLS 1.2 (RFC 5246, section 7.4.2): through any number
/// of records, looking at every record once however the stream grows. Later versions encrypt it.
///
/// The stream stays with the caller, who passes all of it so far, without gaps, each time there is more.
package struct CertificateScanner: Sendable {
    /// As for a hello. Chains take 3 to 6 kB, and the server's own comes first.
    package static let lengthLimit = HelloScanner.lengthLimit
    private static let recordLimit = 16_384 + 2_048
    private static let serverHello: UInt8 = 2, certificate: UInt8 = 11

    package enum Progress: Equatable, Sendable {
        /// The server shows no certificate in the clear, or what it shows is none.
        case noCertificate(Anomaly?)
        /// Nothing can be said before the stream has this many bytes.
        case needs(Int)
        /// The certificate is there; `copyCertificate` has its bytes.
        case complete
    }

    private enum Stage { case hello, message, chain, certificate }

    private var stage = Stage.hello
    /// Where the record starts that is looked at.
    private var recordStart = 0
    /// Its length, without the header; 0 until known.
    private var openRecord = 0
    /// Handshake bytes in the records before it.
    private var collected = 0
    /// The next handshake byte to look at.
    private var position = 0
    /// Behind the certificate, in handshake bytes.
    private var end = 0

    package init() {}

    /// Whether a stream with these first bytes can start with a ServerHello.
    package static func canStart(_ stream: Bytes) -> Bool {
        if stream.count > 0, stream[0] != 22 { return false }
        if stream.count > 1, stream[1] != 3 { return false }
        if stream.count > 2, stream[2] > 4 { return false }
        if stream.count > 5, stream[5] != serverHello { return false }
        return true
    }

    /// Goes on where the last call stopped.
    package mutating func advance(over stream: Bytes) -> Progress {
        guard Self.canStart(stream) else { return .noCertificate(nil) }
        while true {
            let available = collected + max(min(stream.count - recordStart - 5, openRecord), 0)
            if available >= position + wanted {
                if let progress = look(stream) { return progress }
                continue
            }
            if openRecord > 0 {
                // The server's own certificate stands at the front of a long record: the rest is not waited for.
                let missing = position + wanted - collected
                guard missing > openRecord else { return .needs(recordStart + 5 + missing) }
                guard stream.count >= recordStart + 5 + openRecord else { return .needs(recordStart + 5 + openRecord) }
                recordStart += 5 + openRecord
                collected += openRecord
                openRecord = 0
            }
            guard stream.count > recordStart else { return .needs(recordStart + 5) }
            // A change of the cipher, or TLS 1.3: what follows is encrypted.
            guard stream[recordStart] == 22 else { return .noCertificate(nil) }
            guard stream.count >= recordStart + 5 else { return .needs(recordStart + 5) }
            openRecord = Int(stream[recordStart + 3]) << 8 | Int(stream[recordStart + 4])
            guard stream[recordStart + 1] == 3, openRecord > 0, openRecord <= Self.recordLimit else {
                return .noCertificate(.certificateMalformed)
            }
        }
    }

    /// The handshake bytes that the present stage has to see together.
    private var wanted: Int {
        switch stage {
        case .hello, .message: 4
        case .chain: 6
        case .certificate: end - position
        }
    }

    private mutating func look(_ stream: Bytes) -> Progress? {
        switch stage {
        case .hello, .message:
            let header = Self.number(of: 4, at: position, in: stream)
            let length = header & 0xff_ffff
            guard length <= Self.lengthLimit else { return .noCertificate(.certificateMalformed) }
            switch (stage, UInt8(header >> 24)) {
            case (.hello, Self.serverHello):
                position += 4 + length
                stage = .message
            case (.message, Self.certificate):
                position += 4
                stage = .chain
            default: return .noCertificate(nil)
            }
            return nil
        case .chain:
            // The chain's length, then that of its first certificate. A server may have none to show.
            let chain = Self.number(of: 3, at: position, in: stream)
            let length = Self.number(of: 3, at: position + 3, in: stream)
            guard chain > 3, length > 0, length + 3 <= chain, length <= Self.lengthLimit else {
                return .noCertificate(chain == 0 ? nil : .certificateMalformed)
            }
            position += 6
            end = position + length
            stage = .certificate
            return nil
        case .certificate:
            return .complete
        }
    }

    /// Where the server's own certificate stands in the body of a Certificate message; nil where the chain is empty.
    ///
    /// - Throws: `truncated` as long as it is not all there.
    package static func ownCertificate(in body: Bytes) throws(DecodingError) -> Range<Int>? {
        var bytes = body
        let chain = try bytes.readUInt24()
        guard chain > 0 else { return nil }
        let length = try bytes.readUInt24()
        guard length > 0, length + 3 <= chain else { throw .anomaly(.certificateMalformed) }
        guard length <= bytes.count else { throw .truncated }
        return 6..<6 + length
    }

    /// Puts the certificate together, whose bytes may lie in several records.
    package func copyCertificate(from stream: Bytes, into scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        var passed = 0
        var start = 0
        while passed < end, start + 5 <= stream.count {
            let length = Int(stream[start + 3]) << 8 | Int(stream[start + 4])
            let first = start + 5 + max(position - passed, 0)
            let last = min(start + 5 + min(length, end - passed), stream.count)
            if first < last { for index in first..<last { scratch.append(stream[index]) } }
            passed += length
            start += 5 + length
        }
    }

    /// A number of handshake bytes that have been collected, wherever the records cut it.
    private static func number(of count: Int, at position: Int, in stream: Bytes) -> Int {
        var value = 0
        var taken = 0
        var passed = 0
        var start = 0
        while taken < count {
            let length = Int(stream[start + 3]) << 8 | Int(stream[start + 4])
            var offset = position + taken - passed
            while offset < length, taken < count {
                value = value << 8 | Int(stream[start + 5 + offset])
                offset += 1
                taken += 1
            }
            passed += length
            start += 5 + length
        }
        return value
    }
}
