/// Bytes, and how they come: in which pieces, in which order, and which of them twice.
///
/// Up to the first zero each byte of the input chooses the length of a piece; the order of the pieces, and which of
/// them come twice, follow from the sum of these bytes. What stands behind the zero is the stream.
struct Cut {
    let stream: [UInt8]
    let pieces: [Range<Int>]

    /// Nil for an input without a stream, or with one that is too long.
    ///
    /// - Parameter unit: pieces begin at multiples of it, in bytes.
    init?(_ input: Span<UInt8>, pieceLimit: Int, sizeLimit: Int, unit: Int = 1) {
        var lengths: [Int] = []
        while lengths.count < min(input.count, pieceLimit), input[lengths.count] != 0 {
            lengths.append(Int(input[lengths.count]))
        }
        guard lengths.count + 1 < input.count, input.count <= sizeLimit else { return nil }
        stream = (lengths.count + 1..<input.count).map { input[$0] }

        var pieces: [Range<Int>] = []
        var offset = 0
        for length in lengths where offset < stream.count {
            pieces.append(offset..<min(offset + length * unit, stream.count))
            offset += length * unit
        }
        if offset < stream.count { pieces.append(offset..<stream.count) }
        var total = stream.count
        for index in lengths.indices where lengths[index] % 4 == 3 {
            let piece = pieces[index % pieces.count]
            let copy = max(piece.lowerBound - lengths[index] * unit, 0)..<piece.upperBound
            total += copy.count
            // All of them together must fit into one datagram.
            guard total <= 32_768 else { break }
            pieces.append(copy)
        }
        var order = Order(state: lengths.reduce(1) { $0 &* 31 &+ UInt64($1) })
        pieces.shuffle(using: &order)
        self.pieces = pieces
    }

    var whole: Range<Int> { 0..<stream.count }
}

private struct Order: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
