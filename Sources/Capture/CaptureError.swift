/// Why packets can't be had: what, where, and the likely fix, for the person at the terminal.
package struct CaptureError: Error, CustomStringConvertible, Sendable {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// What a C function wrote into a buffer that we lent.
func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
