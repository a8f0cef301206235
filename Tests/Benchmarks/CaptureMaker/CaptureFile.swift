import Glibc

/// A pcap file that is written through one large buffer.
final class CaptureFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Large enough that the system calls do not show, small enough to stay in the processor's cache.
    static let bufferSize = 1 << 20

    /// Frames are appended here; `flushIfFull` is called between frames.
    var buffer: [UInt8] = []
    private let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        // The pointer that Swift makes of the string lives as long as the call.
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        buffer.reserveCapacity(Self.bufferSize + 1 << 16)
        // Magic number of the microsecond format, version 2.4, zone, accuracy, snapshot length, LINKTYPE_ETHERNET.
        for word: UInt32 in [0xa1b2_c3d4, 4 << 16 | 2, 0, 0, 262_144, 1] { buffer.append(littleEndian: word) }
    }

    deinit { close(descriptor) }

    func flushIfFull() throws {
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func flush() throws {
        var written = 0
        while written < buffer.count {
            // The pointer is used within the call only: write(2) reads `count` bytes of the array.
            let result = unsafe buffer[written...].withUnsafeBytes { bytes in
                unsafe write(descriptor, bytes.baseAddress, bytes.count)
            }
            guard result > 0 else { throw Self.failure(path) }
            written += result
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: unsafe "\(path): \(String(cString: strerror(errno)))")
    }
}

extension [UInt8] {
    @inline(__always) mutating func append(littleEndian value: UInt32) {
        append(bigEndian: value.byteSwapped)
    }

    @inline(__always) mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        var shift = Value.bitWidth - 8
        while shift >= 0 {
            append(UInt8(truncatingIfNeeded: value >> Value(truncatingIfNeeded: shift)))
            shift -= 8
        }
    }
}
