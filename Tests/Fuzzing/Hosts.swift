import Decoding
import Monitoring

/// One packet that tells of hosts: ARP, neighbour discovery, DHCP of both versions, mDNS, a NetBIOS name; whole, and cut by
/// a snap length.
///
/// Invariant: only hosts of home networks are told, by whole hardware addresses and names that are safe to print; the same
/// packet tells nothing twice; what the snap length cut is not blamed on the sender; a book of hosts knows each of them by
/// what was told.
///
/// The first byte chooses the protocol, the next how much of the packet is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    guard input.count >= 2 else { return -1 }
    var message: [UInt8] = []
    for index in 2..<input.count { message.append(input[index]) }
    let frame = frame(message, choice: input[0])
    let whole = observe(frame, kept: frame.count)
    for fact in whole.facts { check(fact) }
    let headers = frame.count - message.count
    let kept = headers + message.count * Int(input[1]) / 256
    guard kept < frame.count else { return 0 }
    let cut = observe(frame, kept: kept)
    for fact in cut.facts { check(fact) }
    if whole.malformed == 0 { require(cut.malformed == 0, "a cut packet is blamed: \(message)") }
    return 0
}

private let malformed: [Anomaly] = [
    .arpMalformed, .dhcpMalformed, .dhcpv6Malformed, .neighborDiscoveryMalformed, .netbiosMalformed, .dnsTruncated,
]
private let ports: [UInt8: UInt16] = [1: 67, 2: 68, 3: 546, 4: 547, 5: 5353, 6: 137]

private func frame(_ message: [UInt8], choice: UInt8) -> [UInt8] {
    let ethernet: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]
    let own: [UInt8] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]
    func short(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
    guard let port = ports[choice % 8] else {
        if choice % 8 == 0 { return ethernet + [8, 6] + message }
        return ethernet + [0x86, 0xdd, 0x60, 0, 0, 0] + short(message.count) + [58, 255] + own + own + message
    }
    let datagram = short(Int(port)) + short(Int(port)) + short(8 + message.count) + [0, 0] + message
    return ethernet + [8, 0, 0x45, 0] + short(20 + datagram.count) + [0, 0, 0, 0, 64, 17, 0, 0]
        + [10, 0, 0, 5, 10, 0, 0, 6] + datagram
}

private func observe(_ frame: [UInt8], kept: Int) -> (facts: [HostFact], malformed: UInt64) {
    var monitor = Monitor(
        endpoints: EndpointTable([]), settings: Monitor.Settings(readsHosts: true, seed: 1, flowLimit: 16))
    let bytes = Array(frame.prefix(kept))
    func see(_ monitor: inout Monitor) {
        monitor.observe(
            bytes.span, wireLength: frame.count, linkType: .ethernet, time: Timestamp(nanoseconds: 1_000_000_000),
            interface: 0)
    }
    see(&monitor)
    let facts = monitor.hostFacts
    let counters = monitor.counters
    see(&monitor)
    // A name that changes within one message changes again in its copy.
    let addresses = facts.map(\.address)
    if Set(addresses).count == addresses.count {
        require(monitor.hostFacts.count == facts.count, "told twice: \(monitor.hostFacts)")
    }
    return (facts, malformed.reduce(0) { $0 + counters[$1] })
}

private func check(_ fact: HostFact) {
    require(HomeNetworks().contains(fact.address), "\(fact.address) is outside")
    require(fact.hardware.map(\.isOfOneHost) ?? true, "\(fact)")
    let text = "\(fact.name.map { "\($0)" } ?? "")\(fact.vendorClass ?? "")"
    require(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }, "\(text) is not safe to print")
    var book = HostBook()
    book.note(fact)
    let host = book.host(of: fact.address, at: fact.time)
    require(host.mac == fact.hardware && host.id.hasPrefix(fact.hardware == nil ? "address:" : "mac:"), "\(host)")
    if let name = fact.name { require(host.name == "\(name)", "\(host)") }
}
