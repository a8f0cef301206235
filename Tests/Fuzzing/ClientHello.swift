import Decoding
import Monitoring

/// The first bytes of a TCP stream, in one piece and cut up.
///
/// Invariant: the names are the same, however the stream is cut, ordered, repeated and overlapped.
///
/// Up to the first zero each byte chooses the length of a piece; their order, and which of them come twice, follow
/// from the sum of these bytes. What stands behind the zero is the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    var lengths: [Int] = []
    while lengths.count < min(input.count, 64), input[lengths.count] != 0 { lengths.append(Int(input[lengths.count])) }
    guard lengths.count + 1 < input.count, input.count <= 60_000 else { return -1 }
    let stream = (lengths.count + 1..<input.count).map { input[$0] }

    var pieces: [Range<Int>] = []
    var offset = 0
    for length in lengths where offset < stream.count {
        pieces.append(offset..<min(offset + length, stream.count))
        offset += length
    }
    if offset < stream.count { pieces.append(offset..<stream.count) }
    var order = Order(state: lengths.reduce(1) { $0 &* 31 &+ UInt64($1) })
    for index in lengths.indices where lengths[index] % 4 == 3 {
        let piece = pieces[index % pieces.count]
        pieces.append(max(piece.lowerBound - lengths[index], 0)..<piece.upperBound)
    }
    pieces.shuffle(using: &order)

    let whole = names(of: stream, in: [0..<stream.count])
    let cut = names(of: stream, in: pieces)
    require(whole == cut, "\(whole) in one piece and \(cut) in \(pieces)")
    require(whole.count <= 1, "\(whole)")
    return 0
}

private struct Order: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
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
    return monitor.sightings.map { "\($0.name)" }
}
