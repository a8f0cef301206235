/// What an IP datagram carries, in one packet and in fragments, of IPv4 and IPv6.
///
/// Invariant: the names, and what is counted, are the same, however the datagram is cut, and in whatever order its
/// fragments come, however often.
///
/// The first byte chooses the version and the next protocol; `Cut` says how the rest chooses the fragments.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard count > 0,
        let cut = Cut(input.extracting(droppingFirst: 1), pieceLimit: 64, sizeLimit: 32_768, unit: 8)
    else { return -1 }
    // A copy of all is no fragment, but the same packet again.
    let pieces = cut.pieces.filter { $0 != cut.whole }
    // The padding of Ethernet is told by the length of an unfragmented packet: 42 or 46 bytes.
    guard pieces.count > 1, cut.stream.count != 22, cut.stream.count != 26 else { return -1 }

    let whole = see(cut, [cut.whole], input[0])
    let apart = see(cut, pieces, input[0])
    // In fragments of fragments the bound on headers comes sooner.
    require(whole == apart || protocols[Int(input[0] & 15)] == 44, "\(whole) in one piece and \(apart) in \(pieces)")
    return 0
}

/// UDP, TCP, then what tunnels have (IP, GRE, EtherIP, MPLS); in IPv6 destination options and another fragment header.
private let protocols: [UInt8] = [17, 6, 47, 4, 41, 97, 137, 60, 44, 17, 17, 6, 6, 17, 6, 17]

private func see(_ cut: Cut, _ pieces: [Range<Int>], _ choice: UInt8) -> Seen {
    var watcher = Watcher()
    let next = protocols[Int(choice & 15)]
    for piece in pieces {
        let (bytes, more) = (cut.stream[piece], piece.upperBound < cut.stream.count)
        if choice & 16 == 0 {
            watcher.ipv4(bytes, protocol: next, place: UInt16(piece.lowerBound), moreFragments: more)
        } else {
            watcher.ipv6(
                bytes, next: next, place: UInt16(piece.lowerBound), moreFragments: more, isWhole: piece == cut.whole)
        }
    }
    return watcher.seen()
}
