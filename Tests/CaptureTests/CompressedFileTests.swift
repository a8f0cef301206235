import CZlib
import CZstd
import Capture
import Testing

/// Files are packed by the libraries themselves.
@Suite struct CompressedFileTests {
    enum Packing: CaseIterable { case gzip, zstd }

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    static let packets = (0..<2_000).map { number in
        CaptureBytes.Packet(
            Int64(number) * 1_000, (0..<100).map { UInt8(truncatingIfNeeded: (number &* 31 &+ $0) &* (number | 1)) })
    }
    static let files = [CaptureBytes.pcap(packets), CaptureBytes.pcapng(packets)]

    static func pack(_ bytes: [UInt8], _ packing: Packing) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 1_024)
        switch packing {
        case .zstd:
            let count = unsafe ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
            return Array(output.prefix(count))
        case .gzip:
            var input = bytes
            return unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe output.withUnsafeMutableBufferPointer { target in
                    var stream = unsafe z_stream()
                    unsafe deflateInit2_(
                        &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                        Int32(MemoryLayout<z_stream>.size))
                    unsafe stream.next_in = source.baseAddress
                    unsafe stream.avail_in = UInt32(source.count)
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    unsafe deflate(&stream, Z_FINISH)
                    unsafe deflateEnd(&stream)
                    return unsafe Array(target.prefix(Int(stream.total_out)))
                }
            }
        }
    }

    private func read(_ bytes: [UInt8], filter: String? = nil) -> (count: Int, sum: Int, error: String) {
        var (count, sum) = (0, 0)
        do {
            let file = try CaptureFile(path: folder.file("capture", bytes), filter: filter)
            while try file.read(
                upTo: 100,
                { bytes, _ in
                    count += 1
                    for index in 0..<bytes.count { sum += Int(bytes[index]) }
                })
            {}
            return (count, sum, "none")
        } catch {
            return (count, sum, "\(error)")
        }
    }

    @Test(arguments: Packing.allCases, [0, 1]) func `a packed file gives the same packets`(
        _ packing: Packing, _ file: Int
    ) {
        let plain = read(Self.files[file]), packed = read(Self.pack(Self.files[file], packing))
        #expect(
            plain.count == 2_000 && packed.count == plain.count && packed.sum == plain.sum && packed.error == "none")
        #expect(read(Self.pack(Self.files[file], packing), filter: "greater 200").count == 0)
    }

    @Test(arguments: Packing.allCases, [0, 1]) func `members one behind the other are one file`(
        _ packing: Packing, _ file: Int
    ) {
        let bytes = Self.files[file]
        let parts = Self.pack(Array(bytes[..<70_001]), packing) + Self.pack(Array(bytes[70_001...]), packing)
        #expect(read(parts).count == 2_000)
    }

    @Test func `what is behind the last member of gzip does not matter, and a skippable frame of zstd neither`() {
        #expect(read(Self.pack(Self.files[0], .gzip) + [0, 0, 0, 0]).error == "none")
        let skippable: [UInt8] = [0x51, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        #expect(read(skippable + Self.pack(Self.files[0], .zstd)).count == 2_000)
    }

    @Test(arguments: Packing.allCases, [0, 1]) func `a packed file that is cut says so with what was read`(
        _ packing: Packing, _ file: Int
    ) {
        let packed = Self.pack(Self.files[file], packing)
        for part in [2, 3, 5, 9] {
            let (count, _, error) = read(Array(packed.prefix(packed.count * part / 10)))
            #expect(count < 2_000 && error.contains("the file is cut (the compressed data end too early)"), "\(error)")
        }
        #expect(read(Array(packed.dropLast())).error.contains("the file is cut"))
        #expect(read(Array(packed.prefix(6))).error.hasSuffix("nothing was read"))
    }

    @Test(arguments: Packing.allCases) func `a damaged packed file is an error`(_ packing: Packing) {
        var packed = Self.pack(Self.files[0], packing)
        // A frame of Zstandard need not have a checksum: literals may change without notice, its head may not.
        let start = packing == .gzip ? packed.count / 2 : 4
        for place in start..<start + 40 { packed[place] ^= 0x5a }
        let (count, _, error) = read(packed)
        #expect(count < 2_000 && error != "none")
    }

    @Test(arguments: Packing.allCases) func `what is packed and no capture is named so`(_ packing: Packing) {
        let error = read(Self.pack(Array("This is no capture, but a text that is long enough.".utf8), packing)).error
        #expect(error.contains("neither pcap nor pcapng") && error.hasSuffix("nothing was read"))
        #expect(read(Self.pack([], packing)).error.contains("it is empty"))
    }
}
