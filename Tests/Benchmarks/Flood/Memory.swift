import Foundation

/// The most memory that this process has had, in MiB.
func peakMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
        if let number = line.split(separator: " ").dropFirst().first, let kibibytes = Int(number) {
            return kibibytes >> 10
        }
    }
    throw MissingPeak()
}

private struct MissingPeak: Error, CustomStringConvertible {
    var description: String { "/proc/self/status has no line VmHWM; this needs Linux" }
}
