/// What a monitor has seen and hands on: the facts that leave the capture thread.
package struct Observations: Sendable {
    /// Who hosts are: to be read before what they do.
    package var hostFacts: [HostFact] = []
    package var sightings: [Sighting] = []
    /// What the flows of these and earlier sightings carried: to be read behind them.
    package var traffic: [Traffic] = []
    /// Flows that are over, where they are to be told of.
    package var flowRecords: [FlowRecord] = []

    /// Hours that are over, with the counts of the recording.
    package var hours: [CoverageHour] = []

    package init() {}

    package var isEmpty: Bool {
        hostFacts.isEmpty && sightings.isEmpty && traffic.isEmpty && flowRecords.isEmpty && hours.isEmpty
    }

    package mutating func removeAll() {
        hostFacts.removeAll()
        sightings.removeAll(keepingCapacity: true)
        traffic.removeAll(keepingCapacity: true)
        flowRecords.removeAll(keepingCapacity: true)
        hours.removeAll()
    }
}
