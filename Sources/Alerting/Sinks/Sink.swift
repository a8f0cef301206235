/// Where alerts go.
package protocol Sink {
    /// Whether it also takes what an exception keeps from being an alert: it records, and nobody is called.
    var takesExcepted: Bool { get }

    /// Hands an alert over.
    func deliver(_ alert: Alert) throws(SinkError)

    /// Hands over what was kept back to save system calls.
    func flush() throws(SinkError)
}

extension Sink {
    package var takesExcepted: Bool { false }
}

/// Why an alert could not be handed over: what, where, and the likely fix.
package struct SinkError: Error, CustomStringConvertible, Sendable {
    package let description: String
    /// How many alerts.
    package var lost: UInt64 = 1
}
