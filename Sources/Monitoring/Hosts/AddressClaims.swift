import Decoding

/// The IPv4 addresses that one hardware address claims: how a router is told from a host.
///
/// A router that answers ARP for others (proxy ARP, RFC 1027) claims each address that anybody asks for. In IPv6 a host
/// has many addresses by itself, so they say nothing.
struct AddressClaims: Sendable {
    /// A host has one address, and some more where it runs a few services or networks on one card; who claims more
    /// within an hour answers for others. A host that moves from lease to lease does so once a lease, which is an hour
    /// at the least in most networks.
    static let hostLimit = 8
    /// In seconds.
    static let window: Int64 = 3_600

    private var addresses = InlineArray<8, UInt32>(repeating: 0)
    private var times = InlineArray<8, Int64>(repeating: .min)
    private var count = 0
    /// Once a router, always a router: nothing it claims later says whose an address is.
    private(set) var areOfRouter = false

    init() {}

    mutating func note(_ address: IPAddress, at time: Timestamp) {
        guard address.isIPv4, !areOfRouter else { return }
        let number = UInt32(truncatingIfNeeded: address.bits)
        var oldest = 0
        for index in 0..<count {
            if addresses[index] == number {
                times[index] = max(times[index], time.nanoseconds)
                return
            }
            if times[index] < times[oldest] { oldest = index }
        }
        if count < Self.hostLimit {
            oldest = count
            count += 1
        } else if time.seconds(since: Timestamp(nanoseconds: times[oldest])) <= Self.window {
            areOfRouter = true
            return
        }
        addresses[oldest] = number
        times[oldest] = time.nanoseconds
    }
}
