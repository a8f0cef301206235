/// `did you mean 'x'?` for the nearest known word, nil where none is near.
func suggestion(for word: String, among known: [String]) -> String? {
    nearest(to: word, among: known).map { "did you mean '\($0)'?" }
}

/// The nearest known word, or the list of all of them.
func suggestion(for word: String, orAnyOf known: [String]) -> String {
    suggestion(for: word, among: known) ?? "use one of \(known.joined(separator: ", "))"
}

private func nearest(to word: String, among known: [String]) -> String? {
    /// Longer than any known word can be mistyped; keeps the table small.
    let longest = 40
    let typed = Array(word.lowercased().utf8)
    guard (1...longest).contains(typed.count) else { return nil }
    let ranked = known.map { (word: $0, distance: editDistance(typed, Array($0.utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    // One slip in a short word, two in a longer one; more is another word.
    return best.distance <= (best.word.utf8.count < 5 ? 1 : 2) ? best.word : nil
}

/// How many letters must be changed, added, dropped or swapped with their neighbour to turn one word into the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            var cost = min(previous[column + 1], current[column]) + 1
            cost = min(cost, previous[column] + (left[row] == right[column] ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, before[column - 1] + 1)
            }
            current.append(cost)
        }
        before = previous
        previous = current
    }
    return previous[right.count]
}
