import CZlib
import CZstd
import Glibc

/// Unpacks gzip (RFC 1952) or Zstandard (RFC 8878) piece by piece: what a file unpacks to costs no memory, but for the
/// window that its compression looks back on, 128 MiB at most, as for the `zstd` program.
@safe final class Decompressor {
    enum Kind { case gzip, zstd }

    enum Outcome {
        case bytes(Int)
        case end
        case failure(String)
    }

    /// By the first bytes of a file.
    static func kind(of magic: [UInt8]) -> Kind? {
        if magic.starts(with: [0x1f, 0x8b]) { return .gzip }
        if magic.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return .zstd }
        // A skippable frame in front, as parallel compressors write it.
        if magic.count == 4, magic[0] & 0xf0 == 0x50, magic[1...] == [0x2a, 0x4d, 0x18] { return .zstd }
        return nil
    }

    @safe private enum State {
        /// zlib knows its stream by its address: it must not move.
        case gzip(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    private static let inputSize = 1 << 16

    private let state: State
    private let input = UnsafeMutablePointer<UInt8>.allocate(capacity: inputSize)
    private var position = 0
    private var count = 0
    /// Between two members of a gzip file, or two frames of Zstandard: here a file may end.
    private var isBetween = true
    private var failure: String?

    init(_ kind: Kind) {
        switch kind {
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            unsafe stream.initialize(to: z_stream())
            // 15 bits of window, and 16 for gzip's own header.
            unsafe inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            state = unsafe .gzip(stream)
        case .zstd:
            guard let context = unsafe ZSTD_createDStream() else { fatalError("out of memory") }
            state = unsafe .zstd(context)
        }
    }

    deinit {
        switch state {
        case .gzip(let stream):
            unsafe inflateEnd(stream)
            unsafe stream.deallocate()
        case .zstd(let context): unsafe ZSTD_freeDStream(context)
        }
        unsafe input.deallocate()
    }

    /// Unpacks some bytes from `stream` into `bytes`.
    func read(into bytes: UnsafeMutableRawBufferPointer, from stream: UnsafeMutablePointer<FILE>) -> Outcome {
        while failure == nil {
            if position == count {
                position = 0
                count = unsafe fread(input, 1, Self.inputSize, stream)
                if count == 0 {
                    if unsafe ferror(stream) != 0 { return .failure(unsafe String(cString: strerror(errno))) }
                    return isBetween ? .end : .failure("the file is cut (the compressed data end too early)")
                }
            }
            let produced: Int
            switch state {
            case .gzip(let state):
                // Zeros, or anything else, behind the last member: gzip itself ignores it.
                if isBetween, unsafe input[position] != 0x1f { return .end }
                produced = unsafe inflate(into: bytes, state)
            case .zstd(let context): produced = unsafe decompress(into: bytes, context)
            }
            if produced > 0 { return .bytes(produced) }
        }
        return .failure(failure ?? "")
    }

    private func inflate(into bytes: UnsafeMutableRawBufferPointer, _ state: UnsafeMutablePointer<z_stream>) -> Int {
        unsafe state.pointee.next_in = input + position
        unsafe state.pointee.avail_in = UInt32(count - position)
        unsafe state.pointee.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe state.pointee.avail_out = UInt32(clamping: bytes.count)
        let status = unsafe CZlib.inflate(state, Z_NO_FLUSH)
        position = unsafe count - Int(state.pointee.avail_in)
        isBetween = status == Z_STREAM_END
        switch status {
        case Z_STREAM_END: unsafe inflateReset(state)
        // No progress without more input is no error.
        case Z_OK, Z_BUF_ERROR: break
        default:
            failure =
                unsafe state.pointee.msg.map { unsafe "the compressed data are damaged (\(String(cString: $0)))" }
                ?? "the compressed data are damaged"
        }
        return unsafe min(bytes.count, Int(UInt32.max)) - Int(state.pointee.avail_out)
    }

    private func decompress(into bytes: UnsafeMutableRawBufferPointer, _ context: OpaquePointer) -> Int {
        var source = unsafe ZSTD_inBuffer(src: input, size: count, pos: position)
        var target = unsafe ZSTD_outBuffer(dst: bytes.baseAddress, size: bytes.count, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &target, &source)
        position = unsafe source.pos
        isBetween = status == 0
        if ZSTD_isError(status) != 0 {
            failure = unsafe "the compressed data are damaged (\(String(cString: ZSTD_getErrorName(status))))"
        }
        return unsafe target.pos
    }
}
