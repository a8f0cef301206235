import TestSupport

/// The CRYPTO bytes of a client's Initial packets, in one piece and cut up.
///
/// Invariant: the names are the same, however the bytes are cut, ordered, repeated and overlapped.
///
/// `Cut` says how the input chooses the pieces. Two shapes come beside it, without an invariant of their own: the
/// same bytes as frames of an Initial, and as a datagram.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let cut = Cut(input, pieceLimit: 24, sizeLimit: 4_096) else { return -1 }
    let (stream, pieces) = (cut.stream, cut.pieces)

    let whole = names(of: [packet(stream, [cut.whole], number: 0)])
    let apart = names(of: pieces.enumerated().map { packet(stream, [$1], number: UInt8(truncatingIfNeeded: $0)) })
    let together = names(of: [packet(stream, pieces, number: 0)])
    require(whole == apart, "\(whole) in one piece and \(apart) in packets of \(pieces)")
    require(whole == together, "\(whole) in one piece and \(together) in frames of \(pieces)")
    require(whole.count <= 1, "\(whole)")
    _ = names(of: [QUICBytes.initial(stream, destination: destination, length: 0)])
    _ = names(of: [stream, stream])
    return 0
}

private let destination: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

private func packet(_ stream: [UInt8], _ pieces: [Range<Int>], number: UInt8) -> [UInt8] {
    let frames = pieces.flatMap { QUICBytes.crypto(stream[$0], at: $0.lowerBound) }
    return QUICBytes.initial(frames, destination: destination, number: UInt32(number), length: 0)
}

private func names(of datagrams: [[UInt8]]) -> [String] {
    var watcher = Watcher()
    for datagram in datagrams { watcher.datagram(datagram) }
    return watcher.names()
}
