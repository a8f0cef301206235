import ArgumentParser
import TestSupport

/// What a flood is made of.
enum Kind: String, CaseIterable, ExpressibleByArgument {
    /// TCP segments with the first half of a ClientHello: the pool of prefixes meets its bound of bytes.
    case hellos
    /// QUIC Initials that open, with the first half of a ClientHello: the pool meets its bound of slots.
    case halfInitials = "half-initials"
    /// QUIC Initials with connection identifiers that nothing was encrypted for: each costs keys of its own.
    case initials
    /// First fragments of datagrams whose rest never comes.
    case fragments

    var isHello: Bool { self == .hellos || self == .halfInitials }

    /// What waits of each packet, in bytes; it holds the name.
    var halfLength: Int {
        switch self {
        case .hellos: 700
        case .halfInitials: 400
        case .initials, .fragments: 0
        }
    }

    /// The packet that the flood varies: Ethernet, IPv4 from 10.0.0.0/8.
    var template: [UInt8] {
        let client = End("10.0.0.0", 50_000), server = End("203.0.113.9", 443)
        switch self {
        case .hellos:
            let hello = HelloBytes.hello("www.example.com", padding: 1_200)
            return Wire.tcpFrame(client, server, sequence: 1_000, Array(hello.prefix(halfLength)))
        case .halfInitials, .initials:
            let hello = QUICBytes.hello("www.example.com", padding: 600).prefix(max(halfLength, 1))
            return Wire.udpFrame(
                client, server,
                QUICBytes.initial(QUICBytes.crypto(hello, at: 0), destination: [1, 2, 3, 4, 5, 6, 7, 8]))
        case .fragments:
            let datagram = Wire.udp(50_000, 53, length: 3_000, Array(repeating: 0, count: 1_392))
            return Wire.ethernet(
                Wire.ipv4, Wire.ipv4(client.address, server.address, protocol: 17, fragment: 0x2000, datagram))
        }
    }
}
