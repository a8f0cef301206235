import CPcap
import Glibc

/// A pcap or pcapng file, or standard input, read from front to back.
@safe package final class CaptureFile {
    /// As messages name it.
    package let name: String
    /// In bytes; nil for a pipe.
    package let size: Int?
    package private(set) var packetCount = 0

    private let handle: Handle
    /// libpcap reads through this and closes it.
    private let stream: UnsafeMutablePointer<FILE>

    /// libpcap asks for a packet's header and its bytes apart; a large buffer makes that one system call for
    /// thousands of packets.
    private static let bufferSize = 1 << 20

    /// - Parameter path: `-` is standard input.
    package init(path: String, filter: String?) throws(CaptureError) {
        name = path == "-" ? "standard input" : path
        guard let opened = unsafe path == "-" ? fdopen(STDIN_FILENO, "rb") : fopen(path, "rb") else {
            let reason = unsafe String(cString: strerror(errno))
            throw CaptureError(path == "-" ? "\(name): \(reason); it can be read only once" : "\(name): \(reason)")
        }
        unsafe stream = opened
        var status = stat()
        size =
            unsafe fstat(fileno(opened), &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        unsafe setvbuf(opened, nil, _IOFBF, Self.bufferSize)
        // One thread reads: a lock for each of two reads a packet would be for nothing.
        unsafe __fsetlocking(opened, Int32(FSETLOCKING_BYCALLER))
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
        guard let pcap = unsafe pcap_fopen_offline_with_tstamp_precision(opened, precision, &message) else {
            let reason = unsafe Self.compression(opened) ?? Self.explain(text(message))
            unsafe fclose(opened)
            throw CaptureError("\(name): \(reason); nothing was read")
        }
        handle = unsafe Handle(pcap)
        if let filter { try handle.setFilter(filter) }
    }

    package var linkType: Int32 { handle.linkType }

    /// How far the reading has come, in bytes; nil where that is unknown.
    package var position: Int? { size == nil ? nil : unsafe ftell(stream) }

    /// Lends up to `limit` packets to `body`, one after the other.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: where the file is cut or damaged; packets before that point have been lent.
    package func read(upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void) throws(CaptureError) -> Bool {
        for _ in 0..<limit {
            switch handle.next(body) {
            case .packet: packetCount += 1
            case .nothing, .end: return false
            case .failure:
                let packets = packetCount == 1 ? "1 packet was" : "\(packetCount) packets were"
                throw CaptureError("\(name): \(Self.explain(handle.message)); \(packets) read before that")
            }
        }
        return true
    }

    /// libpcap's words, and what they mean where they do not say it.
    private static func explain(_ message: String) -> String {
        if message.hasSuffix("tried to read 4 file header bytes, only got 0") { return "it is empty" }
        if message.hasSuffix("Is a directory") { return "a folder, not a capture" }
        if message.contains("unknown file format") { return "neither pcap nor pcapng (\(message))" }
        if message.contains("truncated") { return "the file is cut (\(message))" }
        return message
    }

    /// What to do about a compressed file, which is what those that are no capture most often are.
    private static func compression(_ stream: UnsafeMutablePointer<FILE>) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4)
        guard unsafe fseek(stream, 0, SEEK_SET) == 0, unsafe fread(&bytes, 1, 4, stream) == 4 else { return nil }
        let tools: [(magic: [UInt8], tool: String)] = [
            ([0x1f, 0x8b], "gzip"), ([0x28, 0xb5, 0x2f, 0xfd], "zstd"), ([0xfd, 0x37, 0x7a, 0x58], "xz"),
        ]
        guard let tool = tools.first(where: { bytes.starts(with: $0.magic) })?.tool else { return nil }
        return "compressed with \(tool); unpack it first, such as with '\(tool) -dc FILE | seaward replay -'"
    }
}
