import Decoding

/// At which hardware addresses one address was, from when on: the latest few changes.
struct AddressHistory: Sendable {
    /// What is asked about lies minutes to hours back, and a lease lasts hours: four holders reach further than that.
    static let limit = 4

    private struct Binding {
        var hardware: UInt64 = 0
        var since: Int64 = 0
        var source = HostFact.Source.arp
    }

    /// From the oldest to the newest.
    private var bindings = InlineArray<4, Binding>(repeating: Binding())
    private var count = 0

    init() {}

    /// Who holds the address according to the latest claim.
    var latest: MACAddress? { count > 0 ? MACAddress(bits: bindings[count - 1].hardware) : nil }

    /// Takes in that the address is at `hardware` at `time`. A claim that is older than others takes its place in
    /// between.
    mutating func claim(_ hardware: MACAddress, from source: HostFact.Source, at time: Timestamp) {
        var place = count
        while place > 0, bindings[place - 1].since > time.nanoseconds { place -= 1 }
        if place > 0, bindings[place - 1].hardware == hardware.bits {
            if source != .dhcpv6 { bindings[place - 1].source = source }
            return
        }
        // What a client's DUID says of its hardware may be another card's; who speaks from the address knows better.
        if source == .dhcpv6, place > 0, bindings[place - 1].source != .dhcpv6 { return }
        if place < count, bindings[place].hardware == hardware.bits {
            bindings[place].since = time.nanoseconds
            return
        }
        if count == Self.limit {
            guard place > 0 else { return }
            for index in 1..<count { bindings[index - 1] = bindings[index] }
            count -= 1
            place -= 1
        }
        for index in stride(from: count, to: place, by: -1) { bindings[index] = bindings[index - 1] }
        bindings[place] = Binding(hardware: hardware.bits, since: time.nanoseconds, source: source)
        count += 1
    }

    /// Who held the address at `time`, passing over those that `isRouter` knows; nil where nobody is known.
    ///
    /// - Returns: also whether nobody that counts has come after.
    func holder(at time: Timestamp, isRouter: (MACAddress) -> Bool) -> (hardware: MACAddress, isLatest: Bool)? {
        var isLatest = true
        for index in stride(from: count - 1, through: 0, by: -1) {
            let hardware = MACAddress(bits: bindings[index].hardware)
            if isRouter(hardware) { continue }
            if bindings[index].since <= time.nanoseconds { return (hardware, isLatest) }
            isLatest = false
        }
        return nil
    }
}
