import TestSupport

extension SeededRandom {
    /// A number from 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True that share of the time; `share` is from 0 to 1.
    mutating func happens(_ share: Double) -> Bool { Double(next() >> 11) < share * 0x1p53 }

    mutating func element<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
