import CPcap
import Glibc

/// A pcap or pcapng file, or standard input, read from front to back.
@safe package final class CaptureFile {
    /// As messages name it.
    package let name: String
    /// In bytes; nil for a pipe.
    package let size: Int?
    package private(set) var packetCount = 0

    // Who makes packets of the bytes: libpcap reads all kinds of pcap; pcapng is read here.
    private let pcap: Handle?
    private var pcapng: PcapNGReader?
    private let input: Input

    /// The file itself: libpcap closes it, or else the input.
    private let stream: UnsafeMutablePointer<FILE>
    private let isCompressed: Bool

    /// libpcap asks for a packet's header and its bytes apart; a large buffer makes that one system call for
    /// thousands of packets.
    private static let bufferSize = 1 << 20

    /// The format is told by the first bytes, never by the name; so is compression with gzip and zstd.
    ///
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
        unsafe Self.setUp(opened)
        var magic = unsafe Self.peek(opened)
        let kind = Decompressor.kind(of: magic)
        isCompressed = kind != nil
        var source = unsafe opened
        var unpacked: UnsafeMutablePointer<FILE>?
        if let kind {
            // Unpacked bytes come as a stream as well: they are looked at in the same way.
            let packed = unsafe Input(opened, decompressor: Decompressor(kind), isOwner: true)
            guard let made = unsafe packed.makeStream() else { throw CaptureError("\(name): out of memory") }
            unsafe Self.setUp(made)
            magic = unsafe Self.peek(made)
            unsafe (source, unpacked) = (made, made)
            input = packed
        } else {
            input = unsafe Input(opened, decompressor: nil, isOwner: magic == Self.pcapngMagic)
        }
        if magic == Self.pcapngMagic {
            let bytes = unsafe unpacked.map { unsafe Input($0, decompressor: nil, isOwner: true) } ?? input
            let reader = try PcapNGReader(bytes, filter: filter.map { PacketFilter($0) })
            let reason = reader.message
            pcapng = consume reader
            pcap = nil
            guard reason.isEmpty else { throw CaptureError("\(name): \(input.failure ?? reason); nothing was read") }
            return
        }
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
        guard let pcap = unsafe pcap_fopen_offline_with_tstamp_precision(source, precision, &message) else {
            let reason = input.failure ?? Self.packing(magic) ?? Self.explain(text(message))
            unsafe fclose(source)
            throw CaptureError("\(name): \(reason); nothing was read")
        }
        let handle = unsafe Handle(pcap)
        if let filter { try handle.setFilter(filter) }
        self.pcap = handle
    }

    private static let pcapngMagic: [UInt8] = [0x0a, 0x0d, 0x0d, 0x0a]

    private static func setUp(_ stream: UnsafeMutablePointer<FILE>) {
        unsafe setvbuf(stream, nil, _IOFBF, bufferSize)
        // One thread reads: a lock for each of two reads a packet would be for nothing.
        unsafe __fsetlocking(stream, Int32(FSETLOCKING_BYCALLER))
    }

    /// The first four bytes, which stay in the stream: glibc takes back what is in its buffer.
    private static func peek(_ stream: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4)
        let count = unsafe fread(&bytes, 1, 4, stream)
        for byte in bytes.prefix(count).reversed() { unsafe ungetc(Int32(byte), stream) }
        return Array(bytes.prefix(count))
    }

    /// How far the reading has come, in bytes; nil where that is unknown.
    package var position: Int? {
        guard size != nil else { return nil }
        return unsafe ftell(stream) - (isCompressed ? 0 : pcapng?.waiting ?? 0)
    }

    /// Lends up to `limit` packets to `body`, one after the other.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: where the file is cut or damaged; packets before that point have been lent.
    package func read(upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void) throws(CaptureError) -> Bool {
        let (count, last) = try lend(upTo: limit, body)
        packetCount += count
        switch last {
        case .packet: return true
        case .nothing, .end:
            // The packets are whole, and what packed them is not.
            if let reason = input.failure { throw failure(reason) }
            return false
        case .failure: throw failure(input.failure ?? pcap?.message ?? pcapng?.message ?? "")
        }
    }

    private func lend(
        upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void
    ) throws(CaptureError) -> (count: Int, last: Handle.Outcome) {
        if let pcap { return pcap.read(upTo: limit, body) }
        return try pcapng?.read(upTo: limit, body) ?? (0, .end)
    }

    private func failure(_ reason: String) -> CaptureError {
        let packets = packetCount == 1 ? "1 packet was" : "\(packetCount) packets were"
        return CaptureError("\(name): \(Self.explain(reason)); \(packets) read before that")
    }

    /// libpcap's words, and what they mean where they do not say it.
    private static func explain(_ message: String) -> String {
        if message.hasSuffix("tried to read 4 file header bytes, only got 0") { return "it is empty" }
        if message.hasSuffix("Is a directory") { return "a folder, not a capture" }
        if message.contains("unknown file format") { return "neither pcap nor pcapng (\(message))" }
        if message.contains("truncated") { return "the file is cut (\(message))" }
        return message
    }

    /// What to do about a file that is compressed in another way.
    private static func packing(_ magic: [UInt8]) -> String? {
        guard magic == [0xfd, 0x37, 0x7a, 0x58] else { return nil }
        return "compressed with xz; unpack it first, such as with 'xz -dc FILE | seaward replay -'"
    }
}
