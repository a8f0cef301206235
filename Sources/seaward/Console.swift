import Alerting
import ArgumentParser
import Glibc

/// What the program says to the person who runs it goes to standard error; standard output is for results.
enum Console {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func say(_ text: String) { show(text + "\n") }

    /// Overwrites the current line of a terminal.
    static func progress(_ text: String) { show("\r\u{1b}[K" + text) }

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

    private static func show(_ text: String) {
        var writer = LineWriter.standardError
        // Where even standard error cannot be written there is nobody left to tell.
        try? writer.add(text)
        try? writer.flush()
    }
}
