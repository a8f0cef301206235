import Crypto
import CryptoExtras

/// What protects the client's Initial packets: everyone who saw its first one can compute it (RFC 9001, section 5.2).
///
/// It keeps the packets of strangers out, not of listeners: the tag shows that the packet was made by somebody who
/// knew that first connection identifier.
package struct QUICInitialKeys: Sendable {
    package let version: QUICVersion
    /// The client's first destination identifier. Its later packets carry another, with the same keys.
    package let destination: QUICConnectionID
    private let key, headerKey: SymmetricKey
    private let iv: [UInt8]

    /// A first identifier has 8 bytes at least (RFC 9000, section 7.2): shorter ones are a server's choice.
    package static let shortestDestination = 8
    /// A header protection sample, and the tag of AES-GCM.
    private static let sampleLength = 16
    private static let tagLength = 16

    package init(version: QUICVersion, destination: QUICConnectionID) {
        self.version = version
        self.destination = destination
        let labels = version == .two ? Self.labels2 : Self.labels1
        let initial = Self.mac(destination.bytes, version.keyedSalt)
        let secret = Self.keyed(Self.mac(Self.clientLabel, Self.keyed(initial)))
        key = SymmetricKey(data: Self.mac(labels.key, secret).prefix(16))
        iv = Array(Self.mac(labels.iv, secret).prefix(12))
        headerKey = SymmetricKey(data: Self.mac(labels.header, secret).prefix(16))
    }

    /// Takes the protection off an Initial packet.
    ///
    /// - Parameters:
    ///   - datagram: which the packet was found in.
    ///   - frames: is replaced by what the packet holds.
    /// - Returns: whether the tag verified. If not, nothing is known of the packet, and `frames` is as it was.
    package func open(_ packet: QUICDatagram.Initial, in datagram: Bytes, into frames: inout [UInt8]) -> Bool {
        // The sample stands where it would with a packet number of four bytes (RFC 9001, section 5.4.2).
        let sample = packet.number + 4
        guard packet.end <= datagram.count, sample + Self.sampleLength <= packet.end else { return false }
        var mask = (sample..<sample + Self.sampleLength).map { datagram[$0] }
        guard (try? AES.permute(&mask, key: headerKey)) != nil else { return false }
        var header = (packet.start..<packet.number).map { datagram[$0] }
        header[0] ^= mask[0] & 0x0f
        let numberLength = Int(header[0] & 3) + 1
        var nonce = iv
        for index in 0..<numberLength {
            let byte = datagram[packet.number + index] ^ mask[1 + index]
            header.append(byte)
            // Initials are few: the bytes that were sent are the whole packet number.
            nonce[nonce.count - numberLength + index] ^= byte
        }
        let tag = packet.end - Self.tagLength
        let content = packet.number + numberLength
        guard content <= tag,
            let box = try? AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: (content..<tag).map { datagram[$0] },
                tag: (tag..<packet.end).map { datagram[$0] }),
            let plain = try? AES.GCM.open(box, using: key, authenticating: header)
        else { return false }
        frames.removeAll(keepingCapacity: true)
        frames.append(contentsOf: plain)
        return true
    }

    /// The first half of HMAC takes most of the time, and depends on nothing but the key.
    fileprivate static func keyed(_ key: [UInt8]) -> HMAC<SHA256> { HMAC(key: SymmetricKey(data: key)) }

    private static func mac(_ data: [UInt8], _ keyed: HMAC<SHA256>) -> [UInt8] {
        var mac = keyed
        mac.update(data: data)
        return Array(mac.finalize())
    }

    /// The input of the one round that HKDF-Expand-Label makes for up to 32 bytes (RFC 8446, section 7.1; RFC 5869,
    /// section 2.3).
    private static func label(_ text: String, _ length: UInt8) -> [UInt8] {
        [0, length, UInt8(6 + text.utf8.count)] + Array("tls13 ".utf8) + Array(text.utf8) + [0, 1]
    }

    private static let clientLabel = label("client in", 32)
    private static let labels1 = (
        key: label("quic key", 16), iv: label("quic iv", 12), header: label("quic hp", 16)
    )
    /// RFC 9369, section 3.3.2.
    private static let labels2 = (
        key: label("quicv2 key", 16), iv: label("quicv2 iv", 12), header: label("quicv2 hp", 16)
    )
}

extension QUICVersion {
    /// HMAC with the salt as its key.
    fileprivate var keyedSalt: HMAC<SHA256> { self == .one ? Self.keyedSalt1 : QUICInitialKeys.keyed(salt) }

    private static let keyedSalt1 = QUICInitialKeys.keyed(one.salt)
}
