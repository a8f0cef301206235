import Decoding
import Monitoring

/// The first bytes of a TCP stream, in one piece and cut up.
///
/// Invariant: the names are the same, however the stream is cut, ordered, repeated and overlapped.
///
/// `Cut` says how the input chooses the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let cut = Cut(input, pieceLimit: 64, sizeLimit: 60_000) else { return -1 }
    let (stream, pieces) = (cut.stream, cut.pieces)

    let whole = names(of: stream, in: [0..<stream.count])
    let apart = names(of: stream, in: pieces)
    require(whole == apart, "\(whole) in one piece and \(apart) in \(pieces)")
    // Requests of HTTP and messages of DNS may name several hosts; there is one hello at most.
    require(whole.count { $0.hasPrefix("tls-sni ") } <= 1, "\(whole)")
    return 0
}

/// What a monitor sees of a connection whose client sends these pieces.
private func names(of stream: [UInt8], in pieces: [Range<Int>]) -> [String] {
    var monitor = Monitor(
        endpoints: EndpointTable([]), settings: Monitor.Settings(reportsEveryName: true, seed: 1, flowLimit: 16))
    func observe(_ segment: [UInt8], _ number: UInt32, flags: UInt8) {
        let length = 40 + segment.count
        let packet: [UInt8] =
            [0x45, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 203, 0, 113, 9]
            + [0xc3, 0x50, 1, 0xbb] + (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
            + [0, 0, 0, 0, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0] + segment
        monitor.observe(
            packet.span, wireLength: packet.count, linkType: .ipv4, time: Timestamp(nanoseconds: 0), interface: 0)
    }
    observe([], 0xffff_ff00, flags: 0x02)
    for piece in pieces { observe(Array(stream[piece]), 0xffff_ff01 &+ UInt32(piece.lowerBound), flags: 0x10) }
    monitor.finish()
    return monitor.sightings.map { "\($0.method.rawValue) \($0.name)" }
}
