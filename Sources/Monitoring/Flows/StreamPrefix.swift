package import Decoding

/// The first bytes of one direction of a stream, put in order: what came without a gap, and pieces that came too
/// early. Of two copies of a byte the first one stays.
///
/// Memory follows what arrived, never an offset or a length that the wire names.
package struct StreamPrefix: Sendable {
    /// A hello of 4 kB cut into single bytes and turned around still fits; whoever cuts finer is not a TLS client.
    package static let pieceLimit = 4_096

    /// The bytes from offset 0 up to the first gap.
    package private(set) var contiguous: [UInt8] = []
    /// Behind the gap, sorted, without overlap.
    private var pieces: [Piece] = []
    /// The bytes of `pieces`, in order of arrival.
    private var held: [UInt8] = []

    private struct Piece {
        var offset, count, position: Int
        var end: Int { offset + count }
    }

    package init() {}

    /// What this prefix keeps in memory, in bytes.
    package var byteCount: Int { contiguous.count + held.count + pieces.count * MemoryLayout<Piece>.size }
    package var isFull: Bool { pieces.count >= Self.pieceLimit }

    /// Adds what a segment carried.
    ///
    /// - Parameter offset: where in the stream the segment starts, from 0.
    /// - Returns: whether a byte differed from the copy that was there first.
    package mutating func insert(_ bytes: Bytes, at offset: Int) -> Bool {
        let known = max(min(contiguous.count - offset, bytes.count), 0)
        var conflict = false
        for index in 0..<known where contiguous[offset + index] != bytes[index] { conflict = true }
        if pieces.isEmpty, offset <= contiguous.count {
            for index in known..<bytes.count { contiguous.append(bytes[index]) }
            return conflict
        }
        if hold(bytes.extracting(droppingFirst: known), at: offset + known) { conflict = true }
        joinPieces()
        return conflict
    }

    /// Moves the pieces that a gap no longer parts from the front.
    private mutating func joinPieces() {
        var joined = 0
        while joined < pieces.count, pieces[joined].offset == contiguous.count {
            let piece = pieces[joined]
            contiguous += held[piece.position..<piece.position + piece.count]
            joined += 1
        }
        pieces.removeFirst(joined)
        if pieces.isEmpty { held.removeAll() }
    }

    /// Keeps those bytes that no piece holds yet.
    private mutating func hold(_ bytes: Bytes, at offset: Int) -> Bool {
        var conflict = false
        var start = offset
        let end = offset + bytes.count
        var place = firstPiece(endingBehind: offset)
        while start < end, pieces.count < Self.pieceLimit {
            if place < pieces.count, pieces[place].offset <= start {
                let piece = pieces[place]
                for index in start..<min(piece.end, end)
                where held[piece.position + index - piece.offset] != bytes[index - offset] { conflict = true }
                start = max(start, piece.end)
                place += 1
            } else {
                let stop = place < pieces.count ? min(pieces[place].offset, end) : end
                if place > 0, pieces[place - 1].end == start,
                    pieces[place - 1].position + pieces[place - 1].count == held.count
                {
                    pieces[place - 1].count += stop - start
                } else {
                    pieces.insert(Piece(offset: start, count: stop - start, position: held.count), at: place)
                    place += 1
                }
                for index in start..<stop { held.append(bytes[index - offset]) }
                start = stop
            }
        }
        return conflict
    }

    /// Makes `offset` the new beginning; what lies before it is forgotten. A negative one moves the pieces back.
    /// Nothing may be contiguous yet.
    package mutating func rebase(to offset: Int) {
        for index in pieces.indices {
            let cut = max(offset - pieces[index].offset, 0)
            pieces[index].position += min(cut, pieces[index].count)
            pieces[index].count -= min(cut, pieces[index].count)
            pieces[index].offset = max(pieces[index].offset - offset, 0)
        }
        pieces.removeAll { $0.count == 0 }
        joinPieces()
    }

    /// Forgets the first `length` bytes, be they there or not: what follows moves to the front.
    package mutating func consume(_ length: Int) {
        contiguous.removeFirst(min(length, contiguous.count))
        if !pieces.isEmpty { rebase(to: length) }
    }

    /// Whether something waits behind a gap.
    package var hasGap: Bool { !pieces.isEmpty }
    package var isEmpty: Bool { contiguous.isEmpty && pieces.isEmpty }

    private func firstPiece(endingBehind offset: Int) -> Int {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].end > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
