import Monitoring

/// How what several rows say of the same thing becomes one.
extension [Day] {
    /// Adds a day that is not before the last one.
    mutating func add(_ day: Day) {
        guard let last = indices.last, self[last].number == day.number else {
            append(day)
            return
        }
        self[last].tally.add(day.tally)
        self[last].severity = Swift.max(self[last].severity, day.severity)
    }

    /// Both together, in order.
    func merged(with others: [Day]) -> [Day] {
        guard !others.isEmpty else { return self }
        var result: [Day] = []
        result.reserveCapacity(count + others.count)
        var rest = others[...]
        for day in self {
            while let other = rest.first, other.number < day.number { result.append(rest.removeFirst()) }
            result.append(day)
            if let other = rest.first, other.number == day.number { result.add(rest.removeFirst()) }
        }
        return result + rest
    }
}

extension [Evidence] {
    /// Adds what several recordings have of one thing; of an entry the latest version holds.
    mutating func add(_ more: Evidence) {
        let place = lastIndex {
            $0.method == more.method && $0.value == more.value
                && ($0.endpoint === more.endpoint || $0.endpoint.id == more.endpoint.id)
        }
        guard let place else {
            append(more)
            return
        }
        let known = self[place]
        self[place] = Evidence(
            method: known.method, value: known.value,
            endpoint: known.endpoint.vendor.version < more.endpoint.vendor.version ? more.endpoint : known.endpoint,
            isContradiction: known.isContradiction || more.isContradiction, count: known.count &+ more.count,
            firstSeen: Swift.min(known.firstSeen, more.firstSeen), lastSeen: Swift.max(known.lastSeen, more.lastSeen))
    }
}

extension Evidence {
    /// The order in which evidence is told.
    static func isEarlier(_ left: Evidence, _ right: Evidence) -> Bool {
        if left.firstSeen != right.firstSeen { return left.firstSeen < right.firstSeen }
        return (left.method.rawValue, left.value, left.endpoint.id) < (
            right.method.rawValue, right.value, right.endpoint.id
        )
    }
}

extension [Destination] {
    /// Adds what another recording has of the server that was added the latest, or another server.
    mutating func add(_ more: Destination) {
        guard let last = indices.last, self[last].address == more.address else {
            append(more)
            return
        }
        self[last].tally.add(more.tally)
        if more.lastSeen > self[last].lastSeen { self[last].place = more.place }
        self[last].firstSeen = Swift.min(self[last].firstSeen, more.firstSeen)
        self[last].lastSeen = Swift.max(self[last].lastSeen, more.lastSeen)
    }
}

extension Destination {
    /// The order in which destinations are told.
    static func isLarger(_ left: Destination, _ right: Destination) -> Bool {
        left.tally.bytesOut != right.tally.bytesOut
            ? left.tally.bytesOut > right.tally.bytesOut : left.address < right.address
    }
}
