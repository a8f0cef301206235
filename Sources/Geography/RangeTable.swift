/// Ranges in ascending order, as the numbers at which the country changes: what lies between two of them is of the
/// first one's country.
struct RangeTable<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private var starts: [Number] = []
    private var countries: [CountryLetters?] = []
    /// The first number behind the last range; nil where that ends with the last number there is.
    private var end: Number? = 0

    private(set) var rangeCount = 0

    /// Adds a range behind the others. False where it does not lie behind them, or ends before it begins.
    mutating func append(_ first: Number, _ last: Number, _ country: CountryLetters?) -> Bool {
        guard let end, first >= end, last >= first else { return false }
        if first > end { change(to: nil, at: end) }
        change(to: country, at: first)
        self.end = last == .max ? nil : last + 1
        return true
    }

    /// Says that nothing comes any more: room for more is given back.
    mutating func close() {
        if let end { change(to: nil, at: end) }
        starts = Array(starts.lazy.map { $0 })
        countries = Array(countries.lazy.map { $0 })
    }

    private mutating func change(to country: CountryLetters?, at number: Number) {
        guard country != countries.last ?? nil else { return }
        if country != nil { rangeCount += 1 }
        starts.append(number)
        countries.append(country)
    }

    func country(of number: Number) -> CountryLetters? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? countries[low - 1] : nil
    }
}

/// The two capital letters of a country, as small as they are.
struct CountryLetters: Equatable, Sendable {
    private let first, second: UInt8

    /// nil where the bytes are not two capital letters.
    init?(_ first: UInt8, _ second: UInt8) {
        guard first &- 0x41 < 26, second &- 0x41 < 26 else { return nil }
        self.first = first
        self.second = second
    }

    /// `ZZ` is for an unknown country (Unicode CLDR), `AP` for all of Asia and the Pacific: neither says where.
    var isNoCountry: Bool { (first, second) == (0x5a, 0x5a) || (first, second) == (0x41, 0x50) }
}

extension CountryLetters: CustomStringConvertible {
    var description: String { String(decoding: [first, second], as: UTF8.self) }
}
