/// Stops the run with a message; an optimised `precondition` would stop it without.
@inline(__always)
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
