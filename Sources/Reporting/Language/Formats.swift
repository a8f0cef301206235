import Monitoring

/// Numbers, amounts and dates as readers expect them.
enum Formats {
    /// `1,234,567`, in both languages.
    static func count(_ number: some BinaryInteger) -> String {
        var digits = Array(String(number).utf8)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(UInt8(ascii: ","), at: place)
            place -= 3
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// `982 B`, `1.2 kB`, `34 MB`: powers of 1,000.
    static func bytes(_ number: UInt64) -> String {
        guard number >= 1_000 else { return "\(number) B" }
        var value = Double(number)
        var unit = 0
        while value >= 999.5, unit < 6 {
            value /= 1_000
            unit += 1
        }
        return "\(fixed(value, value < 9.95 ? 1 : 0)) \(["B", "kB", "MB", "GB", "TB", "PB", "EB"][unit])"
    }

    /// `97.3%`. What is not all is never rounded to all, and what is not nothing never to nothing.
    static func percent(_ share: Double) -> String {
        if share > 0, share < 0.0001 { return "<0.01%" }
        if share < 0.01 { return share == 0 ? "0%" : "\(trimmed(fixed(share * 100, 2)))%" }
        if share < 1, share > 0.999 { return "99.9%" }
        return "\(trimmed(fixed(share * 100, 1)))%"
    }

    /// A number with so many digits behind the point, rounded half up.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard digits > 0 else { return String(Int64(value.rounded())) }
        let scale: Int64 = digits == 1 ? 10 : 100
        let scaled = Int64((value * Double(scale)).rounded())
        let rest = String(abs(scaled % scale))
        return "\(scaled < 0 ? "-" : "")\(abs(scaled / scale))."
            + String(repeating: "0", count: digits - rest.utf8.count) + rest
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.hasSuffix("0"), text.contains(".") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}

extension Phrase {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `23 Nov 2026`, `2026年11月23日`.
    static func day(_ number: Int32) -> Phrase {
        let (year, month, day) = Timestamp.civil(Int64(number))
        return Phrase(en: "\(day) \(months[Int(month) - 1]) \(year)", zh: "\(year)年\(month)月\(day)日")
    }

    /// Without the year.
    static func shortDay(_ number: Int32) -> Phrase {
        let (_, month, day) = Timestamp.civil(Int64(number))
        return Phrase(en: "\(day) \(months[Int(month) - 1])", zh: "\(month)月\(day)日")
    }

    /// The day and the minute, in UTC.
    static func minute(_ time: Timestamp) -> Phrase {
        let clock = time.text(fraction: 0).dropFirst(11).prefix(5)
        let day = day(time.day)
        return Phrase(en: "\(day.en), \(clock)", zh: "\(day.zh) \(clock)")
    }

    static func period(_ from: Int32, _ to: Int32) -> Phrase {
        let (first, last) = (day(from), day(to))
        if from == to { return first }
        return Phrase(en: "\(first.en) to \(last.en)", zh: "\(first.zh)至\(last.zh)")
    }

    static func days(_ count: some BinaryInteger) -> Phrase {
        Phrase(en: plural(count, "day", "days"), zh: "\(Formats.count(count)) 天")
    }

    /// `1 host`, `2 hosts`: English.
    static func plural(_ count: some BinaryInteger, _ one: String, _ many: String) -> String {
        "\(Formats.count(count)) \(count == 1 ? one : many)"
    }

    /// A time between two events: the two largest units.
    static func duration(_ seconds: Double) -> Phrase {
        guard seconds >= 1 else { return Phrase(en: "under 1 s", zh: "不到 1 秒") }
        let whole = Int64(min(seconds.rounded(), 1e12))
        let parts: [(Int64, String, String)] = [
            (whole / 86_400, "d", "天"), (whole / 3_600 % 24, "h", "小时"), (whole / 60 % 60, "min", "分"),
            (whole % 60, "s", "秒"),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? 3
        let told = parts[first...].prefix(2).filter { $0.0 > 0 }
        return Phrase(
            en: told.map { "\($0.0) \($0.1)" }.joined(separator: " "),
            zh: told.map { "\($0.0) \($0.2)" }.joined(separator: " "))
    }

    /// `A, B and C`, `A、B 和 C`; behind the limit how many more there are.
    static func list(_ items: [Phrase], limit: Int = .max) -> Phrase {
        let told = items.prefix(limit)
        let rest = items.count - told.count
        if rest > 0 {
            return Phrase(
                en: told.map(\.en).joined(separator: ", ") + " and \(Formats.count(rest)) more",
                zh: told.map(\.zh).joined(separator: "、") + "等 \(Formats.count(items.count)) 项")
        }
        guard told.count > 1, let last = told.last else { return told.first ?? Phrase("") }
        return Phrase(
            en: told.dropLast().map(\.en).joined(separator: ", ") + " and " + last.en,
            zh: told.map(\.zh).joined(separator: "、"))
    }
}
