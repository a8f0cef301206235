package import Decoding

/// The front of the hardware addresses that one maker hands out: 24, 28 or 36 bits (IEEE MA-L, MA-M, MA-S).
package struct MACPrefix: Hashable, Sendable {
    /// The lengths that IEEE assigns, in bits.
    package static let lengths = [24, 28, 36]

    /// 48 bits, those behind the prefix 0.
    package let bits: UInt64
    package let length: Int

    /// The first `length` bits of an address.
    init(of address: MACAddress, length: Int) {
        bits = (address.bits >> UInt64(48 - length)) << UInt64(48 - length)
        self.length = length
    }

    /// Reads hexadecimal digits without anything between them, as IEEE writes its assignments: `0050C27D5`.
    package init?(digits text: String) {
        let count = text.utf8.count
        guard Self.lengths.contains(count * 4), text.utf8.first != UInt8(ascii: "+"), let bits = UInt64(text, radix: 16)
        else { return nil }
        self.bits = bits << UInt64(48 - count * 4)
        length = count * 4
    }

    /// Reads hexadecimal digits in pairs with colons or hyphens: `00:09:0f`, `d0:76:50:e`, `70:b3:d5:12:3`.
    package init?(_ text: some StringProtocol) {
        var bits: UInt64 = 0
        var digits = 0
        var separator: Character?
        var isApart = false
        for character in text {
            if digits > 0, digits % 2 == 0, !isApart {
                guard character == ":" || character == "-", separator == nil || separator == character else {
                    return nil
                }
                separator = character
                isApart = true
                continue
            }
            guard character.isASCII, let digit = character.hexDigitValue, digits < 12 else { return nil }
            bits = bits << 4 | UInt64(digit)
            digits += 1
            isApart = false
        }
        guard !isApart, Self.lengths.contains(digits * 4) else { return nil }
        self.bits = bits << UInt64(48 - digits * 4)
        length = digits * 4
    }

    /// Whether an address begins with it.
    package func contains(_ address: MACAddress) -> Bool { (address.bits ^ bits) >> UInt64(48 - length) == 0 }
}

extension MACPrefix: CustomStringConvertible {
    /// In pairs of lower-case digits with colons.
    package var description: String {
        var text = ""
        for index in 0..<length / 4 {
            if index > 0, index % 2 == 0 { text += ":" }
            text += String(bits >> UInt64(44 - index * 4) & 0xf, radix: 16)
        }
        return text
    }
}
