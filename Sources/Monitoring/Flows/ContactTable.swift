import Decoding

/// The open flows that a match stands on: what of them was told already. Few flows are, so that the others pay
/// nothing for it.
struct ContactTable: Sendable {
    struct Contact: Sendable {
        /// Unlike that of any other flow of this monitor.
        let number: UInt64
        let isClientLow: Bool
        var application: ApplicationData
        /// What was told, of both directions together.
        var told = Tally()
        /// When the first packet came that was not told yet.
        var since: Timestamp
        var isPending = false
        /// The slot in the flow table.
        var flow: Int
    }

    private(set) var contacts: [Contact] = []
    private var free: [Int32] = []
    private var queue = AgeQueues(count: 1)
    private var latest: UInt64 = 0

    mutating func open(flow: Int, isClientLow: Bool, application: ApplicationData, at time: Timestamp) -> Int {
        latest &+= 1
        let contact = Contact(
            number: latest, isClientLow: isClientLow, application: application, since: time, flow: flow)
        guard let index = free.popLast().map({ Int($0) }) else {
            contacts.append(contact)
            return contacts.count - 1
        }
        contacts[index] = contact
        return index
    }

    mutating func add(_ payload: Bytes, _ packet: Packet, to index: Int) {
        contacts[index].application.add(payload, packet)
    }

    /// Notes that there is something to tell.
    mutating func touch(_ index: Int, at time: Timestamp) {
        guard !contacts[index].isPending else { return }
        contacts[index].isPending = true
        contacts[index].since = time
        queue.append(index, to: 0)
    }

    /// The one that waits longest to be told of.
    var firstPending: Int? { queue.first(in: 0) }

    mutating func told(_ index: Int, _ tally: Tally) {
        contacts[index].told = tally
        guard contacts[index].isPending else { return }
        contacts[index].isPending = false
        queue.remove(index, from: 0)
    }

    /// One that nothing is left to tell of.
    mutating func remove(_ index: Int) { free.append(Int32(index)) }
}
