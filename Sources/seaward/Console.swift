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

    /// Tells what went wrong, and is the error to throw out of a command: exit code 1.
    static func failure(_ text: String) -> any Error {
        say("seaward: \(text)")
        return ExitCode.failure
    }

    /// Runs something whose error is a sentence for people, and ends the command with it.
    static func attempt<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws -> Value {
        do throws(Failure) {
            return try body()
        } catch {
            throw failure("\(error)")
        }
    }
}
