import Decoding

/// How a finding takes in what was seen.
extension Finding {
    mutating func note(
        _ method: Method, _ value: String, _ endpoint: Endpoint, isContradiction: Bool = false, at time: Timestamp,
        weight: UInt64 = 1
    ) {
        if let place = evidence.firstIndex(where: { $0.isSame(method, value, endpoint) }) {
            evidence[place].count &+= weight
            evidence[place].firstSeen = min(evidence[place].firstSeen, time)
            evidence[place].lastSeen = max(evidence[place].lastSeen, time)
        } else if evidence.count < Self.evidenceLimit {
            evidence.append(
                Evidence(
                    method: method, value: value, endpoint: endpoint, isContradiction: isContradiction,
                    count: weight, firstSeen: time, lastSeen: time))
        } else {
            evidenceUntold &+= weight
        }
    }

    /// The network that the server stands in speaks as well: for the vendor, or against it where it is another's and
    /// nobody shares it.
    mutating func note(_ neighbour: Endpoint, _ sighting: Sighting) {
        let isSame = neighbour.vendor.id == key.vendor
        guard isSame || !neighbour.isShared else { return }
        note(.address, "\(sighting.server)", neighbour, isContradiction: !isSame, at: sighting.time)
    }

    /// Changes the day that a moment lies in.
    mutating func day(of time: Timestamp, _ change: (inout Day) -> Void) {
        let number = time.day
        var place = days.count
        while place > 0, days[place - 1].number > number { place -= 1 }
        if place > 0, days[place - 1].number == number {
            change(&days[place - 1])
        } else {
            days.insert(Day(number: number), at: place)
            change(&days[place])
        }
    }

    /// Changes what is known of a server.
    ///
    /// - Parameter place: where it is; nil: as before.
    mutating func destination(
        _ address: IPAddress, _ place: Place?, at time: Timestamp, _ change: (inout Destination) -> Void
    ) {
        if let index = destinations.firstIndex(where: { $0.address == address }) {
            if let place { destinations[index].place = place }
            destinations[index].firstSeen = min(destinations[index].firstSeen, time)
            destinations[index].lastSeen = max(destinations[index].lastSeen, time)
            change(&destinations[index])
        } else if destinations.count < Self.destinationLimit {
            var destination = Destination(address: address, place: place ?? Place(), firstSeen: time, lastSeen: time)
            change(&destination)
            destinations.append(destination)
        } else {
            destinationsUntold &+= 1
        }
    }

    /// Lets go of the counts of the recording before.
    mutating func startRecording() {
        days = []
        destinations = []
        evidence = evidence.map { known in
            var kept = known
            kept.count = 0
            return kept
        }
    }

    /// Two findings that turned out to be of one host.
    func joined(with other: Finding) -> Finding {
        var joined = self
        for known in other.evidence {
            joined.note(
                known.method, known.value, known.endpoint, isContradiction: known.isContradiction,
                at: known.firstSeen, weight: known.count)
            joined.note(
                known.method, known.value, known.endpoint, isContradiction: known.isContradiction,
                at: known.lastSeen, weight: 0)
        }
        for day in other.days {
            joined.day(of: Timestamp(day: day.number)) { mine in
                mine.tally.add(day.tally)
                mine.severity = max(mine.severity, day.severity)
            }
        }
        for destination in other.destinations {
            joined.destination(destination.address, destination.place, at: destination.firstSeen) {
                $0.tally.add(destination.tally)
                $0.lastSeen = max($0.lastSeen, destination.lastSeen)
            }
        }
        joined.firstSeen = min(firstSeen, other.firstSeen)
        joined.lastSeen = max(lastSeen, other.lastSeen)
        joined.severity = max(severity, other.severity)
        joined.window.add(other.window)
        joined.rhythm = rhythm.joined(with: other.rhythm)
        if let theirs = other.latest, latest.map({ $0.time < theirs.time }) ?? true { joined.latest = theirs }
        return joined
    }
}

extension Timestamp {
    /// Days since 1970-01-01, in UTC.
    package var day: Int32 {
        let (day, rest) = nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
        return Int32(rest < 0 ? day - 1 : day)
    }

    /// The first moment of a day.
    package init(day: Int32) { self.init(nanoseconds: Int64(day) * 86_400_000_000_000) }
}
