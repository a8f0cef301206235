import CLinux
import Glibc

/// The bytes of a capture: a file's own, or what it unpacks to.
@safe final class Input {
    /// The file itself, or standard input.
    private let stream: UnsafeMutablePointer<FILE>
    private let isOwner: Bool
    private let decompressor: Decompressor?

    /// - Parameter isOwner: whether the stream is closed with the last reference.
    init(_ stream: UnsafeMutablePointer<FILE>, decompressor: Decompressor?, isOwner: Bool) {
        unsafe self.stream = stream
        self.decompressor = decompressor
        self.isOwner = isOwner
    }

    deinit { if isOwner { unsafe fclose(stream) } }

    /// Why reading ended before its time.
    private(set) var failure: String?

    /// Fills `bytes` from the front.
    ///
    /// - Returns: how many bytes there are, at least 1; 0 at the end; nil, with `failure`, where reading is not
    ///   possible any more.
    func read(into bytes: UnsafeMutableRawBufferPointer) -> Int? {
        guard failure == nil else { return nil }
        guard let decompressor else {
            let count = unsafe fread(bytes.baseAddress, 1, bytes.count, stream)
            if count == 0, unsafe ferror(stream) != 0 {
                failure = unsafe String(cString: strerror(errno))
                return nil
            }
            return count
        }
        switch unsafe decompressor.read(into: bytes, from: stream) {
        case .bytes(let count): return count
        case .end: return 0
        case .failure(let reason):
            failure = reason
            return nil
        }
    }

    /// A stream of these bytes for libpcap, which closes it. The input must outlive it.
    func makeStream() -> UnsafeMutablePointer<FILE>? {
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        return unsafe linux_open_reader(owner) { owner, bytes, count in
            // The stream hands back what it was made with.
            guard let owner = unsafe owner else { return -1 }
            let input = unsafe Unmanaged<Input>.fromOpaque(owner).takeUnretainedValue()
            guard let read = unsafe input.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: count)) else {
                errno = EIO
                return -1
            }
            return read
        }
    }
}
