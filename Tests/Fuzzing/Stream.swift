/// Anything at the front of one direction of a TCP stream, in one piece and cut up: hellos behind proxies and STARTTLS,
/// requests of HTTP, messages of DNS, certificates.
///
/// Invariant: the names, and what is counted, are the same, however the stream is cut, ordered, repeated and
/// overlapped.
///
/// The first byte chooses the port and the direction; `Cut` says how the rest chooses the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard count > 0, let cut = Cut(input.extracting(droppingFirst: 1), pieceLimit: 64, sizeLimit: 32_768) else {
        return -1
    }
    let whole = see(cut, [cut.whole], input[0])
    let apart = see(cut, cut.pieces, input[0])
    require(whole == apart, "\(whole) in one piece and \(apart) in \(cut.pieces)")
    return 0
}

private let ports: [UInt16] = [443, 53, 25, 3128]

private func see(_ cut: Cut, _ pieces: [Range<Int>], _ choice: UInt8) -> Seen {
    var watcher = Watcher(port: ports[Int(choice & 3)])
    watcher.stream(cut.stream, in: pieces, fromServer: choice & 4 != 0)
    return watcher.seen()
}
