/// The body of a ClientHello of DTLS, in one fragment and cut up.
///
/// Invariant: the name is the same, however the body is cut, ordered, repeated and overlapped, and however the
/// fragments are put into records, and the records into datagrams.
///
/// `Cut` says how the input chooses the pieces. The same bytes as a datagram come beside it, without an invariant.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let cut = Cut(input, pieceLimit: 64, sizeLimit: 32_768) else { return -1 }
    let fragments = cut.pieces.map { fragment($0, of: cut.stream) }
    // One way for each input, so that there is time for more of them.
    let datagrams =
        switch cut.pieces.count % 3 {
        case 0: fragments.map(record)
        case 1: [fragments.flatMap(record)]
        default: [record(fragments.flatMap { $0 })]
        }
    let whole = names(of: [record(fragment(cut.whole, of: cut.stream))])
    let apart = names(of: datagrams)
    require(whole == apart, "\(whole) in one piece and \(apart) in \(datagrams.count) datagrams of \(cut.pieces)")
    require(whole.count <= 1, "\(whole)")
    if cut.stream[0] == 22 { _ = names(of: [cut.stream, cut.stream]) }
    return 0
}

/// RFC 6347, section 4.2.2.
private func fragment(_ piece: Range<Int>, of body: [UInt8]) -> [UInt8] {
    [1] + number(body.count) + [0, 0] + number(piece.lowerBound) + number(piece.count) + body[piece]
}

/// RFC 6347, section 4.1.
private func record(_ content: [UInt8]) -> [UInt8] {
    [22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 1] + number(content.count).dropFirst() + content
}

private func number(_ value: Int) -> [UInt8] { [UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)] }

private func names(of datagrams: [[UInt8]]) -> [String] {
    var watcher = Watcher()
    for datagram in datagrams { watcher.datagram(datagram) }
    return watcher.names()
}
