/// The first bytes of a TCP stream, in one piece and cut up.
///
/// Invariant: the names are the same, however the stream is cut, ordered, repeated and overlapped.
///
/// `Cut` says how the input chooses the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let cut = Cut(input, pieceLimit: 64, sizeLimit: 32_768) else { return -1 }

    let whole = names(of: cut.stream, in: [cut.whole])
    let apart = names(of: cut.stream, in: cut.pieces)
    require(whole == apart, "\(whole) in one piece and \(apart) in \(cut.pieces)")
    // Requests of HTTP and messages of DNS may name several hosts; there is one hello at most.
    require(whole.count { $0.hasPrefix("tls-sni ") } <= 1, "\(whole)")
    return 0
}

private func names(of stream: [UInt8], in pieces: [Range<Int>]) -> [String] {
    var watcher = Watcher()
    watcher.stream(stream, in: pieces)
    return watcher.names()
}
