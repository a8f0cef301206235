package import Decoding

/// The two ends, the transport and the network of a flow, the same for both directions: the lower end comes first.
package struct FlowKey: Sendable {
    package let low, high: IPAddress
    /// Low port, high port, network (`Packet.segment`) and transport, packed into one word.
    package let rest: UInt64

    package var lowPort: UInt16 { UInt16(truncatingIfNeeded: rest >> 48) }
    package var highPort: UInt16 { UInt16(truncatingIfNeeded: rest >> 32) }
    package var transport: IPProtocol { IPProtocol(rawValue: UInt8(truncatingIfNeeded: rest)) }
    /// As in `Packet.segment`.
    package var segment: UInt32 { UInt32(truncatingIfNeeded: rest >> 8) & 0xff_ffff }

    /// The key of a packet's flow, and whether the packet goes from the low end to the high end.
    @inline(__always)
    static func of(_ packet: Packet) -> (key: FlowKey, isUpward: Bool) {
        let other = UInt64(packet.segment) << 8 | UInt64(packet.transport.rawValue)
        let sourcePort = UInt64(packet.sourcePort)
        let destinationPort = UInt64(packet.destinationPort)
        let source = packet.source.bits
        let destination = packet.destination.bits
        if source < destination || source == destination && sourcePort <= destinationPort {
            let rest = sourcePort << 48 | destinationPort << 32 | other
            return (FlowKey(low: packet.source, high: packet.destination, rest: rest), true)
        }
        let rest = destinationPort << 48 | sourcePort << 32 | other
        return (FlowKey(low: packet.destination, high: packet.source, rest: rest), false)
    }

    /// Mixed with a secret, so that nobody outside can aim at one bucket of the table.
    @inline(__always)
    func hash(seed: UInt64) -> UInt64 {
        @inline(__always) func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
            let product = left.multipliedFullWidth(by: right)
            return product.high ^ product.low
        }
        let a = fold(
            UInt64(truncatingIfNeeded: low.bits) ^ seed, UInt64(truncatingIfNeeded: high.bits) ^ 0x9e37_79b9_7f4a_7c15)
        let b = fold(UInt64(low.bits >> 64) ^ seed, UInt64(high.bits >> 64) ^ 0xc2b2_ae3d_27d4_eb4f)
        return fold(a ^ b ^ seed, rest ^ 0x1656_67b1_9e37_79f9)
    }
}

extension FlowKey: Equatable {
    @inline(__always)
    package static func == (left: FlowKey, right: FlowKey) -> Bool {
        left.rest == right.rest && left.low.bits == right.low.bits && left.high.bits == right.high.bits
    }
}
