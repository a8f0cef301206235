import Decoding
import TestSupport

let inside = ip("10.0.0.5"), outside = ip("203.0.113.9")
let inside6 = ip("fd20::5"), outside6 = ip("2001:db8::9")

/// A packet and the payload that its headers left, or nil where it is no IP packet.
func decode(
    _ frame: [UInt8], _ linkType: LinkType = .ethernet, wireLength: Int? = nil
) throws(DecodingError) -> (packet: Packet, payload: [UInt8])? {
    var bytes = frame.span
    guard let packet = try Packet(reading: &bytes, linkType: linkType, wireLength: wireLength ?? frame.count) else {
        return nil
    }
    return (packet, bytes.copy)
}

/// A UDP datagram from 10.0.0.5:4000 to 203.0.113.9:53 that carries `payload`, from its IPv4 header on.
func datagram(_ payload: [UInt8] = Array("payload".utf8)) -> [UInt8] {
    Wire.ipv4(inside, outside, protocol: 17, Wire.udp(4000, 53, payload))
}

extension Bytes {
    var copy: [UInt8] { (0..<count).map { self[$0] } }
}
