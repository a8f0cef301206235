import Crypto
package import Decoding
import Foundation

/// Community ID, version 1, seed 0: one text for a flow in every tool that knows it.
/// Source: https://github.com/corelight/community-id-spec
package func communityID(
    source: IPAddress, destination: IPAddress, transport: IPProtocol, sourcePort: UInt16, destinationPort: UInt16
) -> String {
    let isOrdered = source < destination || source == destination && sourcePort < destinationPort
    let (low, high) = isOrdered ? (source, destination) : (destination, source)
    let (lowPort, highPort) = isOrdered ? (sourcePort, destinationPort) : (destinationPort, sourcePort)
    func bytes(_ port: UInt16) -> [UInt8] { [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)] }
    var message: [UInt8] = [0, 0]
    message += low.bytes + high.bytes + [transport.rawValue, 0] + bytes(lowPort) + bytes(highPort)
    return "1:" + Data(Insecure.SHA1.hash(data: message)).base64EncodedString()
}
