import Capture
import Crypto

/// Tells one recording from another by its first packets, whatever its file is called, and however it is packed: a
/// capture that has grown since is the same one.
struct RecordingIdentity {
    /// Enough to tell captures of one moment on two interfaces apart.
    private static let packets = 16

    private var hash = SHA256()
    private var count = 0

    mutating func add(_ bytes: Span<UInt8>, _ packet: CapturedPacket) {
        guard count < Self.packets else { return }
        count += 1
        hash.update(number: UInt64(bitPattern: packet.nanoseconds))
        hash.update(
            number: UInt64(UInt32(truncatingIfNeeded: packet.wireLength)) << 32
                | UInt64(UInt32(bitPattern: packet.linkType)))
        // Copied: the digest wants memory of its own, and these are a few packets.
        hash.update(data: (0..<bytes.count).map { bytes[$0] })
    }

    /// 32 hexadecimal digits.
    var text: String { hash.finalize().prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension SHA256 {
    fileprivate mutating func update(number: UInt64) {
        update(data: (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - $0 * 8)) })
    }
}
