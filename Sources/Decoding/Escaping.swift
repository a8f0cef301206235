/// Bytes from the wire as text that is safe in a terminal, a log line and JSON: printable ASCII stays, a backslash,
/// blanks and every other byte become `\DDD`, decimal (RFC 1035, section 5.1).
///
/// - Parameter keepingBlanks: in names of people and organisations blanks are part of the text.
package func escaped(_ bytes: some Sequence<UInt8>, keepingBlanks: Bool = false) -> String {
    var text = ""
    for byte in bytes {
        if byte > 0x20 || keepingBlanks && byte == 0x20, byte < 0x7f, byte != UInt8(ascii: "\\") {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let digits = String(byte)
            text += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
    }
    return text
}
