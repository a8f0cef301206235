import Decoding
import Monitoring

/// One packet of any link type, observed twice by two monitors.
///
/// Invariant: nothing outside the bytes is read, the counters depend on the packet alone and never on the seed, the
/// same packet again is counted like the first, and what the IP header says is what counts as traffic.
///
/// The first byte chooses the link type, the next two how many bytes the snap length cut off.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard input.count >= 3 else { return -1 }
    let linkType = linkTypes[Int(input[0]) % linkTypes.count]
    let frame = input.extracting(droppingFirst: 3)
    let wireLength = frame.count + (Int(input[1]) << 8 | Int(input[2]))

    var payload = frame
    if let packet = try? Packet(reading: &payload, linkType: linkType, wireLength: wireLength) {
        require(payload.count <= frame.count && packet.ipLength > 0, "\(packet)")
        require(!packet.hasTransportHeader || packet.transport == .tcp || packet.transport == .udp, "\(packet)")
        require((packet.outerSource == nil) == (packet.outerDestination == nil), "\(packet)")
        require(!packet.isFragment || !packet.hasTransportHeader, "\(packet)")
        require(packet.isPayloadCut || payload.count <= packet.ipLength, "\(packet)")
    }
    let once = observe(frame, wireLength, linkType, seed: 1, times: 1)
    let twice = observe(frame, wireLength, linkType, seed: 2, times: 2)
    require(observe(frame, wireLength, linkType, seed: 3, times: 1) == once, "the seed shows in the counters")
    require(twice[0] == 2 * once[0] && twice[1] == 2 * once[1] && twice[2] == 2 * once[2], "\(once) and then \(twice)")
    require(twice[3] == once[3], "the same packet made another flow")
    return 0
}

private let linkTypes: [LinkType] = [
    .ethernet, .rawIP, .linuxCooked, .linuxCooked2, .bsdLoopback, .openBSDLoopback, .ipv4, .ipv6,
    LinkType(rawValue: 147), .ppp, .pppHDLC, .pppoe, .pppWithDirection, .ciscoHDLC, .frameRelay, .atmRFC1483, .wlan,
    .radiotap, .ppi, .nflog,
]

/// Packets, bytes, IP packets, flows, names, and every anomaly.
private func observe(_ frame: Bytes, _ wireLength: Int, _ linkType: LinkType, seed: UInt64, times: Int) -> [UInt64] {
    var monitor = Monitor(
        endpoints: EndpointTable([]), settings: Monitor.Settings(reportsEveryName: true, seed: seed, flowLimit: 16))
    for _ in 0..<times {
        monitor.observe(
            frame, wireLength: wireLength, linkType: linkType, time: Timestamp(nanoseconds: 1_000_000_000), interface: 0
        )
    }
    monitor.finish()
    for sighting in monitor.sightings { require(!sighting.name.isEmpty, "an empty name") }
    let seen = monitor.counters
    return [seen.packets, seen.bytes, seen.ipPackets, seen.flows, seen.dnsNames, seen.tlsNames]
        + Anomaly.allCases.map { seen[$0] }
}
