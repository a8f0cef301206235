/// Which tunnel a datagram may be. A port is a guess; the tunnel's own header and the packet behind it decide.
extension Layer {
    // IANA, "Service Name and Transport Protocol Port Number Registry".
    private static let vxlanPort: UInt16 = 4789, vxlanGPEPort: UInt16 = 4790, linuxVXLANPort: UInt16 = 8472
    private static let genevePort: UInt16 = 6081, teredoPort: UInt16 = 3544, gtpPort: UInt16 = 2152
    private static let l2tpPort: UInt16 = 1701, capwapDataPort: UInt16 = 5247, mplsPort: UInt16 = 6635

    /// - Parameter bytes: the datagram's payload.
    @inline(__always)
    init(insideUDP source: UInt16, _ destination: UInt16, _ bytes: Bytes) {
        guard bytes.count >= 20 else {
            self = .nothing
            return
        }
        switch destination {
        case Self.vxlanPort, Self.linuxVXLANPort: self = .vxlan
        case Self.vxlanGPEPort: self = .vxlanGPE
        case Self.genevePort: self = .geneve
        case Self.teredoPort: self = .teredo
        case Self.gtpPort: self = .gtp
        case Self.l2tpPort: self = .l2tp
        case Self.capwapDataPort: self = .capwap
        case Self.mplsPort: self = .mpls
        default:
            switch source {
            // Where the answer comes from the known port.
            case Self.teredoPort: self = .teredo
            case Self.gtpPort: self = .gtp
            case Self.l2tpPort: self = .l2tp
            case Self.capwapDataPort: self = .capwap
            default:
                // Anywhere else the bytes must speak for themselves: Ethernet in GENEVE, and IPv6 of exactly the
                // datagram's length, as Teredo's relays and clients send it to each other.
                if bytes[2] == 0x65, bytes[3] == 0x58, bytes[7] == 0, bytes[0] & 0xc0 == 0, bytes[1] & 0x3f == 0 {
                    self = .geneve
                } else if bytes[0] == 0x60, bytes.count >= 40,
                    Int(bytes[4]) << 8 | Int(bytes[5]) == bytes.count - 40
                {
                    self = .teredoOnAnyPort
                } else {
                    self = .nothing
                }
            }
        }
    }
}

extension Bytes {
    /// An IP packet that this many bytes can hold. Behind a guess nothing less will do.
    ///
    /// - Parameter beyond: the bytes that the snap length took away.
    func holdsIP(beyond: Int) -> Bool {
        guard startsWithIP else { return false }
        let length = Int(self[4]) << 8 | Int(self[5])
        return self[0] >> 4 == 4
            ? Int(self[2]) << 8 | Int(self[3]) <= count + beyond
            : length + 40 <= count + beyond
    }
}
