/// Certificates and the server's first flight, written as RFC 5280, section 4.1 and RFC 5246, section 7.4 draw them.
package enum CertificateBytes {
    package static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            contents.count < 128
            ? [UInt8(contents.count)]
            : contents.count < 256 ? [0x81, UInt8(contents.count)] : [0x82] + u16(contents.count)
        return [tag] + length + contents
    }

    /// Attributes by the last number of their type: 3 common name, 10 organisation, 11 unit.
    package static func name(_ attributes: [(type: UInt8, text: String)]) -> [UInt8] {
        element(
            0x30,
            attributes.flatMap { attribute in
                element(
                    0x31,
                    element(
                        0x30, element(6, [0x55, 4, attribute.type]) + element(12, Array(attribute.text.utf8))))
            })
    }

    package static func certificate(
        subject: [(type: UInt8, text: String)], issuer: [(type: UInt8, text: String)] = [(3, "Signer")],
        hosts: [String] = []
    ) -> [UInt8] {
        let algorithm = element(0x30, element(6, [0x2a, 3]))
        let entries = element(0x87, [192, 0, 2, 1]) + hosts.flatMap { element(0x82, Array($0.utf8)) }
        let alternatives = element(
            0x30, element(6, [0x55, 0x1d, 17]) + element(1, [0xff]) + element(4, element(0x30, entries)))
        let usage = element(0x30, element(6, [0x55, 0x1d, 15]) + element(4, [3, 2, 5, 0xa0]))
        let extensions = hosts.isEmpty ? [] : element(0xa3, element(0x30, usage + alternatives))
        let fields =
            element(0xa0, element(2, [2])) + element(2, [1]) + algorithm + name(issuer) + element(0x30, [])
            + name(subject) + element(0x30, algorithm) + extensions
        return element(0x30, element(0x30, fields) + algorithm + element(3, [0]))
    }

    /// ServerHello, Certificate with the chain, ServerHelloDone.
    package static func flight(_ chain: [[UInt8]], recordSize: Int = 16_384) -> [UInt8] {
        let list = chain.flatMap { u24($0.count) + $0 }
        let hello: [UInt8] = [2] + u24(38) + [3, 3] + Array(repeating: 1, count: 32) + [0, 0xc0, 0x2f, 0]
        let messages = hello + [11] + u24(list.count + 3) + u24(list.count) + list + [14, 0, 0, 0]
        return HelloBytes.records(messages, size: recordSize)
    }
}
