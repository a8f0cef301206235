/// A hardware address of Ethernet and WLAN as one number: 48 bits (IEEE 802, section 8).
package struct MACAddress: Hashable, Comparable, Sendable {
    package var bits: UInt64

    package init(bits: UInt64) { self.bits = bits & 0xffff_ffff_ffff }

    /// The next six bytes.
    init(reading bytes: inout Bytes) throws(DecodingError) {
        let front = try bytes.readUInt16()
        self.init(bits: UInt64(front) << 32 | UInt64(try bytes.readUInt32()))
    }

    /// Neither zero nor a group of hosts: what one network card can have.
    package var isOfOneHost: Bool { bits != 0 && bits >> 40 & 1 == 0 }

    /// Made up by software, as phones and virtual machines do: no maker stands behind it.
    package var isLocallyAdministered: Bool { bits >> 41 & 1 == 1 }

    package static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }
}

extension MACAddress: CustomStringConvertible {
    /// In pairs of lower-case digits with colons: `00:09:0f:12:34:56`.
    package var description: String {
        stride(from: 40, through: 0, by: -8).map { shift in
            let byte = bits >> UInt64(shift) & 0xff
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined(separator: ":")
    }
}

extension MACAddress: LosslessStringConvertible {
    /// Reads six pairs of hexadecimal digits with colons or hyphens, or twelve digits in groups of four with dots.
    package init?(_ description: String) {
        let separators: [(Character, Int, Int)] = [(":", 6, 2), ("-", 6, 2), (".", 3, 4)]
        for (separator, count, width) in separators where description.contains(separator) {
            let groups = description.split(separator: separator, omittingEmptySubsequences: false)
            guard groups.count == count, groups.allSatisfy({ $0.utf8.count == width }) else { return nil }
            let digits = groups.joined().compactMap { $0.isASCII ? $0.hexDigitValue : nil }
            guard digits.count == 12 else { return nil }
            self.init(bits: digits.reduce(0) { $0 << 4 | UInt64($1) })
            return
        }
        return nil
    }
}
