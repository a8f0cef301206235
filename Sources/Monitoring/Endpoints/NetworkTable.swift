package import Decoding

/// Finds the network that an address lies in: the longest prefix wins. Built once, then immutable.
///
/// Networks lie within each other or apart, so they cut all addresses into stretches of one answer each. There are at
/// most two stretches a network, and a look-up is one binary search among them.
package struct NetworkTable: Sendable {
    /// The first address of each stretch, in ascending order.
    private var starts: [UInt128] = []
    /// The number of the network that answers there; nil where none does.
    private var numbers: [Int32?] = []

    /// - Parameter isBetter: whether the first number is to take the place of the second, of an equal network before it.
    package init(
        _ networks: [(prefix: AddressPrefix, number: Int32)], isBetter: (Int32, Int32) -> Bool = { _, _ in false }
    ) {
        let best = Dictionary(networks.map { ($0.prefix, $0.number) }) { isBetter($1, $0) ? $1 : $0 }
        // Around the current address, the widest first: 129 lengths at the most.
        var open: [(last: UInt128, number: Int32)] = []
        for (prefix, number) in best.sorted(by: { Self.begins($0.key, before: $1.key) }) {
            close(&open, endingBefore: prefix.address.bits)
            answer(number, from: prefix.address.bits)
            open.append((prefix.last.bits, number))
        }
        close(&open, endingBefore: nil)
    }

    private static func begins(_ left: AddressPrefix, before right: AddressPrefix) -> Bool {
        (left.address, left.length) < (right.address, right.length)
    }

    /// Where a network ends, the one around it answers again.
    private mutating func close(_ open: inout [(last: UInt128, number: Int32)], endingBefore limit: UInt128?) {
        while let inner = open.last, limit.map({ inner.last < $0 }) ?? true {
            open.removeLast()
            if inner.last < .max { answer(open.last?.number, from: inner.last + 1) }
        }
    }

    private mutating func answer(_ number: Int32?, from start: UInt128) {
        if starts.last == start {
            numbers[numbers.count - 1] = number
        } else {
            starts.append(start)
            numbers.append(number)
        }
    }

    /// The number of the most specific network around `address`, or nil. Asked once a flow, not once a packet.
    package func number(for address: IPAddress) -> Int32? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= address.bits { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? numbers[low - 1] : nil
    }
}
