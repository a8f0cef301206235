import Decoding
import Monitoring

/// What the other values of a pack may look like.
enum ValueSyntax {
    /// No vendor owns more than a /8 (IPv4) or a /16 (IPv6): a shorter prefix is a slip, and matches half the world.
    static let shortestPrefix = (v4: 8, v6: 16)

    static func prefix(_ text: String) throws(Objection) -> AddressPrefix {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else {
            let isName = (try? DomainSyntax.read(text)) != nil
            throw Objection(
                "\(quoted(text)) is no address range",
                hint: isName ? "list names under 'endpoints'" : "write it as 198.51.100.0/24 or 2001:db8::/32")
        }
        let isV4 = !parts[0].contains(":")
        let width = isV4 ? 32 : 128
        guard let length = parts.count < 2 ? width : Int(parts[1]), (0...width).contains(length) else {
            throw Objection("\(quoted(text)) has no prefix length from 0 to \(width)")
        }
        let prefix = AddressPrefix(address, length: length + 128 - width)
        guard prefix.address == address else {
            throw Objection("\(quoted(text)) has bits set behind its prefix", hint: "did you mean '\(prefix)'?")
        }
        let shortest = isV4 ? shortestPrefix.v4 : shortestPrefix.v6
        guard length >= shortest else {
            let hint = "list prefixes of /\(shortest) or longer"
            throw Objection("\(quoted(text)) is wider than any vendor's network", hint: hint)
        }
        return prefix
    }

    static func port(_ text: String) throws(Objection) -> UInt16 {
        guard let port = UInt16(text), port > 0, text.utf8.first != UInt8(ascii: "+") else {
            throw Objection("\(quoted(text)) is no port", hint: "a port is a number from 1 to 65535")
        }
        return port
    }

    /// A public address that a reader can open: http or https, a host, printable ASCII without quotes and angles.
    static func source(_ text: String) throws(Objection) -> String {
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else {
            let hint = "give the address of a public document"
            throw Objection("the source \(quoted(text)) is no http or https URL", hint: hint)
        }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        guard rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ".")) else {
            throw Objection("the source \(quoted(text)) has no host name")
        }
        let forbidden: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\")]
        guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !forbidden.contains($0) }) else {
            throw Objection("the source \(quoted(text)) has characters that no URL has", hint: "percent-encode them")
        }
        return text
    }

    /// A source that nobody on the way can have changed.
    static func secureSource(_ text: String) throws(Objection) -> String {
        guard !text.hasPrefix("http://") else {
            throw Objection("the source \(quoted(text)) is not https", hint: "give its https address")
        }
        return try source(text)
    }

    /// One line of text that can be shown.
    static func line(_ text: String) throws(Objection) -> String {
        guard text.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { throw Objection("the text is empty") }
        guard !text.unicodeScalars.contains(where: \.properties.generalCategory.isControlOrFormat) else {
            throw Objection("\(quoted(text)) holds a line break or a control character", hint: "keep it on one line")
        }
        return text
    }

    /// A text with gaps, of printable ASCII: what stands in certificates and headers outside of it has many spellings.
    static func pattern(_ text: String) throws(Objection) -> TextPattern {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
            let hint = "write '?' or '*' for bytes outside of printable ASCII"
            throw Objection("the pattern \(quoted(text)) is not ASCII", hint: hint)
        }
        guard let pattern = TextPattern(text) else {
            throw Objection(
                "\(quoted(text)) is no pattern",
                hint: "write up to \(TextPattern.lengthLimit) characters, not '*' alone, no backslash at the end")
        }
        return pattern
    }

    static func macPrefix(_ text: String) throws(Objection) -> MACPrefix {
        guard let prefix = MACPrefix(text) else {
            throw Objection(
                "\(quoted(text)) is no prefix of hardware addresses",
                hint: "write 24, 28 or 36 bits as 00:09:0f, d0:76:50:e or 70:b3:d5:12:3")
        }
        return prefix
    }

    /// `true` or `false`.
    static func truth(_ text: String) throws(Objection) -> Bool {
        guard let value = Bool(text) else { throw Objection("\(quoted(text)) is neither true nor false") }
        return value
    }

    /// An identifier of lower-case letters, digits and single hyphens, such as `us-gov` or `palo-alto-networks`.
    static func isIdentifier(_ text: some StringProtocol) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
        }
    }

    /// Two capital letters.
    static func country(_ text: String) throws(Objection) -> String {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ $0 &- 0x41 < 26 }) else {
            let upper = text.uppercased()
            let isCase = upper != text && (try? country(upper)) != nil
            throw Objection(
                "\(quoted(text)) is no country code",
                hint: isCase ? "write '\(upper)'" : "use the two letters of ISO 3166-1, such as US")
        }
        return text
    }

    /// A day of the calendar as YYYY-MM-DD.
    static func date(_ text: String) throws(Objection) -> String {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.allSatisfy { $0 &- 0x30 < 10 } ? Int(String(Substring(part))) : nil
        }
        guard parts.map(\.count) == [4, 2, 2], numbers.count == 3,
            (1...12).contains(numbers[1]), (1...days(inMonth: numbers[1], of: numbers[0])).contains(numbers[2])
        else { throw Objection("\(quoted(text)) is no date", hint: "write it as YYYY-MM-DD") }
        return text
    }

    /// Midnight (UTC) behind a day that `date` accepts; the last moment that a timestamp can hold for a day behind it.
    static func end(ofDay day: String) -> Timestamp {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        // Days are counted in years that begin in March: leap days come last.
        let (year, month) = (parts[1] > 2 ? parts[0] : parts[0] - 1, (parts[1] + 9) % 12)
        let sinceYear0 = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + parts[2] - 1
        let (nanoseconds, isBeyond) = Int64(sinceYear0 - 719_468 + 1).multipliedReportingOverflow(
            by: 86_400_000_000_000)
        return Timestamp(nanoseconds: isBeyond ? (parts[0] > 1970 ? .max : .min) : nanoseconds)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
