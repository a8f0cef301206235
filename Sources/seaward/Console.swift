import ArgumentParser
import Glibc

/// What the program says to the person who runs it goes to standard error; standard output is for results.
enum Console {
    static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        unsafe line.withUnsafeBytes { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Overwrites the current line of a terminal.
    static func progress(_ text: String) {
        let line = Array(("\r\u{1b}[K" + text).utf8)
        unsafe line.withUnsafeBytes { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Prints `error: …` and ends the program with exit code 1 when thrown out of a command.
    static func failure(_ text: String) -> any Error {
        say("seaward: \(text)")
        return ExitCode.failure
    }
}
