/// Where alerts go.
package protocol Sink {
    /// Hands an alert over.
    func deliver(_ alert: Alert) throws(SinkError)

    /// Hands over what was kept back to save system calls.
    func flush() throws(SinkError)
}

/// Why an alert could not be handed over: what, where, and the likely fix.
package struct SinkError: Error, CustomStringConvertible, Sendable {
    package let description: String
    /// How many alerts.
    package var lost: UInt64 = 1
}
