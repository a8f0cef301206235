/// A request of HTTP/1 (RFC 9112): whom it names in its target and in its Host field, and what made it.
package struct HTTPRequest: Sendable {
    /// Servers take 8 to 32 kB of header; what is longer is read as far.
    private static let headerLimit = 16_384

    /// Bytes of a User-Agent that are kept. Browsers send 100 to 250; a longer one is left alone.
    package static let userAgentLimit = 512

    private enum Extent {
        /// The first line cannot be a request's.
        case notHTTP
        /// The header has no end yet.
        case open
        /// This many bytes, with the empty line.
        case complete(Int)
    }

    private var extent = Extent.open
    private var isConnect = false
    private var target: Passage.Target?
    private var host: Range<Int>?
    private var userAgent: Range<Int>?
    /// What follows the header.
    private var bodyLength = 0
    private var isBodyUnknown = false

    static func step(over stream: Bytes) -> StreamStep {
        let request = HTTPRequest(reading: stream)
        switch request.extent {
        case .notHTTP: return .over
        case .open where stream.count < headerLimit: return .needs(stream.count + 1)
        case .open: return .passes(request.passage(length: stream.count, next: nil))
        case .complete(let length):
            if request.isConnect { return .passes(request.passage(length: length, next: .undecided)) }
            let next: StreamDecoder? = request.isBodyUnknown ? nil : .http
            return .passes(request.passage(length: length + request.bodyLength, next: next))
        }
    }

    /// What a header shows that will never be whole.
    package static func partial(_ stream: Bytes) -> Passage? {
        let request = HTTPRequest(reading: stream)
        if case .notHTTP = request.extent { return nil }
        return request.passage(length: stream.count, next: nil)
    }

    /// Whether a segment of a stream whose beginning is unknown is surely the front of a request.
    package static func isFront(_ segment: Bytes) -> Bool {
        guard segment.count > 0, segment[0] &- 0x41 < 26, Line.decide(segment) == .speaks(.http),
            let end = segment.firstIndex(of: UInt8(ascii: "\n"), in: 0..<min(segment.count, headerLimit))
        else { return false }
        var request = HTTPRequest()
        return request.readRequestLine(segment, end: end)
    }

    private init() {}

    private init(reading stream: Bytes) {
        let shown = min(stream.count, Self.headerLimit)
        var start = 0
        while start < shown, let end = stream.firstIndex(of: UInt8(ascii: "\n"), in: start..<shown) {
            if start == 0 {
                guard readRequestLine(stream, end: end) else {
                    extent = .notHTTP
                    return
                }
            } else {
                let lineEnd = end > start && stream[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
                if lineEnd == start {
                    extent = .complete(end + 1)
                    return
                }
                guard readField(stream, start..<lineEnd) else {
                    extent = .notHTTP
                    return
                }
            }
            start = end + 1
        }
        // The line that is still coming must be text as well, or what waits is no request.
        for index in start..<shown where !Self.isText(stream[index]) {
            extent = .notHTTP
            return
        }
    }

    /// `METHOD target HTTP/1.x` (section 3).
    private mutating func readRequestLine(_ stream: Bytes, end: Int) -> Bool {
        let end = end > 0 && stream[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        let versionAt = end - 8
        guard versionAt > 3, stream.hasText("http/1.", at: versionAt), stream[end - 1].isDigit,
            stream[versionAt - 1] == UInt8(ascii: " "),
            let space = stream.firstIndex(of: UInt8(ascii: " "), in: 0..<versionAt - 1)
        else { return false }
        for index in 0..<end where !Self.isText(stream[index]) { return false }
        let uri = space + 1..<versionAt - 1
        isConnect = stream.hasText("connect ", at: 0)
        if isConnect {
            target = stream.authority(in: uri)
            return target != nil
        }
        guard stream.hasText("http://", at: uri.lowerBound) else { return true }
        var authority = uri.lowerBound + 7..<uri.upperBound
        for index in authority where stream[index] == UInt8(ascii: "/") || stream[index] == UInt8(ascii: "?") {
            authority = authority.lowerBound..<index
            break
        }
        if let user = stream.firstIndex(of: UInt8(ascii: "@"), in: authority) {
            authority = user + 1..<authority.upperBound
        }
        host = stream.authority(in: authority)?.name
        return true
    }

    private mutating func readField(_ stream: Bytes, _ line: Range<Int>) -> Bool {
        for index in line where !Self.isText(stream[index]) { return false }
        // A line that goes on with the one before (section 5.2) names nothing that we want.
        guard stream[line.lowerBound] != UInt8(ascii: " "), stream[line.lowerBound] != UInt8(ascii: "\t") else {
            return true
        }
        guard let colon = stream.firstIndex(of: UInt8(ascii: ":"), in: line), colon > line.lowerBound else {
            return false
        }
        var value = colon + 1..<line.upperBound
        while let first = value.first, stream[first] <= 0x20 { value = first + 1..<value.upperBound }
        while let last = value.last, stream[last] <= 0x20 { value = value.lowerBound..<last }
        switch colon - line.lowerBound {
        case 4 where host == nil && stream.hasText("host", at: line.lowerBound):
            host = stream.authority(in: value)?.name
        case 10 where userAgent == nil && stream.hasText("user-agent", at: line.lowerBound):
            if !value.isEmpty, value.count <= Self.userAgentLimit { userAgent = value }
        case 14 where stream.hasText("content-length", at: line.lowerBound):
            readLength(stream, value)
        case 17 where stream.hasText("transfer-encoding", at: line.lowerBound):
            isBodyUnknown = true
        default: break
        }
        return true
    }

    private mutating func readLength(_ stream: Bytes, _ value: Range<Int>) {
        bodyLength = 0
        for index in value {
            // Sequence numbers begin anew after 4 GiB.
            guard stream[index].isDigit, bodyLength < 400_000_000 else {
                isBodyUnknown = true
                return
            }
            bodyLength = bodyLength * 10 + Int(stream[index] - UInt8(ascii: "0"))
        }
    }

    private func passage(length: Int, next: StreamDecoder?) -> Passage {
        var passage = Passage(length: length, next: next)
        passage.connect = isConnect ? target : nil
        passage.host = host
        passage.userAgent = userAgent
        return passage
    }

    /// Bytes above ASCII stand in targets and values now and then.
    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7f || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
