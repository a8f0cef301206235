/// Why a decoder stopped. Cheap to throw: two bytes, no text.
package enum DecodingError: Error, Equatable, Sendable {
    /// The bytes ended before the field did. Whether the sender or the snap length is to blame, the caller knows.
    case truncated
    /// The bytes are there and cannot be what they claim.
    case anomaly(Anomaly)
}

/// Everything strange that a packet can hold, each under its own name, so that it can be counted and shown.
/// None of them stops the monitor; most still leave a partial truth.
package enum Anomaly: UInt8, CaseIterable, Sendable {
    /// The capture kept only the front of the packet (snap length). Our own setting, not the sender's fault.
    case cutBySnapLength
    case unknownLinkType
    case linkTruncated
    /// Link headers, tags or packets in packets beyond the bound.
    case tooManyHeaders
    case frameRelayAddress, radiotapHeader, ppiHeader, nflogHeader
    /// A tunnel's header ended before its time; the packet that carries it counts instead.
    case tunnelTruncated
    case greVersion, gtpExtension
    case ipv4Truncated, ipv4HeaderLength, ipv4TotalLength
    case ipv6Truncated, ipv6ExtensionTruncated, tooManyExtensions
    case tcpTruncated, tcpDataOffset
    case udpTruncated, udpLength
    /// Zeros that fill up an Ethernet frame, counted by their sender as the first bytes of a stream.
    case paddingAsPayload
    /// A piece of a datagram. Nothing is wrong with it but that it has to wait for the others.
    case fragment
    /// Two pieces of a datagram differ where they overlap; the first one was kept.
    case fragmentConflict
    /// A piece ends beyond the 65,535 bytes that a datagram can have, or beyond the datagram's own end.
    case fragmentBeyondEnd
    /// Pieces whose datagram never became whole: what the first one showed was used.
    case datagramIncomplete
    case notDNSOnPort53
    case dnsTruncated, dnsLabelType, dnsPointerForward, dnsTooManyPointers, dnsNameTooLong
    /// An SVCB or HTTPS record that contradicts itself.
    case dnsServiceBinding
    case clientHelloMalformed, clientHelloTooLong, serverNameTooLong
    /// Two copies of the same stretch of a stream differ; the first one was kept.
    case streamConflict
    /// A hello that never became whole: what it showed was used.
    case helloIncomplete
    /// The datagram ends before its packets do, or their headers cannot be what they claim.
    case quicTruncated, quicHeader
    /// A frame that may not stand in an Initial packet, or is not whole.
    case quicFrame
    /// An Initial that no key opens: a server's, where the client's first was not captured, or nobody's.
    case quicNotVerified
    /// Initials that were not tried any more: the flow had too many without a hello.
    case quicTooManyInitials
    case dtlsTruncated, dtlsMalformed
    /// A gap in a stream that was followed never filled: that direction was given up.
    case streamGap
    /// A stream of DNS whose beginning was not captured, and whose messages could not be told apart.
    case dnsStreamWithoutStart
    case certificateMalformed
    /// What tells of the hosts of the local link contradicts itself, or ends before its time.
    case arpMalformed, dhcpMalformed, dhcpv6Malformed, neighborDiscoveryMalformed, netbiosMalformed

    /// The name in reports and JSON: the case's name with dashes, such as `ipv4-header-length`.
    package var name: String {
        let scalars = Array("\(self)".unicodeScalars)
        var name = ""
        for (index, scalar) in scalars.enumerated() {
            // A word begins behind a small letter or a digit, or with the last of several capitals: not-dns-on.
            let isCapital = scalar.properties.isUppercase
            let neighbours = [index - 1, index + 1].filter(scalars.indices.contains)
            if isCapital, index > 0, neighbours.contains(where: { !scalars[$0].properties.isUppercase }) {
                name.append("-")
            }
            name += scalar.properties.lowercaseMapping
        }
        return name
    }
}
