/// What a flow that a match stands on has carried since it was last told of.
package struct Traffic: Sendable {
    /// As in the sightings of the flow.
    package var contact: UInt64
    /// Of the flow's first packet, and of its latest.
    package var start, time: Timestamp
    /// Without look-ups; `flows` is 1 when the flow is told of for the first time.
    package var tally: Tally
    /// The flow is over: nothing more will be told of it.
    package var isLast: Bool

    package init(contact: UInt64, start: Timestamp, time: Timestamp, tally: Tally, isLast: Bool) {
        self.contact = contact
        self.start = start
        self.time = time
        self.tally = tally
        self.isLast = isLast
    }
}
