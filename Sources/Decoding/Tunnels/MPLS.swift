/// One entry of a label stack (RFC 3032, section 2.1), and behind the last one what the stack does not name.
struct MPLSHeader {
    var next: Layer

    init(reading bytes: inout Bytes) throws(DecodingError) {
        // Label and class of service, then the bottom's mark in the lowest bit; time to live.
        let isBottom = try bytes.readUInt24() & 1 == 1
        try bytes.skip(1)
        guard isBottom else {
            next = .mpls
            return
        }
        // Routers tell packets apart by their first four bits (RFC 4928), and an Ethernet address can begin with any.
        if bytes.startsWithIP {
            next = .ip
        } else if bytes.startsWithEthernet {
            next = .ethernet
        } else if bytes.count >= 4, bytes[0] >> 4 == 0 {
            // The control word of a pseudowire (RFC 4448, section 4.6).
            try bytes.skip(4)
            next = bytes.startsWithEthernet ? .ethernet : .nothing
        } else {
            next = .nothing
        }
    }
}

extension Bytes {
    /// An IP header whose lengths make sense.
    var startsWithIP: Bool {
        guard count >= 20 else { return false }
        let length = Int(self[2]) << 8 | Int(self[3])
        switch self[0] >> 4 {
        case 4: return self[0] & 15 >= 5 && length >= Int(self[0] & 15) * 4
        case 6: return count >= 40
        default: return false
        }
    }

    /// An Ethernet header with a type that tunnels carry.
    var startsWithEthernet: Bool {
        guard count >= 14 else { return false }
        return EtherType(rawValue: UInt16(self[12]) << 8 | UInt16(self[13])).isFamiliar
    }
}
