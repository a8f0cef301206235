import Decoding

/// What the comments in front of the ranges say of them: `# Vendor:    IPFire Project`, and
/// `# Generated: Thu, 25 Jun 2026 04:33:59 GMT` with a date as in mail (RFC 5322, section 3.3).
struct RangeFileHead {
    private(set) var vendor: String?
    /// YYYY-MM-DD.
    private(set) var date: String?

    mutating func read(_ comment: Bytes) {
        // Longer ones are licences and advertisements.
        guard comment.count <= 120 else { return }
        let text = escaped(comment.text.utf8.drop { $0 == UInt8(ascii: "#") || $0 == 0x20 }, keepingBlanks: true)
        let parts = text.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
        guard parts.count == 2, !parts[1].isEmpty else { return }
        switch parts[0] {
        case "Vendor": vendor = String(parts[1])
        case "Generated": date = Self.date(parts[1])
        default: break
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func date(_ text: Substring) -> String? {
        let words = text.split(separator: " ")
        guard let place = words.firstIndex(where: { months.contains(String($0)) }), place > 0, place + 1 < words.count,
            let month = months.firstIndex(of: String(words[place])), let day = Int(words[place - 1]),
            let year = Int(words[place + 1]), (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(twoDigits(month + 1))-\(twoDigits(day))"
    }
}
