/// A pool of random bytes that payloads are cut from, with running sums, so that the checksum of a cut costs two reads.
struct Ciphertext {
    static let size = 1 << 20
    /// Cuts begin at these offsets, where the byte is that of a QUIC short header (RFC 9000, section 17.3.1): datagrams
    /// to port 443 then look like a connection that was opened before the capture began.
    static let step = 64

    let bytes: [UInt8]
    /// `sums[n]`: the sum of the first n 16-bit words.
    private let sums: [UInt64]

    init(random: inout RandomSource) {
        var bytes = random.bytes(Self.size)
        for index in stride(from: 0, to: Self.size, by: Self.step) { bytes[index] = 0x40 | bytes[index] & 0x3f }
        var sums: [UInt64] = [0]
        sums.reserveCapacity(Self.size / 2 + 1)
        var sum: UInt64 = 0
        for index in stride(from: 0, to: Self.size, by: 2) {
            sum += UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
            sums.append(sum)
        }
        self.bytes = bytes
        self.sums = sums
    }

    static func cut(_ count: Int, random: inout RandomSource) -> Range<Int> {
        let start = random.below((size - count) / step) * step
        return start..<start + count
    }

    /// The sum of the 16-bit words of a range that starts at an even offset, as the internet checksum adds them.
    func sum(_ range: Range<Int>) -> UInt64 {
        let whole = sums[range.upperBound / 2] - sums[range.lowerBound / 2]
        return range.count.isMultiple(of: 2) ? whole : whole + UInt64(bytes[range.upperBound - 1]) << 8
    }
}
