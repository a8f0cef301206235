import Decoding
@testable import Monitoring
import TestSupport

/// The frames of a client's Initial packets as they stand behind the encryption, which costs more than all the rest:
/// `QUICHello` goes through it.
///
/// Invariant: the names are the same, however the CRYPTO bytes are cut, ordered, repeated and overlapped, and whatever
/// stands between the frames; frames lie in the packet one behind the other.
///
/// `Cut` says how the input chooses the pieces. The same bytes as a packet come beside it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard let cut = Cut(input, pieceLimit: 64, sizeLimit: 32_768) else { return -1 }
    let frames = cut.pieces.map { frame($0, of: cut.stream) }
    // One way for each input, so that there is time for more of them.
    let isApart = cut.pieces.count % 2 == 0
    let packets = isApart ? frames : [frames.enumerated().flatMap { $1 + between[$0 % between.count] }]
    let whole = names(of: [frame(cut.whole, of: cut.stream)])
    let apart = names(of: packets)
    require(whole == apart, "\(whole) in one piece and \(apart) in \(packets.count) packets of \(cut.pieces)")
    require(whole.count <= 1, "\(whole)")

    if walk(cut.stream.span) > 0 { _ = names(of: [cut.stream, cut.stream]) }
    return 0
}

/// PADDING, PING, ACK with two ranges, ACK with counts of ECN (RFC 9000, sections 19.1 to 19.3).
private let between: [[UInt8]] = [
    [], [0, 0, 0], [1], [2, 5, 0, 1, 0, 3, 2], [3, 5, 0x40, 9, 0, 0, 1, 2, 3],
]

/// A CRYPTO frame (section 19.6), with its numbers as short as they can be.
private func frame(_ piece: Range<Int>, of stream: [UInt8]) -> [UInt8] {
    func integer(_ value: Int) -> [UInt8] { value < 64 ? [UInt8(value)] : QUICBytes.integer(value) }
    return [6] + integer(piece.lowerBound) + integer(piece.count) + stream[piece]
}

/// - Returns: the CRYPTO frames of a packet.
private func walk(_ packet: Bytes) -> Int {
    var frames = QUICFrames(keys.version)
    var (count, end) = (0, 0)
    while let crypto = try? frames.nextCrypto(in: packet) {
        require(crypto.offset >= 0 && crypto.range.lowerBound >= end + 3, "\(crypto) behind \(end)")
        require(crypto.range.upperBound <= packet.count, "\(crypto) in \(packet.count) bytes")
        count += 1
        end = crypto.range.upperBound
    }
    return count
}

/// Of some connection: what is told of a hello does not depend on it.
private let keys: QUICInitialKeys = {
    let datagram = QUICBytes.initial([], destination: [1, 2, 3, 4, 5, 6, 7, 8])
    var packets = QUICDatagram()
    guard let initial = try? packets.nextInitial(in: datagram.span) else { fatalError("no Initial in an Initial") }
    return QUICInitialKeys(version: initial.version, destination: initial.destination)
}()

/// What a monitor sees of a client whose packets open to these.
private func names(of packets: [[UInt8]]) -> [String] {
    var monitor = Monitor(
        endpoints: EndpointTable([]), settings: Monitor.Settings(reportsEveryName: true, seed: 1, flowLimit: 16))
    let start = Timestamp(nanoseconds: 0)
    let key = FlowKey(low: IPAddress(v4: 0x0a00_0001), high: IPAddress(v4: 0xcb00_7109), rest: 0xc350_01bb_0000_0011)
    let context = Monitor.Context(
        slot: monitor.table.insert(Flow(key: key, time: start)), isUpward: true, time: start, interface: 0)
    for packet in packets where monitor.table.flows[context.slot].up.base != keys.destination.mark {
        let slot = monitor.firstWaiting(context) ?? monitor.addWaiting(.quic(keys), context)
        monitor.scratch = packet
        monitor.gatherCrypto(keys.version, slot)
    }
    monitor.finish()
    return monitor.sightings.map { "\($0.name)" }
}
