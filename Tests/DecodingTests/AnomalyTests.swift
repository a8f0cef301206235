import Decoding
import Testing

@Suite struct AnomalyTests {
    @Test(arguments: [
        (Anomaly.cutBySnapLength, "cut-by-snap-length"), (.ipv4HeaderLength, "ipv4-header-length"),
        (.ipv6ExtensionTruncated, "ipv6-extension-truncated"), (.fragment, "fragment"),
        (.notDNSOnPort53, "not-dns-on-port53"),
        (.dnsPointerForward, "dns-pointer-forward"), (.tcpDataOffset, "tcp-data-offset"),
        (.tooManyHeaders, "too-many-headers"),
        (.clientHelloTooLong, "client-hello-too-long"),
    ])
    func `the name is the case in words with dashes`(anomaly: Anomaly, name: String) {
        #expect(anomaly.name == name)
    }

    @Test func `no two anomalies share a name or a number`() {
        #expect(Set(Anomaly.allCases.map(\.name)).count == Anomaly.allCases.count)
        #expect(Anomaly.allCases.map { Int($0.rawValue) } == Array(Anomaly.allCases.indices))
    }

    @Test func `a name needs no quoting anywhere`() {
        for anomaly in Anomaly.allCases {
            #expect(
                anomaly.name.utf8.allSatisfy { $0 == 0x2d || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) })
        }
    }

    @Test func `bytes that a snap length took are never blamed on the sender`() {
        #expect(DecodingError.truncated.anomaly(blaming: .dnsTruncated, isCut: true) == .cutBySnapLength)
        #expect(DecodingError.truncated.anomaly(blaming: .dnsTruncated, isCut: false) == .dnsTruncated)
        #expect(DecodingError.anomaly(.dnsLabelType).anomaly(blaming: .dnsTruncated, isCut: true) == .dnsLabelType)
    }
}
